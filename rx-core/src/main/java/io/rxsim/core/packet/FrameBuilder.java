package io.rxsim.core.packet;

/**
 * Builds frames layer by layer, from the outside in; each layer names itself in the one before, and all lengths are right.
 *
 * <p>Models: the header formats of IEEE 802.3, 802.1Q and 802.1ad, RFC 791, 8200, 9293, 768, 792, 4303, 4302, 9260, 2784,
 * 2890, 7348, 3032, 826. Deviation: checksums are 0, IPv4 header checksums too; the MAC addresses are fixed.
 *
 * <p>Example: {@code FrameBuilder.ethernet().vlan(0x8100, 5).ipv4(a, b).udp(1, 2).payload(100).build()}. A layer that has
 * no method of its own is written with {@link #etherType} or {@link #protocol} and {@link #put}.
 *
 * <p>One thread; an instance builds one frame.
 */
public final class FrameBuilder {
    /** IPv4 fragmentation field: "don't fragment". */
    public static final int DONT_FRAGMENT = 0x4000;
    /** IPv4 fragmentation field: more fragments follow. */
    public static final int MORE_FRAGMENTS = 0x2000;

    private static final int NONE = -1;
    private static final int VXLAN_PORT = 4789;

    private final FrameBytes frame = new FrameBytes();
    /** Where the outer layer names the next one: an ether type, or an IP protocol. */
    private int etherTypeAt = NONE;

    private int protocolAt = NONE;
    private int ipv4At = NONE;
    private int tcpAt = NONE;

    private FrameBuilder() {}

    /**
     * Begins an Ethernet frame.
     *
     * @return a builder that stands behind the Ethernet header
     */
    public static FrameBuilder ethernet() {
        return new FrameBuilder().ethernetHeader();
    }

    /**
     * Begins a packet without a link header.
     *
     * @return a builder that stands in front of the IP header
     */
    public static FrameBuilder rawIp() {
        return new FrameBuilder();
    }

    private FrameBuilder ethernetHeader() {
        put(0x0200, 2).put(2, 4).put(0x0200, 2).put(1, 4);
        etherTypeAt = frame.length();
        return put(0, 2);
    }

    /**
     * Adds a VLAN tag.
     *
     * @param tpid 0x8100 or 0x88a8
     * @param tci id in bits 0 to 11, priority in bits 13 to 15
     * @return this
     */
    public FrameBuilder vlan(int tpid, int tci) {
        name(tpid, NONE);
        put(tci, 2);
        etherTypeAt = frame.length();
        return put(0, 2);
    }

    /**
     * Ends the headers with an ether type; {@link #payload} may follow.
     *
     * @param etherType the ether type
     * @return this
     */
    public FrameBuilder etherType(int etherType) {
        return name(etherType, NONE);
    }

    /**
     * Adds an ARP request.
     *
     * @param senderAddress IPv4 address of the sender, as a number
     * @param targetAddress IPv4 address asked for, as a number
     * @return this
     */
    public FrameBuilder arp(int senderAddress, int targetAddress) {
        name(EtherType.ARP, NONE);
        put(1, 2).put(EtherType.IPV4, 2).put(0x0604, 2).put(1, 2);
        put(0x0200, 2).put(1, 4).put(senderAddress, 4);
        return put(0, 2).put(0, 4).put(targetAddress, 4);
    }

    /**
     * Adds an MPLS label, the last of its stack.
     *
     * @param label 20 bits
     * @return this
     */
    public FrameBuilder mpls(int label) {
        name(EtherType.MPLS_UNICAST, IpProtocol.MPLS);
        return put(label << 12 | 0x100 | 64, 4);
    }

    /**
     * Adds an IPv4 header: TTL 64, no options, not a fragment.
     *
     * @param source source address as a number
     * @param destination destination address as a number
     * @return this
     */
    public FrameBuilder ipv4(int source, int destination) {
        name(EtherType.IPV4, IpProtocol.IPIP);
        ipv4At = frame.length();
        tcpAt = NONE;
        frame.lengthField(LengthField.IPV4_TOTAL);
        put(0x4500, 2).put(0, 2).put(0, 4).put(64, 1);
        protocolAt = frame.length();
        return put(0, 1).put(0, 2).put(source, 4).put(destination, 4);
    }

