package io.rxsim.core.port;

import java.nio.charset.StandardCharsets;

/**
 * Reads one write to {@code ip_local_reserved_ports}. One object per write; one thread.
 *
 * <p>Source: kernel/sysctl.c {@code proc_do_large_bitmap} and {@code proc_get_long}, 6.18; each rule below was seen on a running
 * kernel. A list is ranges {@code n} or {@code n-m}, separated by a comma and any newlines or by newlines, with newlines
 * allowed at the start and one separator at the end. A number is decimal, 0x hex or 0-octal, of at most 20 characters. One NUL
 * directly behind a range with a dash separates like a comma.
 *
 * <p>Only the first {@value #MAX_WRITE} bytes are looked at. Where there are more, a number that ends in the last or last but
 * one of them, or a range that ends in the last, is left for the next write.
 *
 * <p>Deviation: 2.6.35 has the same grammar, but takes what stands at the end of such a cut text as it is; here it is left for
 * the next write too.
 */
final class PortListParser {
    /** Bytes of one write that are looked at: a page less one. */
    static final int MAX_WRITE = 4095;

    private static final int MAX_NUMBER = 20;
    private static final String BEHIND_FIRST = "-,\n";
    private static final String BEHIND_SECOND = ",\n\0";

    private final byte[] text;
    private final int end;
    private final boolean cut;
    private final PortSet ports = new PortSet();
    private int at;

    PortListParser(byte[] text) {
        this.text = text;
        end = Math.min(text.length, MAX_WRITE);
        cut = text.length > MAX_WRITE;
    }

    /** A text as the bytes that are written; a character above 255 is refused by the kernel whatever its bytes are. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads the text.
     *
     * @return how many bytes the write takes
     * @throws PortListException where the kernel answers EINVAL
     */
    int parse() {
        skipNewlines();
        while (at < end) {
            final int start = at;
            if (!range(start)) {
                // the call takes what lies before, and the caller comes back with the rest
                return start;
            }
            skipNewlines();
        }
        return at;
    }

    /** The ports that were read. */
    PortSet ports() {
        return ports;
    }

    /** Reads one range with its separator; false if it may go on behind the cut. */
    private boolean range(int start) {
        final int first = number(BEHIND_FIRST);
        if (cut && end - at <= 1) {
            return false;
        }
        checkPort(first, start);
        int last = first;
        if (at < end && text[at++] == '-') {
            final int second = at;
            last = number(BEHIND_SECOND);
            if (cut && at == end) {
                return false;
            }
            checkPort(last, second);
            if (last < first) {
                throw refused(second, last + " is below " + first + ", a range has its lower port first");
            }
            at += at < end ? 1 : 0;
        }
        ports.add(first, last);
        return true;
    }

    private void skipNewlines() {
        while (at < end && text[at] == '\n') {
            at++;
        }
    }

    private void checkPort(int port, int column) {
        if (port > PortSet.MAX_PORT) {
            throw refused(column, "the number is above " + PortSet.MAX_PORT + ", the highest port");
        }
    }

    /** Reads a number, which one of the given characters or the end must follow; anything above a port becomes the same. */
    private int number(String behind) {
        final int start = at;
        if (at == end) {
            throw refused(at, "a port is missing, allowed is 0 to " + PortSet.MAX_PORT);
        }
        if (Character.digit(text[at], 10) < 0) {
            throw refused(at, named(text[at]) + " where a port must begin with a digit");
        }
        final int base = base();
        int value = 0;
        for (int digit = digit(base); digit >= 0; digit = digit(base)) {
            value = Math.min(value * base + digit, PortSet.PORTS);
            at++;
        }
        if (at - start > MAX_NUMBER) {
            throw refused(start, "the number has more than " + MAX_NUMBER + " characters");
        }
        if (at < end && behind.indexOf(text[at]) < 0) {
            throw refused(
                    at,
                    named(text[at]) + " behind a port, allowed is a comma, a newline"
                            + (behind.equals(BEHIND_FIRST) ? " or a dash" : ""));
        }
        return value;
    }

    /** The base that a number's prefix asks for; the prefix of a hex number is passed over. */
    private int base() {
        if (text[at] != '0') {
            return 10;
        }
        boolean hex = at + 2 < end && (text[at + 1] | 0x20) == 'x' && Character.digit(text[at + 2], 16) >= 0;
        at += hex ? 2 : 0;
        return hex ? 16 : 8;
    }

    private int digit(int base) {
        return at < end ? Character.digit(text[at], base) : -1;
    }

    private static String named(byte character) {
        return character > ' ' && character < 0x7f
                ? "'" + (char) character + "'"
                : "byte 0x" + Character.forDigit(character >> 4 & 15, 16) + Character.forDigit(character & 15, 16);
    }

    private static PortListException refused(int at, String reason) {
        return new PortListException(at + 1, reason);
    }
}
