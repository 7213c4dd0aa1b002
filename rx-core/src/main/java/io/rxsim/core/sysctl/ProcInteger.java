package io.rxsim.core.sysctl;

import io.rxsim.core.kernel.Errno;

/**
 * The integer of a sysctl as the kernel reads it: white space, an optional minus sign, a number in decimal, 0x or octal, at most
 * 20 characters with its sign; then the end, a space, a tab or a newline. What follows is not looked at.
 *
 * <p>Source: kernel/sysctl.c {@code proc_dointvec}, {@code proc_get_long}, 6.18 and 2.6.35. The old kernel keeps the low 32 bits
 * of a number that fits no int; 6.18 refuses it. Immutable; any thread.
 *
 * @param value the number
 * @param taken bytes up to the number's end and the white space behind it; where the text is longer than a page, what the
 *     kernel did not look at counts as taken
 * @param fault why it is refused, or null
 */
record ProcInteger(int value, int taken, String fault) {
    /** Most characters of a number with its sign. */
    private static final int MAX_LENGTH = 20;

    private static final int PAGE_SIZE = 4096;

    /**
     * Reads text that is not empty.
     *
     * @param strict whether a number outside int is refused (6.18)
     */
    static ProcInteger parse(String bytes, boolean strict) {
        final String read = bytes.length() > PAGE_SIZE - 1 ? bytes.substring(0, PAGE_SIZE - 1) : bytes;
        final int from = NumberText.skipSpaces(read, 0);
        if (from == read.length()) {
            return refused("no number");
        }
        final boolean negative = read.charAt(from) == '-' && from + 1 < read.length();
        final NumberText number = NumberText.parse(read, negative ? from + 1 : from);
        if (number.digits() == 0) {
            return refused("no number");
        }
        if (number.end() - from > MAX_LENGTH) {
            return refused("a number of more than " + MAX_LENGTH + " characters");
        }
        if (number.end() < read.length() && " \t\n".indexOf(read.charAt(number.end())) < 0) {
            return refused("no number");
        }
        if (strict && (number.overflows() || !isInt(number.value(), negative))) {
            return refused("not in the range of an int");
        }
        final int value = (int) (negative ? -number.value() : number.value());
        final int end = NumberText.skipSpaces(read, number.end());
        return new ProcInteger(value, bytes.length() - (read.length() - end), null);
    }

    private static boolean isInt(long magnitude, boolean negative) {
        return Long.compareUnsigned(magnitude, negative ? 1L << 31 : Integer.MAX_VALUE) <= 0;
    }

    private static ProcInteger refused(String fault) {
        return new ProcInteger(0, 0, fault);
    }

    /** The refusal of a write. */
    Written refusal() {
        return Written.refused(Errno.EINVAL, fault);
    }
}
