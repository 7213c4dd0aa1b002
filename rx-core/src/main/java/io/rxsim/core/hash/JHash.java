package io.rxsim.core.hash;

/**
 * Bob Jenkins' hash over 32-bit words, in both generations that Linux has used: <em>lookup2</em> (as in 2.6.35) and
 * <em>lookup3</em> (as in 3.0 and later).
 *
 * <p>Models: {@code jhash_3words} and {@code jhash2} of include/linux/jhash.h, 2.6.35 and 3.0 or later; the algorithms are
 * Jenkins' public-domain lookup2 (1996) and lookup3 (2006).
 *
 * <p>Stateless; any thread.
 */
public final class JHash {
    private static final int GOLDEN_RATIO = 0x9e3779b9;
    private static final int LOOKUP3_SEED = 0xdeadbeef;

    private JHash() {}

    /**
     * Hashes three words by lookup2, as 2.6.35 does for its flow hash.
     *
     * @param a first word
     * @param b second word
     * @param c third word
     * @param seed the secret
     * @return the 32-bit hash
     */
    public static int lookup2Words3(int a, int b, int c, int seed) {
        return lookup2Mix(a + GOLDEN_RATIO, b + GOLDEN_RATIO, c + seed);
    }

    /**
     * Hashes three words by lookup3, as kernels from 3.0 on do.
     *
     * @param a first word
     * @param b second word
     * @param c third word
     * @param seed the secret
     * @return the 32-bit hash
     */
    public static int lookup3Words3(int a, int b, int c, int seed) {
        int start = seed + LOOKUP3_SEED + 12;
        return lookup3Final(a + start, b + start, c + start);
    }

    /**
     * Hashes an array of words by lookup2.
     *
     * @param words the words
     * @param length how many of them, from the first
     * @param seed the secret
     * @return the 32-bit hash
     */
    public static int lookup2(int[] words, int length, int seed) {
        int a = GOLDEN_RATIO;
        int b = GOLDEN_RATIO;
        int c = seed;
        int i = 0;
        for (; length - i >= 3; i += 3) {
            a += words[i];
            b += words[i + 1];
            c += words[i + 2];
            a = subtractXor(a, b, c, c >>> 13);
            b = subtractXor(b, c, a, a << 8);
            c = subtractXor(c, a, b, b >>> 13);
            a = subtractXor(a, b, c, c >>> 12);
            b = subtractXor(b, c, a, a << 16);
            c = subtractXor(c, a, b, b >>> 5);
            a = subtractXor(a, b, c, c >>> 3);
            b = subtractXor(b, c, a, a << 10);
            c = subtractXor(c, a, b, b >>> 15);
        }
        c += length * Integer.BYTES;
        if (length - i > 1) {
            b += words[i + 1];
        }
        if (length - i > 0) {
            a += words[i];
        }
        return lookup2Mix(a, b, c);
    }

    /**
     * Hashes an array of words by lookup3.
     *
     * @param words the words
     * @param length how many of them, from the first
     * @param seed the secret
     * @return the 32-bit hash
     */
    public static int lookup3(int[] words, int length, int seed) {
        int a = LOOKUP3_SEED + (length << 2) + seed;
        int b = a;
        int c = a;
        int i = 0;
        for (; length - i > 3; i += 3) {
            a += words[i];
            b += words[i + 1];
            c += words[i + 2];
            a = (a - c) ^ Integer.rotateLeft(c, 4);
            c += b;
            b = (b - a) ^ Integer.rotateLeft(a, 6);
            a += c;
            c = (c - b) ^ Integer.rotateLeft(b, 8);
            b += a;
            a = (a - c) ^ Integer.rotateLeft(c, 16);
            c += b;
            b = (b - a) ^ Integer.rotateLeft(a, 19);
            a += c;
            c = (c - b) ^ Integer.rotateLeft(b, 4);
            b += a;
        }
        int left = length - i;
        if (left == 0) {
            return c;
        }
        a += words[i];
        if (left > 1) {
            b += words[i + 1];
        }
        if (left > 2) {
            c += words[i + 2];
        }
        return lookup3Final(a, b, c);
    }

    private static int subtractXor(int word, int second, int third, int shifted) {
        return (word - second - third) ^ shifted;
    }

    private static int lookup2Mix(int first, int second, int third) {
        int a = subtractXor(first, second, third, third >>> 13);
        int b = subtractXor(second, third, a, a << 8);
        int c = subtractXor(third, a, b, b >>> 13);
        a = subtractXor(a, b, c, c >>> 12);
        b = subtractXor(b, c, a, a << 16);
        c = subtractXor(c, a, b, b >>> 5);
        a = subtractXor(a, b, c, c >>> 3);
        b = subtractXor(b, c, a, a << 10);
        return subtractXor(c, a, b, b >>> 15);
    }

    private static int lookup3Final(int first, int second, int third) {
        int c = (third ^ second) - Integer.rotateLeft(second, 14);
        int a = (first ^ c) - Integer.rotateLeft(c, 11);
        int b = (second ^ a) - Integer.rotateLeft(a, 25);
        c = (c ^ b) - Integer.rotateLeft(b, 16);
        a = (a ^ c) - Integer.rotateLeft(c, 4);
        b = (b ^ a) - Integer.rotateLeft(a, 14);
        return (c ^ b) - Integer.rotateLeft(b, 24);
    }
}
