package io.rxsim.bench.report;

import java.util.Locale;

/** Figures for people, with their units. */
final class Units {
    private Units() {}

    /** Nanoseconds in a readable unit, three or four digits. */
    static String time(double ns) {
        if (ns < 1e3) {
            return format("%.0f ns", ns);
        }
        if (ns < 1e6) {
            return format(ns < 1e5 ? "%.2f us" : "%.1f us", ns / 1e3);
        }
        return ns < 1e9 ? format(ns < 1e8 ? "%.2f ms" : "%.1f ms", ns / 1e6) : format("%.2f s", ns / 1e9);
    }

    /** Whole nanoseconds in a readable unit. */
    static String time(long ns) {
        return time((double) ns);
    }

    /** A rate per second. */
    static String rate(double perSecond) {
        if (perSecond >= 1e6) {
            return format("%.3f M/s", perSecond / 1e6);
        }
        return perSecond >= 1e4 ? format("%.1f k/s", perSecond / 1e3) : format("%.1f /s", perSecond);
    }

    /** Bits per second in a readable unit. */
    static String bits(double perSecond) {
        return perSecond >= 1e9 ? format("%.3f Gbit/s", perSecond / 1e9) : format("%.3f Mbit/s", perSecond / 1e6);
    }

    /** A count, or a mean of counts, with decimals only where it has a fraction. */
    static String count(double mean) {
        return format(mean == Math.rint(mean) ? "%.0f" : "%.1f", mean);
    }

    /** A share of a whole in percent; a dash if the whole is 0. */
    static String percent(double part, double whole) {
        return whole == 0 ? "-" : format("%.1f %%", 100.0 * part / whole);
    }

    /** A share in percent without decimals or sign, for narrow columns. */
    static String shortPercent(double share) {
        return format("%.0f", 100 * share);
    }

    private static String format(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
