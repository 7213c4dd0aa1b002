package io.rxsim.core.port;

/**
 * The connections in TIME_WAIT: a ring in the order in which they end, which is that in which they began. One that is taken over
 * leaves a gap. One thread.
 */
final class TimeWaits {
    private static final int NONE = SocketTable.NONE;
    private static final int FIRST_SIZE = 1024;

    private final SocketTable sockets;
    /** Powers of two long; a place is a number of the ring's sequence, modulo its size. */
    private int[] waiting = new int[FIRST_SIZE];

    private long[] endNs = new long[FIRST_SIZE];
    private int head;
    private int tail;
    private int size;

    TimeWaits(SocketTable sockets) {
        this.sockets = sockets;
    }

    /** A socket begins to wait until a time that is not before any other's. */
    void add(int socket, long untilNs) {
        if (tail - head == waiting.length) {
            grow();
        }
        final int at = tail & waiting.length - 1;
        waiting[at] = socket;
        endNs[at] = untilNs;
        sockets.set(socket, SocketTable.WAITING, tail++);
        size++;
    }

    private void grow() {
        final int[] oldWaiting = waiting;
        final long[] oldEnd = endNs;
        waiting = new int[2 * oldWaiting.length];
        endNs = new long[2 * oldWaiting.length];
        for (int place = head; place != tail; place++) {
            waiting[place & waiting.length - 1] = oldWaiting[place & oldWaiting.length - 1];
            endNs[place & waiting.length - 1] = oldEnd[place & oldWaiting.length - 1];
        }
    }

    /** A socket waits no more. */
    void remove(int socket) {
        waiting[sockets.get(socket, SocketTable.WAITING) & waiting.length - 1] = NONE;
        size--;
    }

    /** The socket whose time is over at {@code nowNs}, the earliest first, or {@link SocketTable#NONE}. */
    int due(long nowNs) {
        while (head != tail) {
            final int at = head & waiting.length - 1;
            if (waiting[at] != NONE) {
                return endNs[at] <= nowNs ? waiting[at] : NONE;
            }
            head++;
        }
        return NONE;
    }

    /** When a waiting socket's time is over. */
    long endNs(int socket) {
        return endNs[sockets.get(socket, SocketTable.WAITING) & endNs.length - 1];
    }

    int size() {
        return size;
    }

    /** Bytes of the ring. */
    long bytes() {
        return 12L * waiting.length;
    }
}
