package io.rxsim.core.packet;

/**
 * The fields of a packet that enter the software flow hash of v6.18, and nothing else.
 *
 * <p>Models: the hashed part of {@code struct flow_keys} of include/net/flow_dissector.h, v6.18, filled by
 * {@link FlowDissector}. All values are numbers in network (big-endian) order; {@link SipFlowHash} lays them out in memory
 * as a little-endian kernel does.
 *
 * <p>Deviation: no TIPC key; TIPC is an unknown protocol here.
 *
 * <p>Mutable and reused; one thread.
 */
public final class FlowKeys {
    int etherType;
    int ipProtocol;
    int flowLabel;
    int vlanTci;
    int vlanTpid;
    int vlanEtherType;
    int greKey;
    int ports;
    int ipVersion;
    long sourceHigh;
    long sourceLow;
    long destinationHigh;
    long destinationLow;

    /** Creates empty keys. */
    public FlowKeys() {}

    /** Empties all fields. */
    public void clear() {
        etherType = 0;
        ipProtocol = 0;
        flowLabel = 0;
        vlanTci = 0;
        vlanTpid = 0;
        vlanEtherType = 0;
        greKey = 0;
        ports = 0;
        ipVersion = 0;
        sourceHigh = 0;
        sourceLow = 0;
        destinationHigh = 0;
        destinationLow = 0;
    }

    void setIpv4(int source, int destination) {
        ipVersion = 4;
        sourceHigh = 0;
        sourceLow = source & 0xffffffffL;
        destinationHigh = 0;
        destinationLow = destination & 0xffffffffL;
    }

    void setIpv6(long newSourceHigh, long newSourceLow, long newDestinationHigh, long newDestinationLow) {
        ipVersion = 6;
        sourceHigh = newSourceHigh;
        sourceLow = newSourceLow;
        destinationHigh = newDestinationHigh;
        destinationLow = newDestinationLow;
    }

    /**
     * Tells whether the hash of these keys counts as a layer-4 hash ({@code l4_hash}).
     *
     * @return true if the ports word or the IPv6 flow label is not zero
     */
    public boolean l4() {
        return (ports | flowLabel) != 0;
    }

    /**
     * Returns the innermost network protocol reached.
     *
     * @return an ether type, 0 if the frame is too short to have one
     */
    public int etherType() {
        return etherType;
    }

    /**
     * Returns the last IP protocol reached.
     *
     * @return an IP protocol number, 0 without IP
     */
    public int ipProtocol() {
        return ipProtocol;
    }

    /**
     * Returns the IPv6 flow label.
     *
     * @return 20 bits, 0 if none
     */
    public int flowLabel() {
        return flowLabel;
    }

    /**
     * Returns the outermost VLAN tag as hashed.
     *
     * @return id in bits 0 to 11 and priority in bits 13 to 15; 0 if none
     */
    public int vlanTci() {
        return vlanTci;
    }

    /**
     * Returns the kind of the outermost VLAN tag.
     *
     * @return the tag's own ether type, 0 if none
     */
    public int vlanTpid() {
        return vlanTpid;
    }

    /**
     * Returns what the outermost VLAN tag encloses.
     *
     * @return the ether type in the tag, 0 if none
     */
    public int vlanEtherType() {
        return vlanEtherType;
    }

    /**
     * Returns the GRE key (for PPTP, the call id).
     *
     * @return 32 bits, 0 if none
     */
    public int greKey() {
        return greKey;
    }

    /**
     * Returns the ports word, before sorting.
     *
     * @return {@code source port << 16 | destination port}, the SPI of ESP or AH, or 0
     */
    public int ports() {
        return ports;
    }

    /**
     * Returns the kind of addresses.
     *
     * @return 4, 6, or 0 if there are none
     */
    public int ipVersion() {
        return ipVersion;
    }

    /**
     * Returns the upper half of the source address.
     *
     * @return 64 bits of an IPv6 address, 0 for IPv4
     */
    public long sourceHigh() {
        return sourceHigh;
    }

    /**
     * Returns the lower half of the source address.
     *
     * @return 64 bits of an IPv6 address, or an IPv4 address in the lower 32 bits
     */
    public long sourceLow() {
        return sourceLow;
    }

    /**
     * Returns the upper half of the destination address.
     *
     * @return 64 bits of an IPv6 address, 0 for IPv4
     */
    public long destinationHigh() {
        return destinationHigh;
    }

    /**
     * Returns the lower half of the destination address.
     *
     * @return 64 bits of an IPv6 address, or an IPv4 address in the lower 32 bits
     */
    public long destinationLow() {
        return destinationLow;
    }
}
