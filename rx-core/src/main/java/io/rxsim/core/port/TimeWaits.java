package io.rxsim.core.port;

import java.util.Arrays;

/**
 * The connections in TIME_WAIT, in the order in which they end, which is that in which they began. Links are columns beside those
 * of the sockets. One thread.
 */
final class TimeWaits {
    private static final int NONE = SocketTable.NONE;

    private int[] later = {};
    private int[] earlier = {};
    private long[] endNs = {};
    private int first = NONE;
    private int last = NONE;
    private int size;

    /** Makes room for sockets up to a number. */
    void ensure(int capacity) {
        if (endNs.length < capacity) {
            later = Arrays.copyOf(later, capacity);
            earlier = Arrays.copyOf(earlier, capacity);
            endNs = Arrays.copyOf(endNs, capacity);
        }
    }

    /** A socket begins to wait until a time that is not before any other's. */
    void add(int socket, long untilNs) {
        endNs[socket] = untilNs;
        earlier[socket] = last;
        later[socket] = NONE;
        if (last == NONE) {
            first = socket;
        } else {
            later[last] = socket;
        }
        last = socket;
        size++;
    }

    /** A socket waits no more. */
    void remove(int socket) {
        final int before = earlier[socket];
        final int after = later[socket];
        if (before == NONE) {
            first = after;
        } else {
            later[before] = after;
        }
        if (after == NONE) {
            last = before;
        } else {
            earlier[after] = before;
        }
        size--;
    }

    /** The socket whose time is over at {@code nowNs}, the earliest first, or {@link SocketTable#NONE}. */
    int due(long nowNs) {
        return first != NONE && endNs[first] <= nowNs ? first : NONE;
    }

    /** When a waiting socket's time is over. */
    long endNs(int socket) {
        return endNs[socket];
    }

    int size() {
        return size;
    }
}
