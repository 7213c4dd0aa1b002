package io.rxsim.core.cpu;

import io.rxsim.core.kernel.Errno;

/**
 * What the kernel makes of the text of a CPU mask: hex groups of up to eight digits, the rightmost holding CPUs 0 to 31.
 *
 * <p>Text is bytes, one per character. Immutable; any thread.
 *
 * @param stored what the parser leaves in the bitmap: the mask, or after a fault the mask before with the groups that were
 *     read until then
 * @param fault why the text is refused, or null
 */
public record CpuMaskText(CpuMask stored, CpuMaskException fault) {
    private static final int GROUP_BITS = 32;
    private static final int GROUP_DIGITS = 8;

    /**
     * The parser of 6.18 (lib/bitmap-str.c {@code bitmap_parse}): text ends at the first newline or NUL; groups are separated by
     * commas or white space, and text without one is the empty set; they are read from the right and the first fault met decides;
     * bits at or above nr_cpu_ids are tested last; one character that is no hex digit directly before a full group of eight
     * digits is swallowed.
     *
     * @param before what the bitmap held, with its nr_cpu_ids
     */
    public static CpuMaskText parse(String text, CpuMask before) {
        final String read = untilNewlineOrNul(text);
        final int nrCpuIds = before.nrCpuIds();
        final int[] groups = before.groups();
        int group = 0;
        int at = read.length() - 1;
        while (true) {
            while (at >= 0 && isSeparator(read.charAt(at))) {
                at--;
            }
            if (at < 0) {
                break;
            }
            if (group == groups.length) {
                return stopped(groups, nrCpuIds, overflow(read, "more than " + groups.length + " group(s) of 32 CPUs"));
            }
            int value = 0;
            int digits = 0;
            while (at >= 0 && digits < GROUP_DIGITS && !isSeparator(read.charAt(at))) {
                int digit = hexDigit(read.charAt(at));
                if (digit < 0) {
                    return stopped(groups, nrCpuIds, notHex(read, at));
                }
                value |= digit << (4 * digits++);
                at--;
            }
            if (digits == GROUP_DIGITS && at >= 0 && !isSeparator(read.charAt(at))) {
                if (hexDigit(read.charAt(at)) >= 0) {
                    return stopped(groups, nrCpuIds, overflow(read, "more than 8 digits in a group"));
                }
                at--;
            }
            groups[group++] = value;
        }
        for (int rest = group; rest < groups.length; rest++) {
            groups[rest] = 0;
        }
        return stopped(groups, nrCpuIds, beyond(groups, read, nrCpuIds));
    }

    /**
     * The parser of 2.6.35 (lib/bitmap.c {@code __bitmap_parse}), from the left: groups are separated by single commas and none
     * is empty, but for one after a comma that ends the text; white space may stand around the text, not inside; leading zeros
     * count for nothing; text ends at a NUL; a group that does not fit is refused before the next one is looked at.
     */
    public static CpuMaskText parseOf2635(String text, int nrCpuIds) {
        final int[] groups = new int[(nrCpuIds + GROUP_BITS - 1) / GROUP_BITS];
        final int nul = text.indexOf('\0');
        final String read = trimmed(nul < 0 ? text : text.substring(0, nul));
        final boolean endsInComma = nul < 0 && text.endsWith(",") && text.length() > 1;
        final String[] parts = (endsInComma ? read.substring(0, read.length() - 1) : read).split(",", -1);
        int bits = 0;
        for (String part : parts) {
            long value = 0;
            for (int i = 0; i < part.length(); i++) {
                int digit = hexDigit(part.charAt(i));
                if (digit < 0) {
                    return stopped(groups, nrCpuIds, notHex(read, read.indexOf(part) + i));
                }
                value = value << 4 | digit;
                if (value > 0xffffffffL) {
                    return stopped(groups, nrCpuIds, overflow(read, "more than 8 digits in a group"));
                }
            }
            if (part.isEmpty()) {
                return stopped(groups, nrCpuIds, invalid(read, "a group is empty"));
            }
            if (bits == 0 && value == 0) {
                continue;
            }
            bits += bits == 0 ? Long.SIZE - Long.numberOfLeadingZeros(value) : GROUP_BITS;
            if (bits > nrCpuIds) {
                return stopped(
                        groups, nrCpuIds, overflow(read, "CPU " + (bits - 1) + " is not below nr_cpu_ids=" + nrCpuIds));
            }
            System.arraycopy(groups, 0, groups, 1, groups.length - 1);
            groups[0] = (int) value;
        }
        return stopped(groups, nrCpuIds, null);
    }

    private static CpuMaskText stopped(int[] groups, int nrCpuIds, CpuMaskException fault) {
        return new CpuMaskText(CpuMask.ofGroups(groups, nrCpuIds), fault);
    }

    private static CpuMaskException beyond(int[] groups, String read, int nrCpuIds) {
        for (int bit = nrCpuIds; bit < groups.length * GROUP_BITS; bit++) {
            if ((groups[bit / GROUP_BITS] >>> (bit % GROUP_BITS) & 1) != 0) {
                return overflow(read, "CPU " + bit + " is not below nr_cpu_ids=" + nrCpuIds);
            }
        }
        return null;
    }

    private static CpuMaskException overflow(String read, String reason) {
        return new CpuMaskException(Errno.EOVERFLOW, "mask \"" + read + "\": " + reason);
    }

    private static CpuMaskException invalid(String read, String reason) {
        return new CpuMaskException(Errno.EINVAL, "mask \"" + read + "\": " + reason);
    }

    private static CpuMaskException notHex(String read, int at) {
        return new CpuMaskException(Errno.EINVAL, "'" + read.charAt(at) + "' in mask \"" + read + "\" is not hex");
    }

    private static String untilNewlineOrNul(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != 0) {
            end++;
        }
        return text.substring(0, end);
    }

    private static String trimmed(String part) {
        int from = 0;
        int to = part.length();
        while (from < to && isSpace(part.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(part.charAt(to - 1))) {
            to--;
        }
        return part.substring(from, to);
    }

    private static int hexDigit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static boolean isSeparator(char c) {
        return c == ',' || isSpace(c);
    }

    /** isspace of lib/ctype.c: it counts the Latin-1 no-break space too. */
    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xa0;
    }
}
