package io.rxsim.core.port;

/**
 * The orders in which kernels try local ports: pure functions of their random numbers. A search asks about one port after the
 * other and ends at the first that may be had. Stateless; any thread.
 *
 * <p>Source: net/ipv4/inet_connection_sock.c {@code inet_csk_find_open_port}, net/ipv4/inet_hashtables.c {@code
 * __inet_hash_connect}, net/ipv4/udp.c {@code udp_lib_get_port}, 6.18; {@code inet_csk_get_port} and {@code __inet_hash_connect}
 * of 2.6.35.
 */
final class PortSearch {
    /** No port may be had. */
    static final int NONE = -1;

    /** {@link #NONE} as the result of {@link #connect618}. */
    static final long NO_PORT = -1;

    private static final int SMALLEST_TO_HALVE = 4;

    private PortSearch() {}

    /** Says which ports may be had. */
    interface Check {
        /** Whether the searching socket may have a port; reserved ports are never asked about. */
        boolean free(int port);
    }

    /**
     * bind(0) of 6.18: ports of the parity opposite to the lowest one first. With SO_REUSEADDR the lower half first, so that the
     * upper one stays for others.
     */
    static int bind618(PortWindow window, boolean reuseAddress, PortSet reserved, PortRandom random, Check check) {
        final int end = window.high() + 1;
        if (!reuseAddress || window.count() < SMALLEST_TO_HALVE) {
            return parityWindow(window.low(), end, reserved, random, check);
        }
        final int half = window.low() + window.count() / 4 * 2;
        final int port = parityWindow(window.low(), half, reserved, random, check);
        return port != NONE ? port : parityWindow(half, end, reserved, random, check);
    }

    /** One window of bind(0), {@code end} excluded. An odd-sized one is searched as if it had one port less. */
    private static int parityWindow(int low, int end, PortSet reserved, PortRandom random, Check check) {
        final int size = even(end - low);
        final int offset = random.below(size) | 1;
        final int port = everySecond(low + offset, end, size, reserved, check);
        return port != NONE ? port : everySecond(low + offset - 1, end, size, reserved, check);
    }

    private static int everySecond(int first, int end, int size, PortSet reserved, Check check) {
        int port = first;
        for (int tried = 0; tried < size; tried += 2, port += 2) {
            if (port >= end) {
                port -= size;
            }
            if (!reserved.contains(port) && check.free(port)) {
                return port;
            }
        }
        return NONE;
    }

    private static int even(int size) {
        return size > 1 ? size & ~1 : size;
    }

    /**
     * connect of 6.18: ports of the lowest one's parity first, from a place that advances with every connect; with
     * IP_LOCAL_PORT_RANGE, all ports in turn.
     *
     * @param base the place, u32
     * @return the port, and in the upper 32 bits how far behind the first port tried it is; {@link #NO_PORT} if there is none
     */
    static long connect618(PortWindow window, int base, PortSet reserved, Check check) {
        if (window.ofSocket()) {
            final int offset = Integer.remainderUnsigned(base, window.count());
            return turn(window, window.low() + offset, 1, reserved, check);
        }
        final int size = even(window.count());
        final int offset = Integer.remainderUnsigned(base, size) & ~1;
        final long found = turn(window, window.low() + offset, 2, reserved, check);
        return found != NO_PORT || size == 1 ? found : turn(window, window.low() + offset + 1, 2, reserved, check);
    }

    private static long turn(PortWindow window, int first, int step, PortSet reserved, Check check) {
        final int high = window.high();
        final int size = step == 1 ? window.count() : even(window.count());
        int port = first;
        for (int passed = 0; passed < size; passed += step, port += step) {
            if (port > high) {
                port -= size;
            }
            if (!reserved.contains(port) && check.free(port)) {
                return (long) passed << 32 | port;
            }
        }
        return NO_PORT;
    }

    /** How far a connect went behind the first port it tried, of the result of a search. */
    static int passed(long found) {
        return (int) (found >>> 32);
    }

    /** The port of the result of a search. */
    static int port(long found) {
        return (int) found;
    }

    /**
     * Datagram sockets: from a random port in strides of a random odd multiple of the table's slots, so that one slot is searched
     * through before the next.
     *
     * @param slots of the socket table, a power of two up to 65536
     */
    static int udp(PortWindow window, int slots, PortSet reserved, PortRandom random, Check check) {
        final int word = random.word();
        final int start = (int) (Integer.toUnsignedLong(word) * window.count() >>> 32) + window.low();
        if (window.count() <= slots) {
            return udpOnePerSlot(window, start, slots, reserved, check);
        }
        final int stride = (word | 1) * slots & PortSet.MAX_PORT;
        for (int slot = 0; slot < slots; slot++) {
            final int first = start + slot & PortSet.MAX_PORT;
            int port = first;
            do {
                if (port >= window.low() && port <= window.high() && !reserved.contains(port) && check.free(port)) {
                    return port;
                }
                port = port + stride & PortSet.MAX_PORT;
            } while (port != first);
        }
        return NONE;
    }

    /** A slot holds the ports that are equal modulo slots; in a small window that is one at most, which need not be looked for. */
    private static int udpOnePerSlot(PortWindow window, int start, int slots, PortSet reserved, Check check) {
        for (int slot = 0; slot < slots; slot++) {
            final int port = window.low() + (start + slot - window.low() & slots - 1);
            if (port <= window.high() && !reserved.contains(port) && check.free(port)) {
                return port;
            }
        }
        return NONE;
    }

    /** bind(0) of 2.6.35: upwards from a random port; only ports that nobody owns are free. */
    static int bind2635(PortWindow window, PortSet reserved, PortRandom random, Check check) {
        final int start = random.below(window.count());
        return upwards(window, start, reserved, check);
    }

    private static int upwards(PortWindow window, int start, PortSet reserved, Check check) {
        int port = window.low() + start;
        for (int tried = 0; tried < window.count(); tried++, port++) {
            if (port > window.high()) {
                port = window.low();
            }
            if (!reserved.contains(port) && check.free(port)) {
                return port;
            }
        }
        return NONE;
    }

    /**
     * connect of 2.6.35: upwards from the place behind that of the last connect, whatever its destination.
     *
     * @param base hint and destination's offset, u32
     * @return the port, and in the upper 32 bits how many were tried; {@link #NO_PORT} if there is none
     */
    static long connect2635(PortWindow window, int base, PortSet reserved, Check check) {
        final int count = window.count();
        for (int tried = 1; tried <= count; tried++) {
            final int port = window.low() + Integer.remainderUnsigned(base + tried, count);
            if (!reserved.contains(port) && check.free(port)) {
                return (long) tried << 32 | port;
            }
        }
        return NO_PORT;
    }
}
