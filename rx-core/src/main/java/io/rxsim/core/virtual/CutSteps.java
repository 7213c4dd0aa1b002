package io.rxsim.core.virtual;

import java.util.Arrays;

/** Threads that were taken off their CPU in the middle of a packet because it went offline, and where they go on. One thread. */
final class CutSteps {
    private int[] threads = new int[4];
    private int[] phases = new int[4];
    private int[] packets = new int[4];
    private long[] leftNs = new long[4];
    private int size;
    /** Place of what was taken last: behind the others. */
    private int taken;

    /** A thread is off its CPU in a phase, with so much of its step left. */
    void add(int thread, int phase, int packet, long left) {
        if (size == threads.length) {
            threads = Arrays.copyOf(threads, size * 2);
            phases = Arrays.copyOf(phases, size * 2);
            packets = Arrays.copyOf(packets, size * 2);
            leftNs = Arrays.copyOf(leftNs, size * 2);
        }
        put(size++, thread, phase, packet, left);
    }

    /** Whether a thread has such a step; if so, it is forgotten, and read next. */
    boolean take(int thread) {
        for (int i = 0; i < size; i++) {
            if (threads[i] == thread) {
                taken = --size;
                final int phase = phases[i];
                final int packet = packets[i];
                final long left = leftNs[i];
                put(i, threads[size], phases[size], packets[size], leftNs[size]);
                put(taken, thread, phase, packet, left);
                return true;
            }
        }
        return false;
    }

    int phase() {
        return phases[taken];
    }

    int packet() {
        return packets[taken];
    }

    /** Nanoseconds of the step that are left, or {@link ThreadContext#BETWEEN_STEPS}. */
    long leftNs() {
        return leftNs[taken];
    }

    private void put(int at, int thread, int phase, int packet, long left) {
        threads[at] = thread;
        phases[at] = phase;
        packets[at] = packet;
        leftNs[at] = left;
    }
}
