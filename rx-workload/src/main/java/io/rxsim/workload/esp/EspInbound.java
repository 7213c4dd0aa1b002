package io.rxsim.workload.esp;

import io.rxsim.core.packet.IpProtocol;
import io.rxsim.core.packet.LinkType;
import io.rxsim.core.packet.Packet;
import io.rxsim.core.packet.PacketHeaders;

/**
 * The way in of an ESP packet, in two steps: {@link #admit} finds its association without a cipher, {@link #open} decrypts it.
 * The replay window stands between the two and behind the second, and is the caller's ({@link EspReceiver}).
 *
 * <p>Models: RFC 4303 section 3.4 and {@code xfrm_input}, {@code esp_input}, {@code esp_remove_trailer} (net/ipv4/esp4.c, 6.18).
 * Nothing that a packet holds makes a call throw. Deviations: the padding is held against its default contents (RFC 4303
 * section 2.4 says SHOULD, the kernel does not look); a packet that the capture cut is malformed; ESP in UDP (RFC 3948) is plain
 * UDP; in transport mode the checksum of the remade IPv4 header is that of the outer one.
 *
 * <p>One thread per instance; many may share the associations. Allocates nothing per packet but what the JDK's cipher does.
 */
public final class EspInbound {
    /** Not a whole ESP packet, or not what its association carries. */
    public static final int MALFORMED = -1;
    /** No association has its SPI. */
    public static final int UNKNOWN_SPI = -2;
    /** Its sequence number was seen, or lies below the window ({@link EspReceiver}). */
    public static final int REPLAYED = -3;
    /** Its check value does not fit. */
    public static final int FORGED = -4;

    private static final int MAX_IP_BYTES = 65_535;

    private final SecurityAssociations associations;
    private final AesGcm[] ciphers;
    private final byte[] buffer = new byte[2 * MAX_IP_BYTES];

    /** A way in for packets of these associations; ciphers are made when they are first needed. */
    public EspInbound(SecurityAssociations associations) {
        this.associations = associations;
        this.ciphers = new AesGcm[associations.size()];
    }

    /** Whether a dissected packet is ESP, whole (no fragment), behind its innermost IP header. */
    public static boolean isEsp(PacketHeaders headers) {
        return headers.protocol() == IpProtocol.ESP && !headers.fragment();
    }

    /**
     * Looks a packet over, without a cipher.
     *
     * @param headers the packet's, {@link #isEsp}
     * @return the number of its association, {@link #MALFORMED} or {@link #UNKNOWN_SPI}
     */
    public int admit(Packet packet, PacketHeaders headers) {
        final int bytes = headers.payloadBytes();
        final int captured = packet.offset() + packet.capturedLength() - headers.transportOffset();
        if (bytes < EspLayout.CIPHERTEXT_AT || captured < bytes) {
            return MALFORMED;
        }
        final int number = associations.find(EspLayout.i32(packet.data(), headers.transportOffset()));
        if (number == SecurityAssociations.UNKNOWN) {
            return UNKNOWN_SPI;
        }
        int icvBytes = associations.get(number).algorithm().icvBytes();
        return EspLayout.isWellFormed(bytes, icvBytes) ? number : MALFORMED;
    }

    /** The sequence number of an admitted packet, u32. */
    public static int sequence(Packet packet, PacketHeaders headers) {
        return EspLayout.i32(packet.data(), headers.transportOffset() + EspLayout.SEQUENCE_AT);
    }

    /** Bytes of an admitted packet that the cipher works on, without the check value. */
    public int cipherBytes(PacketHeaders headers, int number) {
        return headers.payloadBytes()
                - EspLayout.CIPHERTEXT_AT
                - associations.get(number).algorithm().icvBytes();
    }

    /**
     * Decrypts an admitted packet.
     *
     * @param number what {@link #admit} returned
     * @param inner is laid over the IP packet inside, in a buffer of this object, until the next call; in transport mode the
     *     IP header is remade around what was encrypted; of a dummy packet (next header 59) it is empty
     * @return bytes of the packet inside, 0 for a dummy packet; {@link #FORGED} or {@link #MALFORMED}
     */
    public int open(Packet packet, PacketHeaders headers, int number, Packet inner) {
        final SecurityAssociation association = associations.get(number);
        final boolean transport = association.mode() == EspMode.TRANSPORT;
        final int headerBytes = transport ? headers.transportOffset() - headers.ipOffset() : 0;
        final int plain = cipher(number)
                .open(packet.data(), headers.transportOffset(), headers.payloadBytes(), buffer, headerBytes);
        if (plain == AesGcm.FORGED) {
            return FORGED;
        }
        final int end = headerBytes + plain;
        final int padBytes = buffer[end - 2] & 0xff;
        final int nextHeader = buffer[end - 1] & 0xff;
        final int payloadBytes = plain - EspLayout.TRAILER_BYTES - padBytes;
        if (payloadBytes < 0 || !isPadding(end - EspLayout.TRAILER_BYTES - padBytes, padBytes)) {
            return MALFORMED;
        }
        if (nextHeader == IpProtocol.NO_NEXT_HEADER) {
            inner.wrap(buffer, 0, 0, LinkType.RAW_IP);
            return 0;
        }
        if (transport) {
            remakeHeader(packet, headers, nextHeader, headerBytes, payloadBytes);
        } else if (!isIp(nextHeader, payloadBytes)) {
            return MALFORMED;
        }
        inner.wrap(buffer, 0, headerBytes + payloadBytes, LinkType.RAW_IP);
        return headerBytes + payloadBytes;
    }

    private AesGcm cipher(int number) {
        if (ciphers[number] == null) {
            ciphers[number] = new AesGcm(associations.get(number));
        }
        return ciphers[number];
    }

    private boolean isPadding(int from, int count) {
        for (int i = 0; i < count; i++) {
            if ((buffer[from + i] & 0xff) != i + 1) {
                return false;
            }
        }
        return true;
    }

    /** Whether the buffer begins with the IP header that the trailer says. */
    private boolean isIp(int nextHeader, int bytes) {
        final int version = bytes == 0 ? 0 : buffer[0] >>> 4 & 0xf;
        return nextHeader == IpProtocol.IPIP && version == 4 || nextHeader == IpProtocol.IPV6 && version == 6;
    }

    /** The outer IP header in front of what was encrypted, as if there had been no ESP. */
    private void remakeHeader(Packet packet, PacketHeaders headers, int nextHeader, int headerBytes, int payloadBytes) {
        System.arraycopy(packet.data(), headers.ipOffset(), buffer, 0, headerBytes);
        if (headers.ipVersion() == 4) {
            final int total = headerBytes + payloadBytes;
            buffer[2] = (byte) (total >>> 8);
            buffer[3] = (byte) total;
            buffer[9] = (byte) nextHeader;
        } else {
            final int behind = headerBytes + payloadBytes - IpHeaders.IPV6_BYTES;
            buffer[4] = (byte) (behind >>> 8);
            buffer[5] = (byte) behind;
            buffer[IpHeaders.lastNextHeaderAt(buffer, headerBytes)] = (byte) nextHeader;
        }
    }

    /** What it is, without keys. */
    @Override
    public String toString() {
        return "way in for " + associations;
    }
}
