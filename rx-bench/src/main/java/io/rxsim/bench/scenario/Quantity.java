package io.rxsim.bench.scenario;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations, rates and factors as text and back, exactly: no binary fractions in between. */
public final class Quantity {
    /** What a duration looks like, for errors. */
    public static final String DURATION_FORM = "a number and a unit, e.g. 250ns, 10us, 1.5ms, 2s";

    /** What a rate looks like, for errors. */
    public static final String RATE_FORM = "a number per second, e.g. 1000/s, 500k/s, 1.2M/s";

    private static final Pattern DURATION = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)(ns|us|ms|s|m|h)");
    private static final Pattern RATE = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)([kMG]?)/s");
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,9}(?:\\.\\d{1,6})?");
    private static final Map<String, Long> UNIT_NS = units();

    private Quantity() {}

    private static Map<String, Long> units() {
        Map<String, Long> units = new LinkedHashMap<>();
        units.put("h", 3_600_000_000_000L);
        units.put("m", 60_000_000_000L);
        units.put("s", 1_000_000_000L);
        units.put("ms", 1_000_000L);
        units.put("us", 1_000L);
        units.put("ns", 1L);
        return units;
    }

    /**
     * A duration in nanoseconds.
     *
     * @throws IllegalArgumentException if it has another form or is no whole number of nanoseconds
     */
    public static long durationNs(String text) {
        if (text.equals("0")) {
            return 0;
        }
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is no duration, allowed is " + DURATION_FORM);
        }
        return exact(
                new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(UNIT_NS.get(matcher.group(2)))),
                "nanoseconds");
    }

    /**
     * A rate per second.
     *
     * @throws IllegalArgumentException if it has another form or is no whole number per second
     */
    public static long perSecond(String text) {
        Matcher matcher = RATE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is no rate, allowed is " + RATE_FORM);
        }
        long factor = switch (matcher.group(2)) {
            case "k" -> 1_000L;
            case "M" -> 1_000_000L;
            case "G" -> 1_000_000_000L;
            default -> 1L;
        };
        return exact(new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(factor)), "packets per second");
    }

    /**
     * A positive decimal number of at most six decimals, in millionths.
     *
     * @throws IllegalArgumentException if it has another form
     */
    public static long millionths(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException("is no decimal number, allowed is e.g. 10 or 0.25");
        }
        return exact(new BigDecimal(text).movePointRight(6), "millionths");
    }

    private static long exact(BigDecimal value, String unit) {
        try {
            return value.longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("is no whole number of " + unit + " below 2^63", e);
        }
    }

    /** A duration in the largest unit up to a second that leaves a whole number. */
    public static String formatDuration(long ns) {
        if (ns == 0) {
            return "0ns";
        }
        for (Map.Entry<String, Long> unit : UNIT_NS.entrySet()) {
            if (unit.getValue() <= 1_000_000_000L && ns % unit.getValue() == 0) {
                return ns / unit.getValue() + unit.getKey();
            }
        }
        throw new IllegalStateException("ns=" + ns);
    }

    /** A rate in the largest unit that leaves a whole number. */
    public static String formatRate(long perSecond) {
        if (perSecond != 0 && perSecond % 1_000_000 == 0) {
            return perSecond / 1_000_000 + "M/s";
        }
        return perSecond != 0 && perSecond % 1_000 == 0 ? perSecond / 1_000 + "k/s" : perSecond + "/s";
    }

    /** Millionths as a decimal number without trailing zeros. */
    public static String formatMillionths(long millionths) {
        return BigDecimal.valueOf(millionths, 6).stripTrailingZeros().toPlainString();
    }
}
