package io.rxsim.core.port;

import io.rxsim.core.run.RandomStream;

/**
 * The random numbers of a port search. The kernel draws them from its own generator; here they come from a named stream, or, to
 * list what a search may give, from all there are. One thread.
 */
public interface PortRandom {
    /** A number from 0 to {@code bound - 1}, as {@code get_random_u32_below}. */
    int below(int bound);

    /** 32 random bits, as {@code get_random_u32}. */
    int word();

    /** The numbers of a seeded stream. */
    static PortRandom of(RandomStream stream) {
        return new PortRandom() {
            @Override
            public int below(int bound) {
                return stream.nextInt(bound);
            }

            @Override
            public int word() {
                return (int) (stream.nextLong() >>> 32);
            }
        };
    }
}
