package io.rxsim.core.packet;

/** IP protocol numbers (IANA) that the dissector, the NIC or the sockets act on. */
public final class IpProtocol {
    /** IPv6 hop-by-hop options. */
    public static final int HOP_BY_HOP = 0;
    /** ICMP. */
    public static final int ICMP = 1;
    /** IPv4 in IP. */
    public static final int IPIP = 4;
    /** TCP. */
    public static final int TCP = 6;
    /** UDP. */
    public static final int UDP = 17;
    /** DCCP. */
    public static final int DCCP = 33;
    /** IPv6 in IP. */
    public static final int IPV6 = 41;
    /** IPv6 routing header. */
    public static final int ROUTING = 43;
    /** IPv6 fragment header. */
    public static final int FRAGMENT = 44;
    /** GRE. */
    public static final int GRE = 47;
    /** ESP. */
    public static final int ESP = 50;
    /** Authentication header. */
    public static final int AH = 51;
    /** ICMPv6. */
    public static final int ICMPV6 = 58;
    /** IPv6: nothing follows. */
    public static final int NO_NEXT_HEADER = 59;
    /** IPv6 destination options. */
    public static final int DESTINATION_OPTIONS = 60;
    /** SCTP. */
    public static final int SCTP = 132;
    /** UDP-Lite. */
    public static final int UDP_LITE = 136;
    /** MPLS in IP. */
    public static final int MPLS = 137;

    private IpProtocol() {}

    /**
     * Tells whether a protocol's first four bytes are source and destination port.
     *
     * @param protocol an IP protocol number
     * @return true for TCP, UDP, UDP-Lite, DCCP and SCTP
     */
    public static boolean hasPorts(int protocol) {
        return switch (protocol) {
            case TCP, UDP, DCCP, SCTP, UDP_LITE -> true;
            default -> false;
        };
    }

    /**
     * Returns where, behind the IP header, the four bytes lie that the flow hash takes as the ports word.
     *
     * <p>Models: {@code proto_ports_offset} of include/linux/in.h, v6.18.
     *
     * @param protocol an IP protocol number
     * @return 0 for TCP, UDP, UDP-Lite, DCCP, SCTP and ESP; 4 for AH; -1 for all others
     */
    static int portsOffset(int protocol) {
        if (protocol == AH) {
            return 4;
        }
        return hasPorts(protocol) || protocol == ESP ? 0 : -1;
    }
}
