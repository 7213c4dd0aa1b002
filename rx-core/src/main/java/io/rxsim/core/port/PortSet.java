package io.rxsim.core.port;

import java.util.Arrays;

/**
 * A set of ports, 0 to 65535: the bitmap behind {@code ip_local_reserved_ports}.
 *
 * <p>Its text is the kernel's (kernel/sysctl.c {@code proc_do_large_bitmap}, 6.18): maximal ranges, single ports without a dash,
 * separated by commas. One thread.
 */
public final class PortSet {
    /** Ports there are. */
    public static final int PORTS = 1 << 16;

    /** Highest port. */
    public static final int MAX_PORT = PORTS - 1;

    private static final int WORD_BITS = 64;

    private final long[] words = new long[PORTS / WORD_BITS];

    /** The set of a text in the kernel's grammar, see {@link LocalReservedPorts}; of any length. */
    public static PortSet parse(String list) {
        LocalReservedPorts file = new LocalReservedPorts();
        file.writeAll(PortListParser.bytes(list));
        return file.ports();
    }

    /** Whether a port is in the set; false for numbers that are no ports. */
    public boolean contains(int port) {
        return (port & MAX_PORT) == port && (words[port >> 6] >>> port & 1) != 0;
    }

    /** Adds the ports from {@code first} to {@code last}, both included. */
    public void add(int first, int last) {
        if (first < 0 || last > MAX_PORT || first > last) {
            throw new IllegalArgumentException(
                    "ports=" + first + "-" + last + ", allowed is 0 to " + MAX_PORT + ", the lower one first");
        }
        for (int port = first; port <= last; port++) {
            words[port >> 6] |= 1L << port;
        }
    }

    /** Adds all ports of another set. */
    public void addAll(PortSet other) {
        for (int i = 0; i < words.length; i++) {
            words[i] |= other.words[i];
        }
    }

    /** Removes all ports of another set. */
    public void removeAll(PortSet other) {
        for (int i = 0; i < words.length; i++) {
            words[i] &= ~other.words[i];
        }
    }

    /** Takes over the ports of another set and forgets its own. */
    public void set(PortSet other) {
        System.arraycopy(other.words, 0, words, 0, words.length);
    }

    /** A copy that changes no more with this one. */
    public PortSet copy() {
        PortSet copy = new PortSet();
        copy.set(this);
        return copy;
    }

    /** The ports of this set that are in a range. */
    public PortSet within(int lowest, int highest) {
        PortSet inside = new PortSet();
        for (int port = next(lowest); port >= 0 && port <= highest; port = next(port + 1)) {
            inside.add(port, port);
        }
        return inside;
    }

    /** Number of ports. */
    public int size() {
        int size = 0;
        for (long word : words) {
            size += Long.bitCount(word);
        }
        return size;
    }

    /** Whether there is no port in it. */
    public boolean isEmpty() {
        return size() == 0;
    }

    /** The lowest port of the set that is at least {@code from}, or -1. */
    public int next(int from) {
        if (from > MAX_PORT) {
            return -1;
        }
        int word = from >> 6;
        long left = words[word] & (-1L << from);
        while (left == 0) {
            if (++word == words.length) {
                return -1;
            }
            left = words[word];
        }
        return word * WORD_BITS + Long.numberOfTrailingZeros(left);
    }

    /** The highest port of the run of the set that begins at a port of it. */
    public int endOfRun(int port) {
        int end = port;
        while (contains(end + 1)) {
            end++;
        }
        return end;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PortSet set && Arrays.equals(set.words, words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    /** The kernel's text without its newline; empty for the empty set. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int port = next(0); port >= 0; ) {
            int end = endOfRun(port);
            text.append(text.isEmpty() ? "" : ",").append(port);
            if (end > port) {
                text.append('-').append(end);
            }
            port = next(end + 1);
        }
        return text.toString();
    }
}
