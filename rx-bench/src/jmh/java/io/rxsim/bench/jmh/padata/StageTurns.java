package io.rxsim.bench.jmh.padata;

import com.sun.management.ThreadMXBean;
import io.rxsim.bench.micro.Sample;
import java.lang.management.ManagementFactory;
import org.HdrHistogram.Histogram;

/** The turns of one stage. One thread. */
final class StageTurns {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final String stage;
    private final JobWork work;
    private final Histogram batchNs = new Histogram(3);
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
        try (OrderedStage running = Stages.of(stage, work)) {
            for (long begin = System.nanoTime(); System.nanoTime() - begin < leadNs; ) {
                running.batch(Sample.OPERATIONS);
            }
            long before = allocated();
            long ofLooking = allocated() - before;
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
                bytes += Math.max(0, allocated() - before - 2 * ofLooking);
            }
        }
    }

    /** Bytes allocated so far by the threads that run. */
    private static long allocated() {
        long sum = 0;
        for (long of : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            sum += Math.max(0, of);
        }
        return sum;
    }

    Sample sample() {
        return new Sample(batchNs, (double) bytes / (batchNs.getTotalCount() * Sample.OPERATIONS));
    }
}
