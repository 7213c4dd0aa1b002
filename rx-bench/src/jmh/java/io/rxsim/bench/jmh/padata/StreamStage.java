package io.rxsim.bench.jmh.padata;

import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/** A parallel stream with forEachOrdered, in a pool of its own. */
final class StreamStage implements OrderedStage {
    private final ForkJoinPool pool = new ForkJoinPool(WORKERS);
    private final JobWork work;
    private long taken;
    private long sum;

    StreamStage(JobWork work) {
        this.work = work;
    }

    @Override
    public void batch(int jobs) {
        pool.submit(() -> IntStream.range(0, jobs)
                        .parallel()
                        .mapToLong(work::run)
                        .forEachOrdered(result -> {
                            sum += result;
                            taken++;
                        }))
                .join();
    }

    @Override
    public long taken() {
        return taken;
    }

    @Override
    public void close() {
        pool.shutdown();
        if (sum == Long.MIN_VALUE) {
            throw new IllegalStateException();
        }
    }
}
