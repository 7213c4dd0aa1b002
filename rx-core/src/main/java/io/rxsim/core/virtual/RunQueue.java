package io.rxsim.core.virtual;

import java.util.Arrays;

/**
 * The runnable threads of one CPU, least virtual run time first, equals in order of joining: a binary heap that grows. One
 * thread.
 */
final class RunQueue {
    /** {@link #removeLast}: no thread. */
    static final int NONE = -1;

    private int[] thread = new int[16];
    private long[] vruntimeNs = new long[16];
    private long[] sequence = new long[16];
    private int size;
    private long joined;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** Virtual run time of the first; the queue must not be empty. */
    long firstVruntimeNs() {
        return vruntimeNs[0];
    }

    void add(int newThread, long vruntime) {
        if (size == thread.length) {
            thread = Arrays.copyOf(thread, size * 2);
            vruntimeNs = Arrays.copyOf(vruntimeNs, size * 2);
            sequence = Arrays.copyOf(sequence, size * 2);
        }
        siftUp(newThread, vruntime, joined++);
    }

    /** Takes the first. */
    int remove() {
        final int first = thread[0];
        size--;
        if (size > 0) {
            siftDown(thread[size], vruntimeNs[size], sequence[size]);
        }
        return first;
    }

    /** Takes a thread that would run among the last and may run elsewhere ({@link Threads#mayMove}), or {@link #NONE}. */
    int removeLast(boolean free) {
        int place = size - 1;
        while (place >= 0 && !Threads.mayMove(thread[place], free)) {
            place--;
        }
        if (place < 0) {
            return NONE;
        }
        final int taken = thread[place];
        final int end = size;
        size = place;
        for (int kept = place + 1; kept < end; kept++) {
            siftUp(thread[kept], vruntimeNs[kept], sequence[kept]);
        }
        return taken;
    }

    private void siftUp(int movedThread, long vruntime, long itsSequence) {
        int hole = size++;
        while (hole > 0 && before(vruntime, itsSequence, (hole - 1) / 2)) {
            copy((hole - 1) / 2, hole);
            hole = (hole - 1) / 2;
        }
        put(hole, movedThread, vruntime, itsSequence);
    }

    private void siftDown(int movedThread, long vruntime, long itsSequence) {
        int hole = 0;
        while (true) {
            int child = 2 * hole + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && before(vruntimeNs[child + 1], sequence[child + 1], child)) {
                child++;
            }
            if (before(vruntime, itsSequence, child)) {
                break;
            }
            copy(child, hole);
            hole = child;
        }
        put(hole, movedThread, vruntime, itsSequence);
    }

    private boolean before(long vruntime, long itsSequence, int other) {
        return vruntime < vruntimeNs[other] || (vruntime == vruntimeNs[other] && itsSequence < sequence[other]);
    }

    private void copy(int from, int to) {
        put(to, thread[from], vruntimeNs[from], sequence[from]);
    }

    private void put(int at, int newThread, long vruntime, long itsSequence) {
        thread[at] = newThread;
        vruntimeNs[at] = vruntime;
        sequence[at] = itsSequence;
    }
}
