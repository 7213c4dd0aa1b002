package io.rxsim.core.live;

import io.rxsim.core.run.LatencyStage;

/**
 * Latencies of received packets, timed in groups so that the clock is not read for each: a packet's recv begins with its
 * group, and its work ends with its group, so that no total is ever shown too short.
 *
 * <p>A group is one packet where handlers take long, and up to {@link #LARGEST} where they are quick: its length doubles while
 * groups stay under {@link #QUICK_NS} and falls to one as soon as one does not. One thread.
 */
final class GroupTimes {
    static final int LARGEST = 16;
    static final long QUICK_NS = 10_000;

    private static final int WAKEUP = 0;
    private static final int APPLICATION = 1;
    private static final int TOTAL = 2;

    final StageTimes times = new StageTimes(LatencyStage.WAKEUP, LatencyStage.APPLICATION);
    private final long[] arrivedNs = new long[LARGEST];
    private final long[] processedNs = new long[LARGEST];
    private int group = 1;
    private int size;
    private long beganNs;

    /** A batch begins. */
    void begin(long nowNs) {
        beganNs = nowNs;
    }

    /** A packet is about to be handled. */
    void onPacket(LivePacket<?> packet) {
        arrivedNs[size] = packet.arrivedNs;
        processedNs[size] = packet.processedNs;
        size++;
    }

    /** Whether the group is full, so that {@link #end} must be called with the time. */
    boolean isFull() {
        return size >= group;
    }

    /** The work on a group ended. */
    void end(long nowNs) {
        for (int i = 0; i < size; i++) {
            long receivedNs = Math.max(beganNs, processedNs[i]);
            times.record(WAKEUP, receivedNs - processedNs[i]);
            times.record(APPLICATION, nowNs - receivedNs);
            times.record(TOTAL, nowNs - arrivedNs[i]);
        }
        group = nowNs - beganNs > QUICK_NS ? 1 : Math.min(LARGEST, group * 2);
        size = 0;
        beganNs = nowNs;
    }
}
