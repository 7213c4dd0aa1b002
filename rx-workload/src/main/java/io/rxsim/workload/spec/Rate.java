package io.rxsim.workload.spec;

/**
 * Events per second of virtual time, exact to a millionth. Immutable; any thread.
 *
 * @param millionthsPerSecond events per million seconds
 */
public record Rate(long millionthsPerSecond) {
    /** Smallest rate: one event in 1000 seconds. */
    public static final long MIN = Decimal.ONE / 1000;

    /** Largest rate: one event per nanosecond. */
    public static final long MAX = 1_000_000_000L * Decimal.ONE;

    /** Nanoseconds in a million seconds: the mean gap is this divided by {@link #millionthsPerSecond}. */
    public static final long NANOS_PER_MILLION_SECONDS = 1_000_000_000L * Decimal.ONE;

    private static final String SUFFIX = "/s";

    /** Validates. */
    public Rate {
        if (millionthsPerSecond < MIN || millionthsPerSecond > MAX) {
            throw new IllegalArgumentException("rate=" + Decimal.format(millionthsPerSecond) + "/s, allowed is "
                    + Decimal.format(MIN) + " to " + Decimal.format(MAX));
        }
    }

    /** A whole number of events per second. */
    public static Rate perSecond(long events) {
        return new Rate(Math.multiplyExact(events, Decimal.ONE));
    }

    /**
     * Parses a rate.
     *
     * @param name what it is, for errors
     * @param text {@code 100}, {@code 100/s} or {@code 2.5/s}
     * @throws IllegalArgumentException for any other text or a rate out of range
     */
    public static Rate parse(String name, String text) {
        String number = text.endsWith(SUFFIX) ? text.substring(0, text.length() - SUFFIX.length()) : text;
        return new Rate(Decimal.parse(name, number, MIN, MAX));
    }

    @Override
    public String toString() {
        return Decimal.format(millionthsPerSecond) + SUFFIX;
    }
}
