package io.rxsim.workload.spec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decimal numbers of up to six decimals, kept exactly as millionths. Stateless; any thread. */
public final class Decimal {
    /** One, in millionths. */
    public static final long ONE = 1_000_000;

    /** {@link #millionths}: the text is none. */
    static final long NO_DECIMAL = -1;

    private static final int DECIMALS = 6;
    private static final int MAX_INTEGER_DIGITS = 12;
    private static final Pattern SYNTAX =
            Pattern.compile("([0-9]{1," + MAX_INTEGER_DIGITS + "})(?:\\.([0-9]{1," + DECIMALS + "}))?");

    private Decimal() {}

    /**
     * Parses a decimal, for example {@code 2.5}.
     *
     * @param name what it is, for errors
     * @param text digits, optionally a point and up to six more
     * @param min smallest allowed value, in millionths
     * @param max largest allowed value, in millionths
     * @return the value in millionths
     * @throws IllegalArgumentException for any other text or a value out of range
     */
    public static long parse(String name, String text, long min, long max) {
        long value = millionths(text);
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + "=" + text + ", allowed is a number from " + format(min) + " to "
                    + format(max) + " with up to " + DECIMALS + " decimals");
        }
        return value;
    }

    /** The value of a text in millionths, or {@link #NO_DECIMAL}. */
    static long millionths(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            return NO_DECIMAL;
        }
        String decimals = matcher.group(2) == null ? "" : matcher.group(2);
        return Long.parseLong(matcher.group(1)) * ONE
                + Long.parseLong(decimals + "0".repeat(DECIMALS - decimals.length()));
    }

    /** The shortest text of a value of 0 or more in millionths, for example {@code 2.5}. */
    public static String format(long millionths) {
        long fraction = millionths % ONE;
        if (fraction == 0) {
            return Long.toString(millionths / ONE);
        }
        String digits = Long.toString(fraction + ONE).substring(1);
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return millionths / ONE + "." + digits.substring(0, end);
    }
}
