package io.rxsim.workload.capture;

import io.rxsim.core.packet.FlowKey;
import io.rxsim.core.packet.IpAddress;
import io.rxsim.core.packet.IpProtocol;
import java.nio.ByteBuffer;

/**
 * Headers of a packet that is known by its tuple and length only: IPv4 (RFC 791, with its checksum) or IPv6 (RFC 8200), and UDP (RFC 768) or TCP
 * (RFC 9293) behind it, without link header. Other protocols end with the IP header. Checksums of transport headers are 0, since they cover
 * bytes that are not there. Stateless; any thread.
 */
public final class RawIpHeaders {
    /** Longest that {@link #put} writes. */
    public static final int MAX_BYTES = 60;

    private static final int IPV4_BYTES = 20;
    private static final int IPV6_BYTES = 40;
    private static final int UDP_BYTES = 8;
    private static final int TCP_BYTES = 20;
    private static final int TTL = 64;
    private static final int MAX_LENGTH = 65_535;
    private static final int WINDOW = 65_535;

    private RawIpHeaders() {}

    /** Bytes of the headers of a flow. */
    public static int bytes(FlowKey key) {
        return ipBytes(key) + transportBytes(key);
    }

    private static int ipBytes(FlowKey key) {
        return key.source().version() == 4 ? IPV4_BYTES : IPV6_BYTES;
    }

    private static int transportBytes(FlowKey key) {
        return switch (key.protocol()) {
            case IpProtocol.UDP -> UDP_BYTES;
            case IpProtocol.TCP -> TCP_BYTES;
            default -> 0;
        };
    }

    /**
     * Writes the headers at a buffer's position, network byte order whatever the buffer's.
     *
     * @param payloadBytes behind the headers; lengths that do not fit into 16 bits are written as 65535
     * @param tcpSequence number of the first byte of payload; TCP only
     * @param tcpFlags the flags byte; TCP only
     */
    public static void put(ByteBuffer out, FlowKey key, int payloadBytes, int tcpSequence, int tcpFlags) {
        ByteBuffer at = out.slice();
        int transport = transportBytes(key) + payloadBytes;
        if (key.source().version() == 4) {
            putIpv4(at, key, transport);
        } else {
            putIpv6(at, key, transport);
        }
        if (key.protocol() == IpProtocol.UDP) {
            at.putInt(key.portsWord()).putShort(length(transport)).putShort((short) 0);
        } else if (key.protocol() == IpProtocol.TCP) {
            at.putInt(key.portsWord()).putInt(tcpSequence).putInt(0);
            at.put((byte) (TCP_BYTES / 4 << 4))
                    .put((byte) tcpFlags)
                    .putShort((short) WINDOW)
                    .putInt(0);
        }
        out.position(out.position() + bytes(key));
    }

    private static short length(int bytes) {
        return (short) Math.min(MAX_LENGTH, bytes);
    }

    private static void putIpv4(ByteBuffer at, FlowKey key, int transport) {
        at.put((byte) 0x45).put((byte) 0).putShort(length(IPV4_BYTES + transport));
        at.putShort((short) 0).putShort((short) 0x4000);
        at.put((byte) TTL).put((byte) key.protocol()).putShort((short) 0);
        at.putInt((int) key.source().low()).putInt((int) key.destination().low());
        int sum = 0;
        for (int i = 0; i < IPV4_BYTES; i += 2) {
            sum += at.getShort(i) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        at.putShort(10, (short) ~(sum + (sum >>> 16)));
    }

    private static void putIpv6(ByteBuffer at, FlowKey key, int transport) {
        at.putInt(0x6000_0000)
                .putShort(length(transport))
                .put((byte) key.protocol())
                .put((byte) TTL);
        put(at, key.source());
        put(at, key.destination());
    }

    private static void put(ByteBuffer at, IpAddress address) {
        at.putLong(address.high()).putLong(address.low());
    }
}
