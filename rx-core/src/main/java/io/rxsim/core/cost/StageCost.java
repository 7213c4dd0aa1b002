package io.rxsim.core.cost;

/**
 * The cost of one {@link Stage} on one machine.
 *
 * @param baseNs nanoseconds whatever the packet
 * @param perBytePs picoseconds per byte
 * @param lines cache lines that move when another CPU touched them last
 * @param source where the figure comes from: measured, scaled by clock with the factor, or calibrated on which row
 */
public record StageCost(int baseNs, int perBytePs, int lines, String source) {
    /** Largest base, one second. */
    public static final int MAX_BASE_NS = 1_000_000_000;

    /** Validates the ranges. */
    public StageCost {
        requireRange("ns", baseNs, MAX_BASE_NS);
        requireRange("per_byte_ps", perBytePs, 1_000_000);
        requireRange("lines", lines, 1000);
    }

    private static void requireRange(String name, int value, int max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(name + "=" + value + ", allowed is 0 to " + max);
        }
    }
}
