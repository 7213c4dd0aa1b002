package io.rxsim.bench.jmh.padata;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** An ExecutorService; its futures are consumed in the order of submission. */
final class FuturesStage implements OrderedStage {
    private static final int WINDOW = 512;

    private final ExecutorService pool = Executors.newFixedThreadPool(WORKERS);
    private final Deque<Future<Long>> futures = new ArrayDeque<>();
    private final JobWork work;
    private int submitted;
    private long taken;
    private long sum;

    FuturesStage(JobWork work) {
        this.work = work;
    }

    @Override
    public void batch(int jobs) {
        for (int i = 0; i < jobs; i++) {
            if (futures.size() == WINDOW) {
                take();
            }
            int job = submitted++;
            futures.add(pool.submit(() -> work.run(job)));
        }
    }

    private void take() {
        try {
            sum += futures.remove().get();
            taken++;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long taken() {
        return taken;
    }

    @Override
    public void close() {
        while (!futures.isEmpty()) {
            take();
        }
        pool.shutdown();
        if (sum == Long.MIN_VALUE) {
            throw new IllegalStateException();
        }
    }
}
