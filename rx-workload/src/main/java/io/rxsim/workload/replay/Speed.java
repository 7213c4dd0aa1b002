package io.rxsim.workload.replay;

import io.rxsim.workload.spec.Decimal;

/**
 * How much faster than recorded a capture is replayed: an exact ratio, applied in integers. Immutable; any thread.
 *
 * @param millionths the factor times a million; 1 million is original timing, 10 million ten times as fast
 */
public record Speed(long millionths) {
    /** Original timing. */
    public static final Speed ORIGINAL = new Speed(Decimal.ONE);

    private static final long MIN = 1;
    private static final long MAX = 1_000_000 * Decimal.ONE;

    /** Validates. */
    public Speed {
        if (millionths < MIN || millionths > MAX) {
            throw new IllegalArgumentException("speed=" + Decimal.format(millionths) + ", allowed is "
                    + Decimal.format(MIN) + " to " + Decimal.format(MAX));
        }
    }

    /**
     * Parses a factor.
     *
     * @param text a decimal such as {@code 10} or {@code 0.5}
     * @throws IllegalArgumentException for any other text or a factor out of range
     */
    public static Speed parse(String text) {
        return new Speed(Decimal.parse("speed", text, MIN, MAX));
    }

    /**
     * The replayed length of a recorded span, rounded down; Long.MAX_VALUE where it does not fit.
     *
     * @param recordedNs nanoseconds, 0 or more
     */
    public long scaleNs(long recordedNs) {
        if (millionths == Decimal.ONE) {
            return recordedNs;
        }
        // Quotient and remainder apart: the remainder is below 10^12, so that its product fits.
        long whole = recordedNs / millionths;
        long rest = recordedNs % millionths;
        if (whole > Long.MAX_VALUE / Decimal.ONE) {
            return Long.MAX_VALUE;
        }
        long scaledNs = whole * Decimal.ONE + rest * Decimal.ONE / millionths;
        return scaledNs < 0 ? Long.MAX_VALUE : scaledNs;
    }

    @Override
    public String toString() {
        return Decimal.format(millionths);
    }
}
