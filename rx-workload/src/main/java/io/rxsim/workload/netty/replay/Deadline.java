package io.rxsim.workload.netty.replay;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for a moment of {@link System#nanoTime}: parks while it is far, since a sleeping thread costs nothing but wakes up late by the
 * kernel's timer slack (50 us) and its own way onto a CPU; yields when it is near, so that the engine's threads run where there are no more
 * CPUs than two; spins the rest. Any thread, one at a time.
 */
final class Deadline {
    /** Further away than this the thread sleeps, and wakes up this early. */
    private static final long PARK_MARGIN_NS = 60_000;

    /** Nearer than this it does not give the CPU away. */
    private static final long SPIN_NS = 5_000;

    /** Longest sleep, so that a stop is heard. */
    private static final long MAX_PARK_NS = 20_000_000;

    /** How often what else there is to do is looked at. */
    private static final long CHORE_NS = 500_000;

    private final BooleanSupplier stopped;
    private final BooleanSupplier chore;

    /**
     * A waiting thread's doings.
     *
     * @param stopped whether not to wait any more
     * @param chore what to do meanwhile; whether there may be more of it soon
     */
    Deadline(BooleanSupplier stopped, BooleanSupplier chore) {
        this.stopped = stopped;
        this.chore = chore;
    }

    /**
     * Returns at the moment, or soon after a stop.
     *
     * @return false if stopped
     */
    @SuppressWarnings("ThreadPriorityCheck") // The last microseconds of a wait; see the class comment.
    boolean await(long atNs) {
        while (true) {
            long leftNs = atNs - System.nanoTime();
            if (leftNs <= 0) {
                return !stopped.getAsBoolean();
            }
            if (leftNs > PARK_MARGIN_NS) {
                if (stopped.getAsBoolean()) {
                    return false;
                }
                long most = chore.getAsBoolean() ? CHORE_NS : MAX_PARK_NS;
                LockSupport.parkNanos(Math.min(most, leftNs - PARK_MARGIN_NS));
            } else if (leftNs > SPIN_NS) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
    }
}
