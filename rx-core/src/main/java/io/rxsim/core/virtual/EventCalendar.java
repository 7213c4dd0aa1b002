package io.rxsim.core.virtual;

import java.util.Arrays;

/**
 * Pending events, ordered by (time, sequence of scheduling): a 4-ary heap over parallel arrays, no object per event.
 *
 * <p>The sequence is 64 bits wide and unique, so the order is total and a run repeats exactly. Taking an event leaves a hole
 * at the top, which the next scheduled event fills: most events schedule one successor, and the two heap operations become
 * one. One thread.
 */
public final class EventCalendar {
    /** {@link #nextNs()} of an empty calendar. */
    public static final long NONE = Long.MAX_VALUE;

    private static final int ARITY_SHIFT = 2;

    private long[] timeNs = new long[64];
    private long[] sequence = new long[64];
    private long[] payload = new long[64];
    private int size;
    /** Whether the place at the top is free: its event was taken and nothing was scheduled since. */
    private boolean hole;

    private long nextSequence;
    private long nowNs;

    /** Time of the event taken last. */
    public long nowNs() {
        return nowNs;
    }

    /** Whether no event is pending. */
    public boolean isEmpty() {
        return size() == 0;
    }

    /** Pending events. */
    public int size() {
        return hole ? size - 1 : size;
    }

    /** Time of the earliest event, or {@link #NONE}. */
    public long nextNs() {
        if (hole) {
            closeHole();
        }
        return size == 0 ? NONE : timeNs[0];
    }

    /** Moves the clock without an event, as an arrival from outside does. */
    public void advanceTo(long ns) {
        if (ns < nowNs) {
            throw new IllegalStateException("time=" + ns + "ns is before now=" + nowNs + "ns");
        }
        nowNs = ns;
    }

    /** Schedules an event; the past is refused. */
    public void schedule(long atNs, long event) {
        if (atNs < nowNs) {
            throw new IllegalStateException("event at " + atNs + "ns is before now=" + nowNs + "ns");
        }
        if (hole) {
            hole = false;
            siftDown(atNs, nextSequence++, event);
            return;
        }
        if (size == timeNs.length) {
            timeNs = Arrays.copyOf(timeNs, size * 2);
            sequence = Arrays.copyOf(sequence, size * 2);
            payload = Arrays.copyOf(payload, size * 2);
        }
        siftUp(size++, atNs, nextSequence++, event);
    }

    /** Takes the earliest event and moves the clock to it; the calendar must not be empty. */
    public long take() {
        if (hole) {
            closeHole();
        }
        nowNs = timeNs[0];
        hole = true;
        return payload[0];
    }

    private void closeHole() {
        hole = false;
        final int last = --size;
        if (last > 0) {
            siftDown(timeNs[last], sequence[last], payload[last]);
        }
    }

    private void siftUp(int from, long time, long seq, long event) {
        int hole = from;
        while (hole > 0) {
            int parent = (hole - 1) >> ARITY_SHIFT;
            // The new event has the largest sequence: at equal times it stays below.
            if (time >= timeNs[parent]) {
                break;
            }
            move(parent, hole);
            hole = parent;
        }
        put(hole, time, seq, event);
    }

    private void siftDown(long time, long seq, long event) {
        int hole = 0;
        while (true) {
            int child = (hole << ARITY_SHIFT) + 1;
            if (child >= size) {
                break;
            }
            int end = Math.min(child + (1 << ARITY_SHIFT), size);
            int best = child;
            for (int i = child + 1; i < end; i++) {
                if (before(timeNs[i], sequence[i], best)) {
                    best = i;
                }
            }
            if (before(time, seq, best)) {
                break;
            }
            move(best, hole);
            hole = best;
        }
        put(hole, time, seq, event);
    }

    private boolean before(long time, long seq, int other) {
        return time < timeNs[other] || (time == timeNs[other] && seq < sequence[other]);
    }

    private void move(int from, int to) {
        timeNs[to] = timeNs[from];
        sequence[to] = sequence[from];
        payload[to] = payload[from];
    }

    private void put(int at, long time, long seq, long event) {
        timeNs[at] = time;
        sequence[at] = seq;
        payload[at] = event;
    }
}
