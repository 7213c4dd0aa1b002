package io.rxsim.core.virtual;

/**
 * How long a CPU's idle times last, and whether they are long enough to look for a waiting thread elsewhere ({@code
 * idle_balance}, kernel/sched_fair.c, and {@code ttwu_post_activation}, kernel/sched.c; 2.6.35): an average with weight 1/8 for the
 * last, compared with what moving a thread is said to cost. One thread.
 */
final class IdleTimes {
    /** What moving a thread costs ({@code sysctl_sched_migration_cost}). */
    static final long MIGRATION_COST_NS = 500_000;

    private static final long MAX_NS = 2 * MIGRATION_COST_NS;
    private static final int WEIGHT_SHIFT = 3;
    private static final long NOT_IDLE = -1;

    private long averageNs = MAX_NS;
    private long beganNs;

    /** Whether the CPU has no thread; so it begins. */
    boolean isIdle() {
        return beganNs != NOT_IDLE;
    }

    /** Whether idle times are too short for moving a thread to pay. */
    boolean areShort() {
        return averageNs < MIGRATION_COST_NS;
    }

    /** The CPU ran out of threads. */
    void begin(long nowNs) {
        beganNs = nowNs;
    }

    /** A thread became runnable on the CPU. */
    void end(long nowNs) {
        if (beganNs == NOT_IDLE) {
            return;
        }
        final long idleNs = nowNs - beganNs;
        averageNs = idleNs > MAX_NS ? MAX_NS : averageNs + ((idleNs - averageNs) >> WEIGHT_SHIFT);
        beganNs = NOT_IDLE;
    }
}
