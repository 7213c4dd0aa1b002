package io.rxsim.workload.esp;

import io.rxsim.core.packet.IpAddress;
import io.rxsim.core.packet.IpProtocol;

/** Fields of IP headers that ESP reads and makes (RFC 791, RFC 8200). Stateless. */
final class IpHeaders {
    static final int IPV4_BYTES = 20;
    static final int IPV6_BYTES = 40;

    private static final int TTL = 64;

    private IpHeaders() {}

    static int version(byte[] data, int at) {
        return data[at] >>> 4 & 0xf;
    }

    /** Length of the IP header at a place, IPv4 options included, IPv6 extension headers not. */
    static int headerBytes(byte[] data, int at) {
        return version(data, at) == 4 ? (data[at] & 0xf) << 2 : IPV6_BYTES;
    }

    /** Where, in an IPv6 header with extension headers from 0 on, the last one names what follows. */
    static int lastNextHeaderAt(byte[] data, int headerBytes) {
        int at = 6;
        int next = IPV6_BYTES;
        while (next + 8 <= headerBytes) {
            at = next;
            next += (data[next + 1] & 0xff) + 1 << 3;
        }
        return at;
    }

    /** Writes the header of a tunnel; returns its length. */
    static int writeOuter(byte[] out, int at, IpAddress source, IpAddress destination, int payloadBytes) {
        if (source.version() == 4) {
            out[at] = 0x45;
            out[at + 1] = 0;
            put16(out, at + 2, IPV4_BYTES + payloadBytes);
            EspLayout.i32(out, at + 4, 0);
            out[at + 8] = TTL;
            out[at + 9] = IpProtocol.ESP;
            EspLayout.i32(out, at + 12, (int) source.low());
            EspLayout.i32(out, at + 16, (int) destination.low());
            writeChecksum(out, at);
            return IPV4_BYTES;
        }
        EspLayout.i32(out, at, 0x60000000);
        put16(out, at + 4, payloadBytes);
        out[at + 6] = IpProtocol.ESP;
        out[at + 7] = TTL;
        putAddress(out, at + 8, source);
        putAddress(out, at + 24, destination);
        return IPV6_BYTES;
    }

    /** Makes a copied header say that ESP with so many bytes follows. */
    static void followedByEsp(byte[] out, int at, int payloadBytes) {
        if (version(out, at) == 4) {
            put16(out, at + 2, headerBytes(out, at) + payloadBytes);
            out[at + 9] = IpProtocol.ESP;
            writeChecksum(out, at);
        } else {
            put16(out, at + 4, payloadBytes);
            out[at + 6] = IpProtocol.ESP;
        }
    }

    static int protocol(byte[] data, int at) {
        return data[version(data, at) == 4 ? at + 9 : at + 6] & 0xff;
    }

    private static void writeChecksum(byte[] out, int at) {
        put16(out, at + 10, 0);
        int sum = 0;
        for (int i = 0; i < headerBytes(out, at); i += 2) {
            sum += (out[at + i] & 0xff) << 8 | out[at + i + 1] & 0xff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        put16(out, at + 10, ~(sum + (sum >>> 16)));
    }

    private static void put16(byte[] out, int at, int value) {
        out[at] = (byte) (value >>> 8);
        out[at + 1] = (byte) value;
    }

    private static void putAddress(byte[] out, int at, IpAddress address) {
        EspLayout.i32(out, at, (int) (address.high() >>> 32));
        EspLayout.i32(out, at + 4, (int) address.high());
        EspLayout.i32(out, at + 8, (int) (address.low() >>> 32));
        EspLayout.i32(out, at + 12, (int) address.low());
    }
}
