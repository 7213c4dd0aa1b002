package io.rxsim.core.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * SipHash-2-4, the keyed hash behind the flow hash of modern kernels.
 *
 * <p>Models: {@code siphash} of lib/siphash.c, v6.18; the algorithm is that of Aumasson and Bernstein, "SipHash: a fast
 * short-input PRF" (2012): two rounds per 8-byte little-endian block, four at the end, the input's length in the top
 * byte of the last block.
 *
 * <p>Immutable; any thread; a call allocates nothing.
 */
public final class SipHash {
    /** Length of a key in bytes. */
    public static final int KEY_BYTES = 16;

    private static final VarHandle LONG_LE =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long start0;
    private final long start1;
    private final long start2;
    private final long start3;

    /**
     * Takes the key as two words.
     *
     * @param key0 key bytes 0 to 7, little endian
     * @param key1 key bytes 8 to 15, little endian
     */
    public SipHash(long key0, long key1) {
        start0 = key0 ^ 0x736f6d6570736575L;
        start1 = key1 ^ 0x646f72616e646f6dL;
        start2 = key0 ^ 0x6c7967656e657261L;
        start3 = key1 ^ 0x7465646279746573L;
    }

    /**
     * Takes the key as bytes.
     *
     * @param key 16 bytes
     * @return the hash under that key
     * @throws IllegalArgumentException if the key is not 16 bytes long
     */
    public static SipHash ofKey(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("siphash key length=" + key.length + " bytes, must be " + KEY_BYTES);
        }
        return new SipHash((long) LONG_LE.get(key, 0), (long) LONG_LE.get(key, 8));
    }

    /**
     * Hashes a range of bytes.
     *
     * @param data the array
     * @param offset first byte
     * @param length number of bytes
     * @return the 64-bit hash
     * @throws IndexOutOfBoundsException if the range is not inside the array
     */
    public long hash(byte[] data, int offset, int length) {
        long v0 = start0;
        long v1 = start1;
        long v2 = start2;
        long v3 = start3;
        int wordsEnd = offset + (length & ~7);
        for (int i = offset; i < wordsEnd; i += 8) {
            long word = (long) LONG_LE.get(data, i);
            v3 ^= word;
            for (int round = 0; round < 2; round++) {
                v0 += v1;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v0 = Long.rotateLeft(v0, 32);
                v2 += v3;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 += v3;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 += v1;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v2 = Long.rotateLeft(v2, 32);
            }
            v0 ^= word;
        }
        long last = (long) length << 56;
        for (int i = 0; i < (length & 7); i++) {
            last |= (data[wordsEnd + i] & 0xffL) << (8 * i);
        }
        return finish(v0, v1, v2, v3, last);
    }

    /**
     * Hashes whole 8-byte words: the same value as the bytes of these words in little-endian order.
     *
     * @param words the words
     * @param count how many of them, from the first
     * @return the 64-bit hash
     * @throws IndexOutOfBoundsException if there are fewer words than {@code count}
     */
    public long hash(long[] words, int count) {
        long v0 = start0;
        long v1 = start1;
        long v2 = start2;
        long v3 = start3;
        for (int i = 0; i < count; i++) {
            long word = words[i];
            v3 ^= word;
            for (int round = 0; round < 2; round++) {
                v0 += v1;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v0 = Long.rotateLeft(v0, 32);
                v2 += v3;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 += v3;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 += v1;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v2 = Long.rotateLeft(v2, 32);
            }
            v0 ^= word;
        }
        return finish(v0, v1, v2, v3, (long) count << 59);
    }

    private static long finish(long s0, long s1, long s2, long s3, long last) {
        long v0 = s0;
        long v1 = s1;
        long v2 = s2;
        long v3 = s3 ^ last;
        for (int round = 0; round < 6; round++) {
            if (round == 2) {
                v0 ^= last;
                v2 ^= 0xff;
            }
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }
}
