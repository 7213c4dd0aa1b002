package io.rxsim.bench.jmh.padata;

import com.sun.management.ThreadMXBean;
import io.rxsim.bench.micro.Sample;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/** The turns of one stage. One thread. */
final class StageTurns {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final String stage;
    private final JobWork work;
    /** With room for a minute from the start: to grow, it would allocate while allocation is measured. */
    private final Histogram batchNs = new Histogram(60_000_000_000L, 3);

    private long bytes;

    StageTurns(String stage, JobWork work) {
        this.stage = stage;
        this.work = work;
    }

    /**
     * Starts the stage's threads, runs batches for {@code lead} and then for {@code length} nanoseconds, at least one, and ends
     * them.
     */
    void turn(long leadNs, long lengthNs, boolean timed) {
        long[] others = THREADS.getAllThreadIds();
        try (OrderedStage running = Stages.of(stage, work)) {
            for (long begin = System.nanoTime(); System.nanoTime() - begin < leadNs; ) {
                running.batch(Sample.OPERATIONS);
            }
            long[] own = ownThreads(others);
            long before = allocated(own);
            long ofLooking = allocated(own) - before;
            long begin = System.nanoTime();
            long from = begin;
            while (from == begin || from - begin < lengthNs) {
                running.batch(Sample.OPERATIONS);
                long to = System.nanoTime();
                if (timed) {
                    batchNs.recordValue(to - from);
                }
                from = to;
            }
            if (timed) {
                bytes += Math.max(0, allocated(own) - before - 2 * ofLooking);
            }
        }
    }

    /** This thread and those that the stage has started. */
    private static long[] ownThreads(long[] others) {
        long self = Thread.currentThread().getId();
        return Arrays.stream(THREADS.getAllThreadIds())
                .filter(id -> id == self || Arrays.stream(others).noneMatch(other -> other == id))
                .toArray();
    }

    private static long allocated(long[] threads) {
        long sum = 0;
        for (long of : THREADS.getThreadAllocatedBytes(threads)) {
            sum += of;
        }
        return sum;
    }

    Sample sample() {
        return new Sample(batchNs, (double) bytes / (batchNs.getTotalCount() * Sample.OPERATIONS));
    }
}
