package io.rxsim.workload.esp;

/** Where things are in an ESP packet with AES-GCM (RFC 4303 section 2, RFC 4106 section 3). Bytes, from the SPI. Stateless. */
public final class EspLayout {
    /** Sequence number, behind the SPI. */
    static final int SEQUENCE_AT = 4;
    /** The explicit IV, behind SPI and sequence number, which are the associated data. */
    static final int IV_AT = 8;

    static final int IV_BYTES = 8;
    /** The ciphertext. */
    static final int CIPHERTEXT_AT = IV_AT + IV_BYTES;
    /** Pad length and next header, the end of what is encrypted. */
    static final int TRAILER_BYTES = 2;
    /** What is encrypted is a multiple of this (RFC 4303 section 2.4). */
    static final int ALIGNMENT = 4;

    private EspLayout() {}

    /**
     * Length of an ESP packet from its SPI to the end of its check value.
     *
     * @param innerBytes what it carries: an IP packet in tunnel mode, a transport header with its payload in transport mode
     * @param icvBytes length of the check value
     */
    public static int espBytes(int innerBytes, int icvBytes) {
        return CIPHERTEXT_AT + innerBytes + padBytes(innerBytes) + TRAILER_BYTES + icvBytes;
    }

    static int padBytes(int innerBytes) {
        return -(innerBytes + TRAILER_BYTES) & ALIGNMENT - 1;
    }

    /** Whether so many bytes from the SPI on can be a packet: something encrypted, aligned, and a check value. */
    static boolean isWellFormed(int espBytes, int icvBytes) {
        final int encrypted = espBytes - CIPHERTEXT_AT - icvBytes;
        return encrypted >= ALIGNMENT && encrypted % ALIGNMENT == 0;
    }

    static int i32(byte[] data, int at) {
        return data[at] << 24 | (data[at + 1] & 0xff) << 16 | (data[at + 2] & 0xff) << 8 | data[at + 3] & 0xff;
    }

    static void i32(byte[] data, int at, int value) {
        data[at] = (byte) (value >>> 24);
        data[at + 1] = (byte) (value >>> 16);
        data[at + 2] = (byte) (value >>> 8);
        data[at + 3] = (byte) value;
    }
}
