package io.rxsim.core.live;

import io.rxsim.core.run.LatencyStage;
import org.HdrHistogram.Histogram;

/**
 * Histograms that one thread records and another reads while it goes on: two sets, exchanged at the recording thread's next
 * look. Recording is a comparison or a plain increment, nothing per packet is shared.
 *
 * <p>Three digits, up to {@link #MAX_NS}; longer times count as that. The reader asks ({@link #request}), the recorder hands
 * over between two polls ({@link #onLook}), the reader takes the set and empties it ({@link #collect}). One reader at a time.
 */
final class StageTimes {
    /** Longest time told apart, one minute. */
    static final long MAX_NS = 60_000_000_000L;

    private static final int DIGITS = 3;
    private static final long RECORDING = 0;
    private static final long REQUESTED = 1;
    private static final long HANDED = 2;

    private final LatencyStage[] stages;
    private final PaddedLong exchange = new PaddedLong(RECORDING);
    private Histogram[] active;
    private Histogram[] other;
    /** Recorder: the last time of each stage, and how often it came in a row; packets of a group share most of theirs. */
    private final long[] lastNs;

    private final long[] inARow;

    /** Histograms of some stages, then one of the total. */
    StageTimes(LatencyStage... stages) {
        this.stages = stages.clone();
        active = newSet();
        other = newSet();
        lastNs = new long[active.length];
        inARow = new long[active.length];
    }

    private Histogram[] newSet() {
        Histogram[] set = new Histogram[stages.length + 1];
        for (int i = 0; i < set.length; i++) {
            set[i] = newHistogram();
        }
        return set;
    }

    static Histogram newHistogram() {
        return new Histogram(1, MAX_NS, DIGITS);
    }

    /** Recorder: a time of the stage given as number {@code index}; the total comes after the last. */
    void record(int index, long nanos) {
        if (nanos == lastNs[index]) {
            inARow[index]++;
        } else {
            put(index);
            lastNs[index] = nanos;
            inARow[index] = 1;
        }
    }

    private void put(int index) {
        if (inARow[index] > 0) {
            long nanos = Math.max(0, Math.min(lastNs[index], MAX_NS));
            active[index].recordValueWithCount(nanos, inARow[index]);
            inARow[index] = 0;
        }
    }

    private void putAll() {
        for (int i = 0; i < inARow.length; i++) {
            put(i);
        }
    }

    /** Recorder, between two polls: hands the set over if it is asked for. */
    void onLook() {
        if (exchange.opaque() == REQUESTED) {
            exchange();
        }
    }

    private void exchange() {
        putAll();
        Histogram[] handed = active;
        active = other;
        other = handed;
        // Pairs with the acquire in collect(): the reader sees all that was recorded.
        exchange.release(HANDED);
    }

    /** Whether the recorder is to look. */
    boolean isRequested() {
        return exchange.full() == REQUESTED;
    }

    /** Reader: asks for what was recorded since the last time; the recorder must be woken. */
    void request() {
        exchange.compareAndSet(RECORDING, REQUESTED);
    }

    /** Reader: whether the set is there. */
    boolean isHanded() {
        return exchange.acquire() == HANDED;
    }

    /** Reader: adds what was handed over, if it was, to an interval. */
    void collect(StageSums sums) {
        if (isHanded()) {
            add(other, sums);
            // Pairs with onLook: the recorder sees the set emptied.
            exchange.full(RECORDING);
        }
    }

    /** When the recorder has ended: adds all that is left. */
    void collectRest(StageSums sums) {
        if (exchange.acquire() == HANDED) {
            add(other, sums);
        }
        putAll();
        add(active, sums);
        exchange.full(RECORDING);
    }

    private void add(Histogram[] set, StageSums sums) {
        for (int i = 0; i < set.length; i++) {
            sums.add(i < stages.length ? stages[i] : null, set[i]);
            set[i].reset();
        }
    }
}
