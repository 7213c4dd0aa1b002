package io.rxsim.workload.spec;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of virtual time as text and back, exactly: a decimal and a unit. Stateless; any thread. */
public final class TimeSpan {
    private record Unit(String suffix, long nanos) {}

    /** Longest first. */
    private static final List<Unit> UNITS = List.of(
            new Unit("h", 3_600_000_000_000L),
            new Unit("m", 60_000_000_000L),
            new Unit("s", 1_000_000_000),
            new Unit("ms", 1_000_000),
            new Unit("us", 1_000),
            new Unit("ns", 1));

    private static final Unit SECOND = UNITS.get(2);
    private static final Pattern SYNTAX = Pattern.compile("([0-9.]+)(ns|us|ms|s|m|h)");
    private static final long NO_SPAN = -1;

    private TimeSpan() {}

    /**
     * Parses a span.
     *
     * @param name what it is, for errors
     * @param text for example {@code 1.5ms}; units are ns, us, ms, s, m and h, and 0 needs none
     * @param minNs shortest allowed
     * @param maxNs longest allowed
     * @return whole nanoseconds
     * @throws IllegalArgumentException for a missing unit, a part of a nanosecond, or a span out of range
     */
    public static long parseNs(String name, String text, long minNs, long maxNs) {
        long ns = text.equals("0") ? 0 : nanos(text, maxNs);
        if (ns < minNs || ns > maxNs) {
            throw new IllegalArgumentException(name + "=" + text + ", allowed is " + format(minNs) + " to "
                    + format(maxNs) + " in whole nanoseconds, with a unit: ns, us, ms, s, m, h");
        }
        return ns;
    }

    private static long nanos(String text, long maxNs) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            return NO_SPAN;
        }
        long unit = unit(matcher.group(2)).nanos;
        long millionths = Decimal.millionths(matcher.group(1));
        // Bounding the integer part first keeps the products below 2^63.
        if (millionths < 0
                || millionths / Decimal.ONE > maxNs / unit
                || millionths % Decimal.ONE * unit % Decimal.ONE != 0) {
            return NO_SPAN;
        }
        return millionths / Decimal.ONE * unit + millionths % Decimal.ONE * unit / Decimal.ONE;
    }

    private static Unit unit(String suffix) {
        return UNITS.stream()
                .filter(unit -> unit.suffix.equals(suffix))
                .findFirst()
                .orElseThrow();
    }

    /** A span of 0 ns or more in the largest unit up to a second that leaves a whole number, for example {@code 1500us}. */
    public static String format(long ns) {
        if (ns == 0) {
            return "0ns";
        }
        for (Unit unit : UNITS) {
            if (unit.nanos <= SECOND.nanos && ns % unit.nanos == 0) {
                return ns / unit.nanos + unit.suffix;
            }
        }
        throw new IllegalArgumentException("ns=" + ns);
    }
}
