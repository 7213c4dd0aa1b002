package io.rxsim.core.packet;

/** Ethernet protocol numbers that the dissector acts on (IEEE 802 numbers, and the two internal ones of the kernel). */
public final class EtherType {
    /** IPv4. */
    public static final int IPV4 = 0x0800;
    /** ARP. */
    public static final int ARP = 0x0806;
    /** Ethernet inside GRE. */
    public static final int TRANSPARENT_BRIDGING = 0x6558;
    /** VLAN tag, 802.1Q. */
    public static final int VLAN = 0x8100;
    /** IPv6. */
    public static final int IPV6 = 0x86dd;
    /** MPLS unicast. */
    public static final int MPLS_UNICAST = 0x8847;
    /** MPLS multicast. */
    public static final int MPLS_MULTICAST = 0x8848;
    /** PPPoE session. */
    public static final int PPPOE_SESSION = 0x8864;
    /** Provider VLAN tag, 802.1ad. */
    public static final int PROVIDER_VLAN = 0x88a8;
    /** PPP inside GRE version 1. */
    public static final int PPP = 0x880b;

    /** Smallest value that is a protocol; below it the field is a length (802.3). */
    static final int MIN_PROTOCOL = 0x0600;
    /** What the kernel calls a frame with a length and the Novell "all ones" start. */
    static final int RAW_802_3 = 0x0001;
    /** What the kernel calls a frame with a length and an LLC header. */
    static final int LLC_802_2 = 0x0004;

    private EtherType() {}
}
