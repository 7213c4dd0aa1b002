package io.rxsim.core.sysctl;

import io.rxsim.core.kernel.Errno;

/**
 * An unsigned number in the kernel's text form: 0x before hexadecimal digits, 0 before octal ones, decimal otherwise.
 *
 * <p>Source: lib/kstrtox.c {@code _parse_integer_fixup_radix}, {@code _parse_integer}, 6.18; lib/vsprintf.c {@code simple_strtoul},
 * 2.6.35. Immutable; any thread.
 *
 * @param value the number modulo 2^64
 * @param overflows whether it needs more than 64 bits
 * @param digits digits read; 0 is no number
 * @param end where it ends
 */
record NumberText(long value, boolean overflows, int digits, int end) {
    /** Reads digits from a place on, as many as there are. */
    static NumberText parse(String bytes, int from) {
        int at = from;
        int radix = 10;
        if (at < bytes.length() && bytes.charAt(at) == '0') {
            boolean x = at + 2 < bytes.length() && (bytes.charAt(at + 1) | 0x20) == 'x';
            radix = x && digit(bytes.charAt(at + 2), 16) >= 0 ? 16 : 8;
            at += radix == 16 ? 2 : 0;
        }
        final int first = at;
        long value = 0;
        boolean overflows = false;
        while (at < bytes.length() && digit(bytes.charAt(at), radix) >= 0) {
            int digit = digit(bytes.charAt(at), radix);
            overflows |= Long.compareUnsigned(value, Long.divideUnsigned(-1L - digit, radix)) > 0;
            value = value * radix + digit;
            at++;
        }
        return new NumberText(value, overflows, at - first, at);
    }

    /** What {@code kstrtoul} says against a text whose number this is: at most one newline may follow. Null if nothing. */
    Written refusedByKstrtoul(String text) {
        if (digits == 0) {
            return Written.refused(Errno.EINVAL, "no number");
        }
        if (overflows) {
            return Written.refused(Errno.ERANGE, "a number of more than 64 bits");
        }
        String rest = text.substring(end);
        return rest.isEmpty() || rest.equals("\n") ? null : Written.refused(Errno.EINVAL, "no number");
    }

    private static int digit(char c, int radix) {
        return c < 0x80 ? Character.digit(c, radix) : -1;
    }

    /** Past white space (isspace of lib/ctype.c, which counts the Latin-1 no-break space). */
    static int skipSpaces(String bytes, int from) {
        int at = from;
        while (at < bytes.length() && isSpace(bytes.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xa0;
    }
}
