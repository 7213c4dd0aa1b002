package io.rxsim.core.packet;

/**
 * What a NIC and a socket need to know of a packet: the outermost tuple for RSS, the innermost one for the socket, and the
 * packet's flow hash once it is computed.
 *
 * <p>Models: for the hash, the fields {@code hash} and {@code l4_hash} of a socket buffer (v6.18); the rest is what the
 * IP, TCP and UDP headers say (RFC 791, 8200, 9293, 768). Filled by {@link FlowDissector}, which reads on for this purpose
 * where the flow hash of v6.18 stops: an IPv6 packet with a flow label has its ports here.
 *
 * <p>Deviation: a tunnel is always entered, as if its endpoint were this host; VXLAN is plain UDP.
 *
 * <p>Mutable and reused; one thread.
 */
public final class PacketHeaders {
    /** TCP flag SYN. */
    public static final int TCP_SYN = 0x02;
    /** TCP flag ACK. */
    public static final int TCP_ACK = 0x10;

    /** Value of {@link #payloadBytes()} where the length is not known. */
    public static final int UNKNOWN = -1;

    /** Value of {@link #protocol()} and {@link #outerProtocol()} without an IP header. */
    public static final int NO_PROTOCOL = -1;

    int etherType;
    int networkOffset;
    int innerEtherType;
    int ipOffset;
    int transportOffset;
    int outerIpVersion;
    int outerProtocol;
    long outerSourceHigh;
    long outerSourceLow;
    long outerDestinationHigh;
    long outerDestinationLow;
    boolean outerFragment;
    boolean outerHasPorts;
    int outerPorts;
    int ipVersion;
    int protocol;
    long sourceHigh;
    long sourceLow;
    long destinationHigh;
    long destinationLow;
    boolean fragment;
    boolean hasPorts;
    int ports;
    boolean hasSpi;
    int spi;
    int tcpFlags;
    int payloadBytes;
    int hash;
    boolean l4Hash;

    /** Creates empty headers. */
    public PacketHeaders() {
        clear();
    }

    /** Empties all fields. */
    public void clear() {
        etherType = 0;
        networkOffset = 0;
        innerEtherType = 0;
        ipOffset = 0;
        transportOffset = 0;
        outerIpVersion = 0;
        outerProtocol = NO_PROTOCOL;
        outerSourceHigh = 0;
        outerSourceLow = 0;
        outerDestinationHigh = 0;
        outerDestinationLow = 0;
        outerFragment = false;
        outerHasPorts = false;
        outerPorts = 0;
        ipVersion = 0;
        protocol = NO_PROTOCOL;
        sourceHigh = 0;
        sourceLow = 0;
        destinationHigh = 0;
        destinationLow = 0;
        fragment = false;
        hasPorts = false;
        ports = 0;
        hasSpi = false;
        spi = 0;
        tcpFlags = 0;
        payloadBytes = UNKNOWN;
        hash = 0;
        l4Hash = false;
    }

    int record(int newHash, boolean newL4Hash) {
        hash = newHash;
        l4Hash = newL4Hash;
        return newHash;
    }

    /**
     * Returns the protocol that the driver reports, before any VLAN tag is entered (the kernel's {@code
     * skb->protocol}).
     *
     * @return an ether type; 0 if the frame is too short to have one
     */
    public int etherType() {
        return etherType;
    }

    /**
     * Returns where the header of {@link #etherType()} begins.
     *
     * @return an index into the packet's array
     */
    public int networkOffset() {
        return networkOffset;
    }

    /**
     * Returns the innermost network protocol reached, VLAN tags and tunnels entered.
     *
     * @return an ether type, {@link EtherType#ARP} for instance
     */
    public int innerEtherType() {
        return innerEtherType;
    }

    /**
     * Returns the kind of the outermost IP header.
     *
     * @return 4, 6, or 0 if there is none (or it is cut)
     */
    public int outerIpVersion() {
        return outerIpVersion;
    }

    /**
     * Returns the protocol behind the outermost IP header and its extension headers.
     *
     * @return an IP protocol number, -1 without IP
     */
    public int outerProtocol() {
        return outerProtocol;
    }

    /**
     * Returns the upper half of the outermost source address.
     *
     * @return 64 bits of an IPv6 address, 0 for IPv4
     */
    public long outerSourceHigh() {
        return outerSourceHigh;
    }

    /**
     * Returns the lower half of the outermost source address.
     *
     * @return 64 bits of an IPv6 address, or an IPv4 address in the lower 32 bits
     */
    public long outerSourceLow() {
        return outerSourceLow;
    }

    /**
     * Returns the upper half of the outermost destination address.
     *
     * @return 64 bits of an IPv6 address, 0 for IPv4
     */
    public long outerDestinationHigh() {
        return outerDestinationHigh;
    }

    /**
     * Returns the lower half of the outermost destination address.
     *
     * @return 64 bits of an IPv6 address, or an IPv4 address in the lower 32 bits
     */
    public long outerDestinationLow() {
        return outerDestinationLow;
    }

