package io.rxsim.core.port;

import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.RandomStreams;

/**
 * Where connects begin to search, and how that moves on. Source: net/ipv4/inet_hashtables.c {@code __inet_hash_connect}: 6.18 has
 * a table of places (table_perturb), of which a destination's hash names one; 2.6.35 has one hint for all. One thread.
 */
final class ConnectPlaces {
    /** INET_TABLE_PERTURB_SIZE. */
    private static final int SIZE = 1 << 16;

    private static final int RANDOM_STEPS = 8;

    private final boolean modern;
    private final PortRandom random;
    private final int[] places;

    ConnectPlaces(boolean modern, PortRandom random, long seed) {
        this.modern = modern;
        this.random = random;
        places = new int[modern ? SIZE : 1];
        RandomStream words = RandomStreams.stream(seed, "ports/perturb");
        for (int i = 0; modern && i < places.length; i++) {
            places[i] = (int) words.nextLong();
        }
    }

    /** The place of a destination, u32. */
    int base(long hash) {
        return places[(int) hash & places.length - 1] + (int) (hash >>> 32);
    }

    /** A connect to a destination took the port that was {@code passed} behind its place. */
    void advance(long hash, PortWindow window, int passed) {
        int by = passed;
        if (modern) {
            final int step = window.ofSocket() ? 1 : 2;
            by = Math.max(passed, random.below(RANDOM_STEPS) * step) + step;
        }
        places[(int) hash & places.length - 1] += by;
    }

    int bytes() {
        return Integer.BYTES * places.length;
    }
}
