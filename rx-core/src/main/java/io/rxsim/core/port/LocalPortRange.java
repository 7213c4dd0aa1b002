package io.rxsim.core.port;

import io.rxsim.core.kernel.KernelRules;

/**
 * {@code net.ipv4.ip_local_port_range} of one network namespace: the ports from which the kernel chooses.
 *
 * <p>Source: net/ipv4/sysctl_net_ipv4.c {@code ipv4_local_port_range}, kernel/sysctl.c {@code __do_proc_dointvec}, 6.18. A write is one
 * or two numbers (decimal, 0x hex, 0-octal; at most 20 characters), separated by blanks, tabs or newlines; one alone sets the
 * lower bound; what follows the second is not looked at. A failed write changes nothing. One thread.
 */
public final class LocalPortRange {
    /** Default lower bound. */
    public static final int DEFAULT_LOW = 32768;

    private static final int HIGH_618 = 60999;
    private static final int HIGH_2635 = 61000;
    private static final int MAX_NUMBER = 20;
    private static final String BLANKS = " \t\n\u000b\f\r";
    private static final String SEPARATORS = " \t\n";

    private PortWindow window;
    private byte[] text = {};
    private int at;

    /** The default range of a kernel. */
    public LocalPortRange(KernelRules rules) {
        boolean old = rules.version().equals(KernelRules.V2_6_35.version());
        window = new PortWindow(DEFAULT_LOW, old ? HIGH_2635 : HIGH_618, false);
    }

    /** The lowest port that may be chosen. */
    public int low() {
        return window.low();
    }

    /** The highest port that may be chosen. */
    public int high() {
        return window.high();
    }

    /** The range as the ports that a socket may be given. */
    PortWindow window() {
        return window;
    }

    /** Ports in the range. */
    public int count() {
        return window.count();
    }

    /** Whether a port is in the range. */
    public boolean contains(int port) {
        return port >= window.low() && port <= window.high();
    }

    /**
     * Sets both bounds.
     *
     * @throws IllegalArgumentException unless both are ports from 1, the lower one first
     */
    public void set(int newLow, int newHigh) {
        if (newLow < 1 || newHigh > PortSet.MAX_PORT || newLow > newHigh) {
            throw new IllegalArgumentException("ip_local_port_range=" + newLow + " " + newHigh + ", allowed is 1 to "
                    + PortSet.MAX_PORT + ", the lower one first");
        }
        window = new PortWindow(newLow, newHigh, false);
    }

    /**
     * One {@code write(2)} at position 0.
     *
     * @param written the bytes
     * @param unprivilegedPortStart what the lower bound may not be below: ip_unprivileged_port_start; 0 in 2.6.35
     * @return how many bytes were taken
     * @throws PortListException EINVAL: nothing changed
     */
    public int write(byte[] written, int unprivilegedPortStart) {
        if (written.length == 0) {
            return 0;
        }
        text = written.clone();
        at = 0;
        final int newLow = number();
        final int lowEnd = at;
        final int newHigh = at < text.length ? number() : high();
        if (newHigh < newLow) {
            throw new PortListException(lowEnd + 1, newHigh + " is below " + newLow + ", the lower port comes first");
        }
        if (newLow < unprivilegedPortStart) {
            throw new PortListException(1, newLow + " is below ip_unprivileged_port_start " + unprivilegedPortStart);
        }
        window = new PortWindow(newLow, newHigh, false);
        return at;
    }

    /** Reads a number and the blanks around it. */
    private int number() {
        skipBlanks();
        final int start = at;
        if (at == text.length || Character.digit(text[at], 10) < 0) {
            throw new PortListException(start + 1, "a port is missing, allowed is 1 to " + PortSet.MAX_PORT);
        }
        int base = 10;
        if (text[at] == '0') {
            boolean hex =
                    at + 2 < text.length && (text[at + 1] | 0x20) == 'x' && Character.digit(text[at + 2], 16) >= 0;
            at += hex ? 2 : 0;
            base = hex ? 16 : 8;
        }
        int value = 0;
        for (; at < text.length && Character.digit(text[at], base) >= 0; at++) {
            value = Math.min(value * base + Character.digit(text[at], base), PortSet.PORTS);
        }
        if (at - start > MAX_NUMBER || at < text.length && SEPARATORS.indexOf(text[at]) < 0) {
            throw new PortListException(at + 1, "expected a port, then a blank, a tab, a newline or the end");
        }
        if (value < 1 || value > PortSet.MAX_PORT) {
            throw new PortListException(start + 1, "the number is no port, allowed is 1 to " + PortSet.MAX_PORT);
        }
        skipBlanks();
        return value;
    }

    private void skipBlanks() {
        while (at < text.length && BLANKS.indexOf(text[at]) >= 0) {
            at++;
        }
    }

    /** What {@code read(2)} gives: low, tab, high, newline. */
    public String read() {
        return low() + "\t" + high() + "\n";
    }
}
