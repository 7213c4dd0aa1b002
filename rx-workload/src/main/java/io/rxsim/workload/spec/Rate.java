package io.rxsim.workload.spec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static final Pattern SYNTAX = Pattern.compile("([0-9.]+)([kMG]?)(?:/s)?");

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
     * @param text a decimal, a factor and {@code /s}, the latter two if wanted: {@code 100}, {@code 2.5/s}, {@code 1.2M/s}
     * @throws IllegalArgumentException for any other text or a rate out of range
     */
    public static Rate parse(String name, String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (matcher.matches()) {
            long factor = factor(matcher.group(2));
            long millionths = Decimal.millionths(matcher.group(1));
            if (millionths <= MAX / factor && millionths * factor >= MIN) {
                return new Rate(millionths * factor);
            }
        }
        throw new IllegalArgumentException(
                name + "=" + text + ", allowed is 0.001/s to 1G/s, e.g. 1000/s, 500k/s, 1.2M/s");
    }

    private static long factor(String letter) {
        return switch (letter) {
            case "k" -> 1_000;
            case "M" -> 1_000_000;
            case "G" -> 1_000_000_000;
            default -> 1;
        };
    }

    @Override
    public String toString() {
        return Decimal.format(millionthsPerSecond) + "/s";
    }
}
