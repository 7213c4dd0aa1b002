package io.rxsim.workload.arrival;

import io.rxsim.core.run.RandomStream;

/** When packets arrive, whatever happened to those before: an open loop. One object per run, one thread. */
public interface ArrivalProcess {
    /** What {@link #nextNs()} answers when virtual time has run out, after 292 years. */
    long END = Long.MAX_VALUE;

    /** Virtual time of the next packet in nanoseconds, never before the previous one's; or {@link #END}. */
    long nextNs();

    /** An arrival process with its parameters. Immutable; any thread. */
    @FunctionalInterface
    interface Factory {
        /**
         * A fresh process.
         *
         * @param gaps draws the gaps between packets
         * @param periods draws the lengths of on and off periods
         */
        ArrivalProcess open(RandomStream gaps, RandomStream periods);
    }
}
