package io.rxsim.core.live;

import io.rxsim.core.steer.SteeringReason;

/**
 * What one softirq thread counts. Written by that thread, opaque, once per event; read by any.
 */
final class SoftirqCounters {
    final PaddedLong processed = new PaddedLong(0);
    final PaddedLong receivedRps = new PaddedLong(0);
    final PaddedLong ipisSent = new PaddedLong(0);
    final PaddedLong timeSqueeze = new PaddedLong(0);
    final PaddedLong ended = new PaddedLong(0);
    final PaddedLong socketPackets = new PaddedLong(0);
    final PaddedLong onApplicationCpu = new PaddedLong(0);
    final PaddedLong noRoomInSocket = new PaddedLong(0);
    final PaddedLong noSocket = new PaddedLong(0);
    final PaddedLong fromBacklog = new PaddedLong(0);
    final PaddedLong reinjected = new PaddedLong(0);
    /** Plain, by the thread; per target CPU. Published with the thread's next opaque write; exact after it ended. */
    final long[] backlogDrops;
    /** The same, per reason. */
    final long[] reasons = new long[SteeringReason.count()];

    SoftirqCounters(int cpus) {
        backlogDrops = new long[cpus];
    }

    static void add(PaddedLong counter, long count) {
        counter.opaque(counter.plain() + count);
    }
}
