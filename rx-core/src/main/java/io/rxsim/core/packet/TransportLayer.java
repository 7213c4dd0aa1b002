package io.rxsim.core.packet;

/**
 * The transport header: ports word of the flow hash, ports, SPI, TCP flags and payload length.
 *
 * <p>Models: {@code skb_flow_get_ports} of net/core/flow_dissector.c, v6.18, for the hash; RFC 9293 (TCP), 768 (UDP), 3828
 * (UDP-Lite), 4340 (DCCP), 9260 (SCTP), 4303 (ESP), 4302 (AH) for the rest. Stateless.
 */
final class TransportLayer {
    private static final int PORTS_BYTES = 4;
    private static final int UDP_BYTES = 8;
    private static final int SCTP_BYTES = 12;
    private static final int TCP_BYTES = 20;

    private TransportLayer() {}

    /** Reads the ports word of the flow hash, while the keys are open; 0 where there is none. */
    static void readHashedPorts(DissectCursor at) {
        if (at.keysOpen && !at.headers.fragment) {
            int portsOffset = IpProtocol.portsOffset(at.ipProtocol);
            at.keys.ports = portsOffset >= 0 ? portsWord(at, portsOffset) : 0;
        }
    }

    private static int portsWord(DissectCursor at, int portsOffset) {
        return at.hasTransport(portsOffset + PORTS_BYTES) ? Bytes.i32(at.data, at.transportOffset() + portsOffset) : 0;
    }

    /** Fills ports, SPI, flags and payload length of the headers at the end of the walk. */
    static void describe(DissectCursor at) {
        PacketHeaders headers = at.headers;
        if (headers.fragment) {
            headers.payloadBytes = at.payloadBehind(0);
            return;
        }
        if (IpProtocol.hasPorts(headers.protocol)) {
            ports(at, headers);
            return;
        }
        headers.payloadBytes = at.payloadBehind(0);
        if (headers.protocol == IpProtocol.ESP || headers.protocol == IpProtocol.AH) {
            int spiOffset = IpProtocol.portsOffset(headers.protocol);
            headers.hasSpi = at.hasTransport(spiOffset + PORTS_BYTES);
            headers.spi = portsWord(at, spiOffset);
        }
    }

    private static void ports(DissectCursor at, PacketHeaders headers) {
        headers.hasPorts = at.hasTransport(PORTS_BYTES);
        headers.ports = portsWord(at, 0);
        if (at.atOutermostIp()) {
            headers.outerHasPorts = headers.hasPorts;
            headers.outerPorts = headers.ports;
        }
        int headerBytes = headerBytes(at, headers.protocol);
        headers.payloadBytes = headerBytes < 0 ? PacketHeaders.UNKNOWN : at.payloadBehind(headerBytes);
        if (headers.protocol == IpProtocol.TCP && at.hasTransport(14)) {
            headers.tcpFlags = Bytes.u8(at.data, at.transportOffset() + 13);
        }
    }

    private static int headerBytes(DissectCursor at, int protocol) {
        int transport = at.transportOffset();
        return switch (protocol) {
            case IpProtocol.TCP -> {
                int tcpBytes = at.hasTransport(13) ? Bytes.u8(at.data, transport + 12) >>> 4 << 2 : 0;
                yield tcpBytes < TCP_BYTES ? -1 : tcpBytes;
            }
            case IpProtocol.DCCP -> at.hasTransport(5) ? Bytes.u8(at.data, transport + 4) << 2 : -1;
            case IpProtocol.SCTP -> SCTP_BYTES;
            default -> UDP_BYTES;
        };
    }
}
