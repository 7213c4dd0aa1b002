package io.rxsim.core.run;

/**
 * A seeded sequence of random numbers, the same on every JDK: SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom
 * Number Generators, OOPSLA 2014). One thread.
 */
public final class RandomStream {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    RandomStream(long state) {
        this.state = state;
    }

    /** The finaliser of SplitMix64: a bijection of 64-bit words. */
    static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
        return x ^ (x >>> 31);
    }

    /** 64 random bits. */
    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** A number from 0 to {@code bound - 1}; the bias is below 2^-32 for bounds below 2^31. */
    public int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound=" + bound + ", allowed is 1 or more");
        }
        return (int) Math.multiplyHigh(nextLong() >>> 1, (long) bound << 1);
    }
}
