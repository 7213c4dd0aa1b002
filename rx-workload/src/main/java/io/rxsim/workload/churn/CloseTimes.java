package io.rxsim.workload.churn;

import java.util.Arrays;

/** Open connections by the time at which they close: a binary heap in two columns. One thread. */
final class CloseTimes {
    /** {@link #nextNs} of no connection. */
    static final long NEVER = Long.MAX_VALUE;

    private long[] timeNs = new long[1024];
    private int[] socket = new int[1024];
    private int size;

    /** When the next one closes. */
    long nextNs() {
        return size == 0 ? NEVER : timeNs[0];
    }

    void add(int newSocket, long atNs) {
        if (size == timeNs.length) {
            timeNs = Arrays.copyOf(timeNs, 2 * size);
            socket = Arrays.copyOf(socket, 2 * size);
        }
        int at = size++;
        while (at > 0 && timeNs[(at - 1) / 2] > atNs) {
            final int parent = (at - 1) / 2;
            timeNs[at] = timeNs[parent];
            socket[at] = socket[parent];
            at = parent;
        }
        timeNs[at] = atNs;
        socket[at] = newSocket;
    }

    /** Removes the one that closes next. */
    int take() {
        final int first = socket[0];
        final long lastNs = timeNs[--size];
        final int last = socket[size];
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            child += child + 1 < size && timeNs[child + 1] < timeNs[child] ? 1 : 0;
            if (timeNs[child] >= lastNs) {
                break;
            }
            timeNs[at] = timeNs[child];
            socket[at] = socket[child];
            at = child;
        }
        timeNs[at] = lastNs;
        socket[at] = last;
        return first;
    }

    /** Bytes of the columns. */
    long bytes() {
        return 12L * timeNs.length;
    }
}