    /**
     * Sets fields of the last IPv4 header that no flow hash looks at.
     *
     * @param tos type of service, 0 to 255
     * @param identification 16 bits
     * @param ttl time to live, 0 to 255
     * @return this
     */
    public FrameBuilder ipv4Fields(int tos, int identification, int ttl) {
        frame.set(ipv4At + 1, tos, 1);
        frame.set(ipv4At + 4, identification, 2);
        frame.set(ipv4At + 8, ttl, 1);
        return this;
    }

    /**
     * Sets the fragmentation field of the last IPv4 header.
     *
     * @param flagsAndOffset {@link #DONT_FRAGMENT}, {@link #MORE_FRAGMENTS}, and the offset in units of 8 bytes
     * @return this
     */
    public FrameBuilder fragment(int flagsAndOffset) {
        frame.set(ipv4At + 6, flagsAndOffset, 2);
        return this;
    }

    /**
     * Adds options (no-operation octets) to the IPv4 or TCP header just added.
     *
     * @param words length of the options in 32-bit words, 1 to 10
     * @return this
     */
    public FrameBuilder options(int words) {
        if (tcpAt != NONE) {
            frame.set(tcpAt + 12, 0x50 + (words << 4), 1);
        } else {
            frame.set(ipv4At, 0x45 + words, 1);
        }
        for (int i = 0; i < words; i++) {
            put(0x01010101, 4);
        }
        return this;
    }

    /**
     * Adds an IPv6 header with hop limit 64.
     *
     * @param source source address
     * @param destination destination address
     * @param flowLabel 20 bits
     * @return this
     */
    public FrameBuilder ipv6(IpAddress source, IpAddress destination, int flowLabel) {
        name(EtherType.IPV6, IpProtocol.IPV6);
        ipv4At = NONE;
        tcpAt = NONE;
        frame.lengthField(LengthField.IPV6_PAYLOAD);
        put(0x60000000 | flowLabel, 4).put(0, 2);
        protocolAt = frame.length();
        return put(0, 1).put(64, 1).putAddress(source).putAddress(destination);
    }

    /**
     * Adds an IPv6 extension header of options: hop-by-hop, routing or destination options.
     *
     * @param header {@link IpProtocol#HOP_BY_HOP}, {@link IpProtocol#ROUTING} or {@link IpProtocol#DESTINATION_OPTIONS}
     * @param units its length beyond the first 8 bytes, in units of 8 bytes
     * @return this
     */
    public FrameBuilder extension(int header, int units) {
        name(NONE, header);
        protocolAt = frame.length();
        put(0, 1).put(units, 1).put(0, 2).put(0, 4);
        return payload(8 * units);
    }

    /**
     * Adds an IPv6 fragment header.
     *
     * @param offsetUnits fragment offset in units of 8 bytes
     * @param moreFragments whether more follow
     * @return this
     */
    public FrameBuilder fragmentHeader(int offsetUnits, boolean moreFragments) {
        name(NONE, IpProtocol.FRAGMENT);
        protocolAt = frame.length();
        return put(0, 2).put(offsetUnits << 3 | (moreFragments ? 1 : 0), 2).put(0x1234, 4);
    }

    /**
     * Ends the IP headers with a protocol; {@link #payload} may follow.
     *
     * @param protocol an IP protocol number
     * @return this
     */
    public FrameBuilder protocol(int protocol) {
        return name(NONE, protocol);
    }

    /**
     * Adds a TCP header without options.
     *
     * @param sourcePort source port
     * @param destinationPort destination port
     * @param flags {@link PacketHeaders#TCP_SYN} and so on
     * @return this
     */
    public FrameBuilder tcp(int sourcePort, int destinationPort, int flags) {
        name(NONE, IpProtocol.TCP);
        tcpAt = frame.length();
        put(sourcePort, 2).put(destinationPort, 2).put(1, 4).put(0, 4);
        return put(0x5000 | flags, 2).put(65535, 2).put(0, 4);
    }

    /**
     * Adds a UDP header.
     *
     * @param sourcePort source port
     * @param destinationPort destination port
     * @return this
     */
    public FrameBuilder udp(int sourcePort, int destinationPort) {
        name(NONE, IpProtocol.UDP);
        frame.lengthField(LengthField.UDP);
        return put(sourcePort, 2).put(destinationPort, 2).put(0, 4);
    }

