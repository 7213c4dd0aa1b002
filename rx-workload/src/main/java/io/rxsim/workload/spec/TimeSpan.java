package io.rxsim.workload.spec;

import java.util.List;

/** Spans of virtual time as written in workloads: a decimal and a unit. Stateless; any thread. */
public final class TimeSpan {
    /** Longest span, one hour. */
    public static final long MAX_NS = 3_600_000_000_000L;

    private record Unit(String suffix, long nanos) {}

    /** In this order, since every other suffix ends in {@code s}. */
    private static final List<Unit> UNITS =
            List.of(new Unit("ns", 1), new Unit("us", 1_000), new Unit("ms", 1_000_000), new Unit("s", 1_000_000_000));

    private TimeSpan() {}

    /**
     * Parses a span.
     *
     * @param name what it is, for errors
     * @param text for example {@code 1.5ms}; units are ns, us, ms and s
     * @return whole nanoseconds, at least 1
     * @throws IllegalArgumentException for a missing unit, a part of a nanosecond, or a span that is not 1 ns to 1 h long
     */
    public static long parseNs(String name, String text) {
        for (Unit unit : UNITS) {
            if (text.endsWith(unit.suffix)) {
                String number = text.substring(0, text.length() - unit.suffix.length());
                long millionths = Decimal.parse(name, number, 0, MAX_NS / unit.nanos * Decimal.ONE);
                long nanos =
                        millionths / Decimal.ONE * unit.nanos + millionths % Decimal.ONE * unit.nanos / Decimal.ONE;
                if (nanos > 0 && millionths % Decimal.ONE * unit.nanos % Decimal.ONE == 0) {
                    return nanos;
                }
                break;
            }
        }
        throw new IllegalArgumentException(
                name + "=" + text + ", allowed is a time from 1ns to 3600s with a unit: ns, us, ms, s");
    }
}
