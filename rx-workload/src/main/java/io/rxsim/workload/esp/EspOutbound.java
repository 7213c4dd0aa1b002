package io.rxsim.workload.esp;

import io.rxsim.core.packet.IpAddress;
import io.rxsim.core.packet.IpProtocol;

/**
 * The way out: makes ESP packets of one association, with sequence numbers from 1.
 *
 * <p>Models: RFC 4303 section 3.3. The IV counts up from 1, which makes it unique under a key (RFC 4106 section 3.1; the
 * kernel's {@code seqiv} adds a random start). After 2^32 - 1 packets the association is used up. Deviation: in transport mode an
 * IPv6 packet with extension headers is refused. One thread.
 */
public final class EspOutbound {
    private static final long LAST_SEQUENCE = 0xffffffffL;

    private final SecurityAssociation association;
    private final IpAddress source;
    private final IpAddress destination;
    private final AesGcm cipher;
    private byte[] plain = new byte[2048];
    private long sent;

    /**
     * The way out of an association.
     *
     * @param source address of this end of the tunnel; not looked at in transport mode
     * @param destination address of the other end, of the same version
     */
    public EspOutbound(SecurityAssociation association, IpAddress source, IpAddress destination) {
        if (source.version() != destination.version()) {
            throw new IllegalArgumentException(
                    "source=" + source + " destination=" + destination + ", must be of the same IP version");
        }
        this.association = association;
        this.source = source;
        this.destination = destination;
        this.cipher = new AesGcm(association);
    }

    /** Packets made so far, which is the last sequence number. */
    public long sent() {
        return sent;
    }

    /** Begins behind another sequence number, for tests of what comes late in an association's life. */
    void skipTo(long sequence) {
        sent = sequence;
    }

    /**
     * Makes an ESP packet of an IP packet.
     *
     * @param ip holds the packet
     * @param offset where it begins
     * @param bytes its length
     * @param out receives the outer IP packet
     * @param outOffset where in {@code out}
     * @return bytes of the outer IP packet
     * @throws IllegalStateException when the association has no sequence number left
     */
    public int encapsulate(byte[] ip, int offset, int bytes, byte[] out, int outOffset) {
        if (sent == LAST_SEQUENCE) {
            throw new IllegalStateException("spi=0x" + Integer.toHexString(association.spi())
                    + " has sent 2^32 - 1 packets, a new key is needed");
        }
        final boolean tunnel = association.mode() == EspMode.TUNNEL;
        final int version = IpHeaders.version(ip, offset);
        final int headerBytes = tunnel ? 0 : IpHeaders.headerBytes(ip, offset);
        final int protocol = IpHeaders.protocol(ip, offset);
        if (!tunnel && version == 6 && isExtension(protocol)) {
            throw new IllegalArgumentException(
                    "extension header " + protocol + ", allowed in transport mode are packets without");
        }
        final int nextHeader = tunnel ? version == 4 ? IpProtocol.IPIP : IpProtocol.IPV6 : protocol;
        final int plainBytes = fillPlain(ip, offset + headerBytes, bytes - headerBytes, nextHeader);
        final int espBytes =
                EspLayout.CIPHERTEXT_AT + plainBytes + association.algorithm().icvBytes();
        final int esp;
        if (tunnel) {
            esp = outOffset + IpHeaders.writeOuter(out, outOffset, source, destination, espBytes);
        } else {
            System.arraycopy(ip, offset, out, outOffset, headerBytes);
            IpHeaders.followedByEsp(out, outOffset, espBytes);
            esp = outOffset + headerBytes;
        }
        sent++;
        EspLayout.i32(out, esp, association.spi());
        EspLayout.i32(out, esp + EspLayout.SEQUENCE_AT, (int) sent);
        EspLayout.i32(out, esp + EspLayout.IV_AT, (int) (sent >>> 32));
        EspLayout.i32(out, esp + EspLayout.IV_AT + 4, (int) sent);
        return esp - outOffset + EspLayout.CIPHERTEXT_AT + cipher.seal(plain, plainBytes, out, esp);
    }

    private int fillPlain(byte[] data, int offset, int bytes, int nextHeader) {
        final int padBytes = EspLayout.padBytes(bytes);
        final int plainBytes = bytes + padBytes + EspLayout.TRAILER_BYTES;
        if (plain.length < plainBytes) {
            plain = new byte[plainBytes];
        }
        System.arraycopy(data, offset, plain, 0, bytes);
        for (int i = 0; i < padBytes; i++) {
            plain[bytes + i] = (byte) (i + 1);
        }
        plain[plainBytes - 2] = (byte) padBytes;
        plain[plainBytes - 1] = (byte) nextHeader;
        return plainBytes;
    }

    private static boolean isExtension(int protocol) {
        return switch (protocol) {
            case IpProtocol.HOP_BY_HOP, IpProtocol.ROUTING, IpProtocol.FRAGMENT, IpProtocol.DESTINATION_OPTIONS -> true;
            default -> false;
        };
    }
}
