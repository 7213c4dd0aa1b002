package io.rxsim.core.run;

/**
 * What part of a run counts.
 *
 * @param warmupNs packets that arrive before this time after the first are carried but not counted
 * @param durationNs the source is cut this long after the warm-up; {@link #UNTIL_END} takes all it has
 */
public record Measure(long warmupNs, long durationNs) {
    /** No cut. */
    public static final long UNTIL_END = Long.MAX_VALUE;

    /** Everything counts, to the end of the source. */
    public static final Measure ALL = new Measure(0, UNTIL_END);

    /** Validates. */
    public Measure {
        if (warmupNs < 0 || durationNs <= 0) {
            throw new IllegalArgumentException("warmup=" + warmupNs + "ns duration=" + durationNs
                    + "ns, allowed is warmup 0 or more, duration above 0");
        }
    }
}
