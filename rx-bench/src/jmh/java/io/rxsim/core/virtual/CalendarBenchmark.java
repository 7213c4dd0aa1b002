package io.rxsim.core.virtual;

import io.rxsim.bench.jmh.Batch;
import io.rxsim.bench.jmh.Look;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The event calendar under the hold model (Vaucher and Duval 1975): take the earliest event, schedule one at a random distance
 * later, with a constant number pending. {@code java.util.PriorityQueue} of an object per event, ordered alike, is beside it.
 *
 * <p>In this package because the calendar is package-private. Distances are uniform over 2 microseconds. Expected: no
 * allocation by the calendar.
 */
@Look({"pending=16", "pending=4096"})
@State(Scope.Thread)
public class CalendarBenchmark {
    private static final int DISTANCES = 1 << 14;
    private static final int LONGEST_NS = 2000;

    /** Pending events. */
    @Param({"16", "64", "4096"})
    public int pending;

    private final int[] distancesNs = new int[DISTANCES];
    private final EventCalendar calendar = new EventCalendar();
    private final PriorityQueue<Timed> queue =
            new PriorityQueue<>(Comparator.comparingLong(Timed::timeNs).thenComparingLong(Timed::sequence));
    private int next;
    private long sequence;

    /** An event as an object. */
    private record Timed(long timeNs, long sequence, long event) {}

    /** Schedules the pending events. */
    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < DISTANCES; i++) {
            distancesNs[i] = random.nextInt(LONGEST_NS);
        }
        for (int i = 0; i < pending; i++) {
            int timeNs = random.nextInt(LONGEST_NS);
            calendar.schedule(timeNs, i);
            queue.add(new Timed(timeNs, sequence++, i));
        }
    }

    private int distanceNs() {
        return distancesNs[next++ & DISTANCES - 1];
    }

    /** The calendar. */
    @Benchmark
    public long hold() {
        long sum = 0;
        for (int i = 0; i < Batch.SIZE; i++) {
            long event = calendar.take();
            calendar.schedule(calendar.nowNs() + distanceNs(), event);
            sum += event;
        }
        return sum;
    }

    /** The priority queue. */
    @Benchmark
    public long holdPriorityQueue() {
        long sum = 0;
        for (int i = 0; i < Batch.SIZE; i++) {
            Timed first = queue.remove();
            queue.add(new Timed(first.timeNs() + distanceNs(), sequence++, first.event()));
            sum += first.event();
        }
        return sum;
    }
}
