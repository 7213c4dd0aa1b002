package io.rxsim.core.live;

import org.jetbrains.lincheck.Lincheck;

/** How many orders of its threads a scenario is checked in, and what it says if one breaks a law. */
final class Orders {
    private static final boolean LONG = Boolean.getBoolean("rx.stress.long");
    private static final int COUNT = LONG ? 50_000 : 400;
    /** Of operations, chosen at random, for a linearizability check. */
    static final int SCENARIOS = LONG ? 100 : 5;

    static final int ORDERS_PER_SCENARIO = LONG ? 5_000 : 250;

    private Orders() {}

    static void check(Runnable scenario) {
        Lincheck.runConcurrentTest(COUNT, scenario);
    }

    static void require(boolean holds, String law) {
        if (!holds) {
            throw new IllegalStateException(law);
        }
    }

    static void join(Thread... threads) {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
