package io.rxsim.core.port;

import io.rxsim.core.kernel.Errno;
import java.util.Arrays;

/**
 * Sockets as rows of columns, and per port the list of those that own it: the kernel's bind hash table ({@code inet_bind_bucket},
 * {@code udp_table}). Rows are reused; columns double up to a bound. One thread.
 */
final class SocketTable {
    static final int NONE = -1;

    private static final int FIRST_ROWS = 1024;

    /** First owner of each port. */
    final int[] firstOwner = new int[PortSet.PORTS];

    /** Next owner of the same port, or the next free row. */
    int[] next;

    int[] previous;
    /** Port owned, or {@link #NONE}. */
    int[] port;

    /** Number of the local address. */
    int[] local;

    SocketOptions[] options;

    private final int limit;
    private int rows;
    private int freeRow = NONE;
    private int open;

    /** An empty table for at most {@code limit} sockets. */
    SocketTable(int limit) {
        this.limit = limit;
        int size = Math.min(FIRST_ROWS, limit);
        next = new int[size];
        previous = new int[size];
        port = new int[size];
        local = new int[size];
        options = new SocketOptions[size];
        Arrays.fill(firstOwner, NONE);
    }

    /** A new socket without a port, or -EMFILE at the bound. */
    int open(SocketOptions withOptions) {
        int socket = freeRow;
        if (socket != NONE) {
            freeRow = next[socket];
        } else if (rows == limit) {
            return Errno.EMFILE.result();
        } else {
            socket = rows++;
            if (socket == next.length) {
                grow(Math.min(limit, 2 * socket));
            }
        }
        open++;
        next[socket] = NONE;
        previous[socket] = NONE;
        port[socket] = NONE;
        local[socket] = Destinations.ANY;
        options[socket] = withOptions;
        return socket;
    }

    private void grow(int size) {
        next = Arrays.copyOf(next, size);
        previous = Arrays.copyOf(previous, size);
        port = Arrays.copyOf(port, size);
        local = Arrays.copyOf(local, size);
        options = Arrays.copyOf(options, size);
    }

    /** Rows there are room for now. */
    int capacity() {
        return next.length;
    }

    /** Sockets open. */
    int count() {
        return open;
    }

    /** A socket gives up its port, if it has one, and its row. */
    void release(int socket) {
        if (port[socket] != NONE) {
            disown(socket);
        }
        options[socket] = null;
        next[socket] = freeRow;
        freeRow = socket;
        open--;
    }

    /** A socket becomes an owner of a port. */
    void own(int socket, int newPort) {
        final int first = firstOwner[newPort];
        port[socket] = newPort;
        next[socket] = first;
        previous[socket] = NONE;
        if (first != NONE) {
            previous[first] = socket;
        }
        firstOwner[newPort] = socket;
    }

    private void disown(int socket) {
        final int after = next[socket];
        final int before = previous[socket];
        if (before == NONE) {
            firstOwner[port[socket]] = after;
        } else {
            next[before] = after;
        }
        if (after != NONE) {
            previous[after] = before;
        }
        port[socket] = NONE;
    }

    /** Whether two local addresses overlap: they are the same, or one is the wildcard. */
    static boolean overlap(int one, int other) {
        return one == other || one == Destinations.ANY || other == Destinations.ANY;
    }
}