    /**
     * Tells whether the outermost IP packet is a fragment (first, later, or an IPv6 fragment header on a whole packet).
     *
     * @return true for any fragment
     */
    public boolean outerFragment() {
        return outerFragment;
    }

    /**
     * Tells whether ports follow the outermost IP header.
     *
     * @return true for an unfragmented TCP, UDP, UDP-Lite, DCCP or SCTP packet whose ports are captured
     */
    public boolean outerHasPorts() {
        return outerHasPorts;
    }

    /**
     * Returns the ports behind the outermost IP header.
     *
     * @return {@code source port << 16 | destination port}, 0 if {@link #outerHasPorts()} is false
     */
    public int outerPorts() {
        return outerPorts;
    }

    /**
     * Returns the kind of the innermost IP header reached, which is the one a socket sees.
     *
     * @return 4, 6, or 0 if there is none
     */
    public int ipVersion() {
        return ipVersion;
    }

    /**
     * Returns the protocol behind the innermost IP header and its extension headers.
     *
     * @return an IP protocol number, -1 without IP
     */
    public int protocol() {
        return protocol;
    }

    /**
     * Returns the upper half of the innermost source address.
     *
     * @return 64 bits of an IPv6 address, 0 for IPv4
     */
    public long sourceHigh() {
        return sourceHigh;
    }

    /**
     * Returns the lower half of the innermost source address.
     *
     * @return 64 bits of an IPv6 address, or an IPv4 address in the lower 32 bits
     */
    public long sourceLow() {
        return sourceLow;
    }

    /**
     * Returns the upper half of the innermost destination address.
     *
     * @return 64 bits of an IPv6 address, 0 for IPv4
     */
    public long destinationHigh() {
        return destinationHigh;
    }

    /**
     * Returns the lower half of the innermost destination address.
     *
     * @return 64 bits of an IPv6 address, or an IPv4 address in the lower 32 bits
     */
    public long destinationLow() {
        return destinationLow;
    }

    /**
     * Tells whether the packet is a fragment at any level; then it has no ports.
     *
     * @return true for any fragment
     */
    public boolean fragment() {
        return fragment;
    }

    /**
     * Tells whether the innermost protocol has ports and they are captured.
     *
     * @return true for an unfragmented TCP, UDP, UDP-Lite, DCCP or SCTP packet
     */
    public boolean hasPorts() {
        return hasPorts;
    }

    /**
     * Returns the ports of the innermost transport header.
     *
     * @return {@code source port << 16 | destination port}, 0 if {@link #hasPorts()} is false
     */
    public int ports() {
        return ports;
    }

    /**
     * Returns the source port of the innermost transport header.
     *
     * @return 0 to 65535, 0 if {@link #hasPorts()} is false
     */
    public int sourcePort() {
        return ports >>> 16;
    }

    /**
     * Returns the destination port of the innermost transport header.
     *
     * @return 0 to 65535, 0 if {@link #hasPorts()} is false
     */
    public int destinationPort() {
        return ports & 0xffff;
    }

    /**
     * Returns where the innermost IP header begins.
     *
     * @return an index into the packet's array; 0 without an IP header
     */
    public int ipOffset() {
        return ipOffset;
    }

    /**
     * Returns where the header behind the innermost IP header and its extension headers begins.
     *
     * @return an index into the packet's array, which may lie behind what was captured; 0 without an IP header
     */
    public int transportOffset() {
        return transportOffset;
    }

    /**
     * Tells whether the packet is ESP or AH and its SPI is captured.
     *
     * @return true if {@link #spi()} holds one
     */
    public boolean hasSpi() {
        return hasSpi;
    }

    /**
     * Returns the security parameters index of ESP or AH.
     *
     * @return 32 bits, 0 if {@link #hasSpi()} is false
     */
    public int spi() {
        return spi;
    }

    /**
     * Returns the flags byte of the TCP header.
     *
     * @return 8 bits, {@link #TCP_SYN} and so on; 0 if not TCP or not captured
     */
    public int tcpFlags() {
        return tcpFlags;
    }

    /**
     * Returns how much data the packet carries, from the length in the innermost IP header (from the wire length where
     * that is 0, as in large aggregates), so that neither a short capture nor Ethernet padding changes it.
     *
     * @return bytes behind the header of TCP, UDP, UDP-Lite, DCCP or SCTP, or behind the IP headers for every other
     * protocol and for fragments; -1 if unknown
     */
    public int payloadBytes() {
        return payloadBytes;
    }

    /**
     * Returns the flow hash that {@link FlowHash#classify} computed.
     *
     * @return 32 bits; 0 if there is none
     */
    public int hash() {
        return hash;
    }

    /**
     * Tells whether the flow hash covers ports, an SPI or a flow label ({@code l4_hash}).
     *
     * @return as the kernel era defines it, see {@link FlowHash}
     */
    public boolean l4Hash() {
        return l4Hash;
    }
}
