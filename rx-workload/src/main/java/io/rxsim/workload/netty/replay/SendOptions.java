package io.rxsim.workload.netty.replay;

import io.rxsim.core.run.Measure;

/**
 * How packets are sent.
 *
 * @param pacing when
 * @param connections whether TCP flows become real connections instead of datagrams
 * @param descriptors file descriptors that the sender may open, at least 1
 * @param durationNs packets due later than this after the start are not sent; {@link Measure#UNTIL_END} sends all
 */
public record SendOptions(Pacing pacing, boolean connections, int descriptors, long durationNs) {
    /** Validates. */
    public SendOptions {
        if (descriptors < 1) {
            throw new IllegalArgumentException("descriptors=" + descriptors + ", allowed is 1 or more");
        }
        if (durationNs < 1) {
            throw new IllegalArgumentException("duration=" + durationNs + "ns, allowed is 1 or more");
        }
    }
}