    /**
     * Adds a header of UDP-Lite (8 bytes), SCTP (12 bytes) or DCCP (16 bytes).
     *
     * @param protocol {@link IpProtocol#UDP_LITE}, {@link IpProtocol#SCTP} or {@link IpProtocol#DCCP}
     * @param sourcePort source port
     * @param destinationPort destination port
     * @return this
     */
    public FrameBuilder ports(int protocol, int sourcePort, int destinationPort) {
        name(NONE, protocol);
        put(sourcePort, 2).put(destinationPort, 2);
        return switch (protocol) {
            case IpProtocol.SCTP -> put(0, 4).put(0, 4);
            case IpProtocol.DCCP -> put(0x04000000, 4).put(0, 4).put(0, 4);
            default -> put(0, 4);
        };
    }

    /**
     * Adds an ICMP or ICMPv6 echo request, after the IP header it follows.
     *
     * @param identifier 16 bits
     * @return this
     */
    public FrameBuilder icmpEcho(int identifier) {
        boolean v6 = ipv4At == NONE;
        name(NONE, v6 ? IpProtocol.ICMPV6 : IpProtocol.ICMP);
        return put(v6 ? 128 : 8, 1).put(0, 3).put(identifier, 2).put(1, 2);
    }

    /**
     * Adds an ESP header.
     *
     * @param spi security parameters index
     * @return this
     */
    public FrameBuilder esp(int spi) {
        name(NONE, IpProtocol.ESP);
        return put(spi, 4).put(1, 4);
    }

    /**
     * Adds an authentication header with a 96-bit check value.
     *
     * @param spi security parameters index
     * @return this
     */
    public FrameBuilder ah(int spi) {
        name(NONE, IpProtocol.AH);
        protocolAt = frame.length();
        return put(0x00040000, 4).put(spi, 4).put(1, 4).payload(12);
    }

    /**
     * Adds a GRE header with a key.
     *
     * @param key 32 bits
     * @return this
     */
    public FrameBuilder greKey(int key) {
        return gre(0x2000).put(key, 4);
    }

    /**
     * Adds a GRE header with these flags; the fields they announce are for the caller to {@link #put}.
     *
     * @param flagsAndVersion the first 16 bits; 0 for a plain header
     * @return this
     */
    public FrameBuilder gre(int flagsAndVersion) {
        name(NONE, IpProtocol.GRE);
        put(flagsAndVersion, 2);
        etherTypeAt = frame.length();
        return put(0, 2);
    }

    /**
     * Adds an Ethernet header inside GRE.
     *
     * @return this
     */
    public FrameBuilder bridged() {
        name(EtherType.TRANSPARENT_BRIDGING, NONE);
        return ethernetHeader();
    }

    /**
     * Adds UDP, VXLAN and the inner Ethernet header.
     *
     * @param sourcePort outer source port
     * @param vni 24 bits
     * @return this
     */
    public FrameBuilder vxlan(int sourcePort, int vni) {
        udp(sourcePort, VXLAN_PORT);
        put(0x08000000, 4).put(vni << 8, 4);
        return ethernetHeader();
    }

    /**
     * Adds bytes of data.
     *
     * @param count how many
     * @return this
     */
    public FrameBuilder payload(int count) {
        for (int i = 0; i < count; i++) {
            frame.put(i, 1);
        }
        return this;
    }

    /**
     * Adds a number in network order.
     *
     * @param value the number
     * @param count 1 to 4 bytes
     * @return this
     */
    public FrameBuilder put(int value, int count) {
        frame.put(value, count);
        return this;
    }

    /**
     * Ends the frame.
     *
     * @return its bytes, without padding and check sequence
     */
    public byte[] build() {
        return frame.build();
    }

    private FrameBuilder name(int etherType, int protocol) {
        if (etherTypeAt != NONE && etherType != NONE) {
            frame.set(etherTypeAt, etherType, 2);
        } else if (protocolAt != NONE && protocol != NONE) {
            frame.set(protocolAt, protocol, 1);
        }
        etherTypeAt = NONE;
        protocolAt = NONE;
        return this;
    }

    private FrameBuilder putAddress(IpAddress address) {
        frame.putLong(address.high());
        frame.putLong(address.low());
        return this;
    }
}
