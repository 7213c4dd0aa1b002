package io.rxsim.core.hash;

import java.util.Objects;

/**
 * The Toeplitz hash that NICs use for receive side scaling: the XOR, over the set bits of the input, of the 32-bit
 * window of the key that starts at that bit.
 *
 * <p>Models: the function every RSS-capable NIC implements (Microsoft's RSS definition, and the user-space reference in
 * tools/testing/selftests/net/toeplitz.c, v6.18). Table driven: one table of 256 entries per input byte, built from the
 * key.
 *
 * <p>Addresses and ports are taken as numbers in network (big-endian) order: 10.0.0.1 is {@code 0x0a000001}, and ports
 * are {@code source << 16 | destination}.
 *
 * <p>Immutable; any thread; a call allocates nothing.
 */
public final class Toeplitz {
    /** Shortest key: IPv4 addresses (8 bytes) and the 32-bit window. */
    public static final int MIN_KEY_BYTES = 12;

    /** Bytes a key needs beyond the input it is to hash. */
    public static final int WINDOW_BYTES = 4;

    private final int[] table;
    private final int maxInputBytes;

    /**
     * Builds the tables of a key.
     *
     * @param key the key; 40 bytes cover every input of RSS, 16 bytes IPv4 with ports
     * @throws IllegalArgumentException if the key is shorter than {@link #MIN_KEY_BYTES}
     */
    public Toeplitz(byte[] key) {
        if (key.length < MIN_KEY_BYTES) {
            throw new IllegalArgumentException("toeplitz key length=" + key.length
                    + " bytes, must be at least " + MIN_KEY_BYTES
                    + " (input + 4: 12 for IPv4 addresses, 16 with ports, 40 for IPv6 with ports)");
        }
        maxInputBytes = key.length - WINDOW_BYTES;
        table = new int[maxInputBytes << 8];
        for (int position = 0; position < maxInputBytes; position++) {
            fillTable(key, position);
        }
    }

    private void fillTable(byte[] key, int position) {
        long window = 0;
        for (int i = 0; i <= WINDOW_BYTES; i++) {
            window = window << 8 | (key[position + i] & 0xff);
        }
        for (int value = 0; value < 256; value++) {
            int hash = 0;
            for (int bit = 0; bit < 8; bit++) {
                if ((value & 0x80 >>> bit) != 0) {
                    // window holds 40 bits; the one that starts at `bit` ends 8 - bit bits above its low end
                    hash ^= (int) (window >>> (8 - bit));
                }
            }
            table[position << 8 | value] = hash;
        }
    }

    /**
     * Returns the longest input this key can hash.
     *
     * @return key length minus 4, in bytes
     */
    public int maxInputBytes() {
        return maxInputBytes;
    }

    /**
     * Hashes a range of bytes.
     *
     * @param data the array
     * @param offset first byte
     * @param length number of bytes, at most {@link #maxInputBytes()}
     * @return the 32-bit hash
     * @throws IllegalArgumentException if the input is longer than the key allows
     * @throws IndexOutOfBoundsException if the range is not inside the array
     */
    public int hash(byte[] data, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, data.length);
        if (length > maxInputBytes) {
            throw new IllegalArgumentException("toeplitz input length=" + length + " bytes, this key allows "
                    + maxInputBytes + " (key length - 4)");
        }
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash ^= table[i << 8 | (data[offset + i] & 0xff)];
        }
        return hash;
    }

    /**
     * Hashes IPv4 addresses.
     *
     * @param source source address as a number
     * @param destination destination address as a number
     * @return the 32-bit hash
     */
    public int hashIpv4(int source, int destination) {
        return word(0, source) ^ word(4, destination);
    }

    /**
     * Hashes IPv4 addresses and ports. The key must be at least 16 bytes long.
     *
     * @param source source address as a number
     * @param destination destination address as a number
     * @param ports {@code source port << 16 | destination port}
     * @return the 32-bit hash
     */
    public int hashIpv4(int source, int destination, int ports) {
        return word(0, source) ^ word(4, destination) ^ word(8, ports);
    }

    /**
     * Hashes IPv6 addresses. The key must be at least 36 bytes long.
     *
     * @param sourceHigh upper 64 bits of the source address
     * @param sourceLow lower 64 bits of the source address
     * @param destinationHigh upper 64 bits of the destination address
     * @param destinationLow lower 64 bits of the destination address
     * @return the 32-bit hash
     */
    public int hashIpv6(long sourceHigh, long sourceLow, long destinationHigh, long destinationLow) {
        return words(0, sourceHigh) ^ words(8, sourceLow) ^ words(16, destinationHigh) ^ words(24, destinationLow);
    }

    /**
     * Returns what the ports add to the hash of IPv6 addresses: the hash with ports is
     * {@code hashIpv6(...) ^ hashIpv6Ports(ports)}. The key must be at least 40 bytes long.
     *
     * @param ports {@code source port << 16 | destination port}
     * @return the 32-bit part
     */
    public int hashIpv6Ports(int ports) {
        return word(32, ports);
    }

    private int words(int position, long value) {
        return word(position, (int) (value >>> 32)) ^ word(position + 4, (int) value);
    }

    private int word(int position, int value) {
        int base = position << 8;
        return table[base + (value >>> 24)]
                ^ table[base + 256 + (value >>> 16 & 0xff)]
                ^ table[base + 512 + (value >>> 8 & 0xff)]
                ^ table[base + 768 + (value & 0xff)];
    }
}
