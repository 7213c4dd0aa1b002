package io.rxsim.core.run;

/**
 * Named streams of random numbers: the stream of a name depends on seed and name only, so a new consumer shifts nobody.
 */
public final class RandomStreams {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private RandomStreams() {}

    /** The stream of a name, for example {@code arrivals/flow-17}, at its beginning. */
    public static RandomStream stream(long seed, String name) {
        long state = FNV_OFFSET;
        for (int i = 0; i < name.length(); i++) {
            state = (state ^ name.charAt(i)) * FNV_PRIME;
        }
        return new RandomStream(RandomStream.mix(RandomStream.mix(seed) + state));
    }
}
