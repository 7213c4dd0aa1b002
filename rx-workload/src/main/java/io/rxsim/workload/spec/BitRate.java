package io.rxsim.workload.spec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bits per second as text, for example {@code 10G}. Stateless; any thread. */
public final class BitRate {
    /** Slowest link, in bits per second. */
    public static final long MIN = 1_000;

    /** Fastest link, in bits per second. */
    public static final long MAX = 1_000_000_000_000L;

    private static final Pattern SYNTAX = Pattern.compile("([0-9.]+)([kMG]?)(?:bit/s)?");

    private BitRate() {}

    /**
     * Parses a rate.
     *
     * @param name what it is, for errors
     * @param text a decimal, a factor and {@code bit/s}, the latter two if wanted: {@code 1G}, {@code 2.5Gbit/s}
     * @return whole bits per second
     * @throws IllegalArgumentException for any other text or a rate out of range
     */
    public static long parse(String name, String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (matcher.matches()) {
            long factor = "kMG".contains(matcher.group(2)) && !matcher.group(2).isEmpty()
                    ? (long) StrictMath.pow(1000, "kMG".indexOf(matcher.group(2)) + 1.0)
                    : 1;
            long millionths = Decimal.millionths(matcher.group(1));
            if (millionths >= 0 && millionths / Decimal.ONE <= MAX / factor) {
                long bits = millionths / Decimal.ONE * factor + millionths % Decimal.ONE * factor / Decimal.ONE;
                if (bits >= MIN && bits <= MAX) {
                    return bits;
                }
            }
        }
        throw new IllegalArgumentException(name + "=" + text + ", allowed is 1k to 1000G bits per second, e.g. 10G");
    }
}
