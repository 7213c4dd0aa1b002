package io.rxsim.core.packet;

/**
 * Where the dissector stands in a packet: the working state that its layers share.
 *
 * <p>{@link #keys} are open until the flow hash of v6.18 would stop; behind that point only {@link #headers} are filled.
 * One thread; reused for every packet.
 */
final class DissectCursor {
    /** The walk ends here. */
    static final int STOP = 0;
    /** {@link #etherType} and {@link #offset} name the next header. */
    static final int ETHER_AGAIN = 1;
    /** {@link #ipProtocol} and {@link #offset} name the next header. */
    static final int IP_AGAIN = 2;

    private static final int IPV6_BYTES = 40;

    byte[] data;
    int offset;
    int etherType;
    int ipProtocol;
    FlowKeys keys;
    PacketHeaders headers;
    boolean keysOpen;

    private int end;
    private int wireEnd;
    private int ipEnd;
    private int transportOffset;
    private int ipHeaders;

    void start(Packet packet, FlowKeys flowKeys, PacketHeaders packetHeaders) {
        data = packet.data;
        offset = packet.offset;
        end = packet.offset + packet.capturedLength;
        wireEnd = packet.offset + packet.wireLength();
        etherType = 0;
        ipProtocol = 0;
        ipEnd = 0;
        transportOffset = 0;
        ipHeaders = 0;
        keys = flowKeys;
        headers = packetHeaders;
        keysOpen = true;
        keys.clear();
        headers.clear();
    }

    /** Tells whether so many bytes from {@link #offset} on are captured. */
    boolean has(int bytes) {
        return end - offset >= bytes;
    }

    /** Tells whether so many bytes from the header behind the IP headers on are captured. */
    boolean hasTransport(int bytes) {
        return end - transportOffset >= bytes;
    }

    int transportOffset() {
        return transportOffset;
    }

    /** Notes an IPv4 header whose packet has this total length; 0 stands for "to the end of the frame". */
    void enterIpv4(int headerOffset, int totalLength) {
        ipHeaders++;
        headers.ipOffset = headerOffset;
        ipEnd = totalLength == 0 ? wireEnd : headerOffset + totalLength;
    }

    /** Notes an IPv6 header with this payload length; 0 with something following stands for "to the end of the frame". */
    void enterIpv6(int payloadOffset, int payloadLength, int nextHeader) {
        ipHeaders++;
        headers.ipOffset = payloadOffset - IPV6_BYTES;
        boolean jumbo = payloadLength == 0 && nextHeader != IpProtocol.NO_NEXT_HEADER;
        ipEnd = jumbo ? wireEnd : payloadOffset + payloadLength;
    }

    boolean atOutermostIp() {
        return ipHeaders == 1;
    }

    /** Steps behind an IP or extension header to what follows it. */
    void stepTo(int protocol, int newOffset) {
        ipProtocol = protocol;
        offset = newOffset;
        transportOffset = newOffset;
        headers.transportOffset = newOffset;
        headers.protocol = protocol;
        if (atOutermostIp()) {
            headers.outerProtocol = protocol;
        }
    }

    void markFragment() {
        headers.fragment = true;
        if (atOutermostIp()) {
            headers.outerFragment = true;
        }
    }

    /** Ends what the flow hash sees; the last protocols reached belong to it. */
    void closeKeys() {
        if (keysOpen) {
            keys.etherType = etherType;
            keys.ipProtocol = ipProtocol;
            keysOpen = false;
        }
    }

    /** Returns the bytes behind a transport header of this length, or UNKNOWN. */
    int payloadBehind(int transportHeaderLength) {
        int payload = ipEnd - transportOffset - transportHeaderLength;
        return ipHeaders == 0 || payload < 0 ? PacketHeaders.UNKNOWN : payload;
    }
}
