package io.rxsim.core.port;

import io.rxsim.core.kernel.Errno;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sockets as rows of one array, so that a call touches one or two cache lines of each, and per port the list of those that own it: the
 * kernel's bind hash table ({@code inet_bind_bucket}, {@code udp_table}). Rows are reused; the array doubles up to a bound. One thread.
 */
final class SocketTable {
    static final int NONE = -1;

    /** Next owner of the same port, or the next free row. */
    static final int NEXT = 0;

    static final int PREVIOUS = 1;
    /** Port owned, or {@link #NONE}. */
    static final int PORT = 2;
    /** Number of the local address. */
    static final int LOCAL = 3;
    /** Number of the destination connected to, or {@link #NONE}. */
    static final int DESTINATION = 4;
    /** Of {@link TcpState}. */
    static final int STATE = 5;
    /** Place in the queue of TIME_WAIT. */
    static final int WAITING = 6;

    /** Number of the options, and {@link #BINDER_BIT}. */
    private static final int OPTIONS = 7;

    private static final int BINDER_BIT = 1 << 31;
    private static final int ROW_BITS = 3;
    private static final int FIRST_ROWS = 1024;

    /** First owner of each port. */
    final int[] firstOwner = new int[PortSet.PORTS];

    private final List<SocketOptions> knownOptions = new ArrayList<>();
    private final int limit;
    private int[] cells;
    private int rows;
    private int freeRow = NONE;
    private int open;

    /** An empty table for at most {@code limit} sockets. */
    SocketTable(int limit) {
        this.limit = limit;
        cells = new int[Math.min(FIRST_ROWS, limit) << ROW_BITS];
        Arrays.fill(firstOwner, NONE);
    }

    /** A field of a row. */
    int get(int socket, int field) {
        return cells[(socket << ROW_BITS) + field];
    }

    /** Sets a field of a row. */
    void set(int socket, int field, int value) {
        cells[(socket << ROW_BITS) + field] = value;
    }

    /** A new socket without a port, or -EMFILE at the bound. */
    int open(SocketOptions options) {
        int socket = freeRow;
        if (socket != NONE) {
            freeRow = get(socket, NEXT);
        } else if (rows == limit) {
            return Errno.EMFILE.result();
        } else {
            socket = rows++;
            if (socket << ROW_BITS == cells.length) {
                cells = Arrays.copyOf(cells, Math.min(limit, 2 * socket) << ROW_BITS);
            }
        }
        open++;
        set(socket, NEXT, NONE);
        set(socket, PREVIOUS, NONE);
        set(socket, PORT, NONE);
        set(socket, LOCAL, Destinations.ANY);
        set(socket, DESTINATION, NONE);
        set(socket, STATE, TcpState.CLOSED);
        set(socket, OPTIONS, number(options));
        return socket;
    }

    /** Options as a number; few different ones are ever in use. */
    private int number(SocketOptions options) {
        int number = knownOptions.indexOf(options);
        if (number < 0) {
            number = knownOptions.size();
            knownOptions.add(options);
        }
        return number;
    }

    /** The options of a socket. */
    SocketOptions options(int socket) {
        return knownOptions.get(get(socket, OPTIONS) & ~BINDER_BIT);
    }

    /** A socket called bind(). */
    void markBinder(int socket) {
        set(socket, OPTIONS, get(socket, OPTIONS) | BINDER_BIT);
    }

    /** Whether a socket called bind(). */
    boolean isBinder(int socket) {
        return get(socket, OPTIONS) < 0;
    }

    /** The port of a socket, or {@link #NONE}. */
    int port(int socket) {
        return get(socket, PORT);
    }

    /** Bytes of the rows there is room for now. */
    long bytes() {
        return (long) Integer.BYTES * (cells.length + firstOwner.length);
    }

    /** Sockets open. */
    int count() {
        return open;
    }

    /** A socket gives up its port, if it has one, and its row. */
    void release(int socket) {
        if (port(socket) != NONE) {
            disown(socket);
        }
        set(socket, NEXT, freeRow);
        freeRow = socket;
        open--;
    }

    /** A socket becomes an owner of a port. */
    void own(int socket, int newPort) {
        final int first = firstOwner[newPort];
        set(socket, PORT, newPort);
        set(socket, NEXT, first);
        set(socket, PREVIOUS, NONE);
        if (first != NONE) {
            set(first, PREVIOUS, socket);
        }
        firstOwner[newPort] = socket;
    }

    private void disown(int socket) {
        final int after = get(socket, NEXT);
        final int before = get(socket, PREVIOUS);
        if (before == NONE) {
            firstOwner[port(socket)] = after;
        } else {
            set(before, NEXT, after);
        }
        if (after != NONE) {
            set(after, PREVIOUS, before);
        }
        set(socket, PORT, NONE);
    }

    /** Whether two local addresses overlap: they are the same, or one is the wildcard. */
    static boolean overlap(int one, int other) {
        return one == other || one == Destinations.ANY || other == Destinations.ANY;
    }
}
