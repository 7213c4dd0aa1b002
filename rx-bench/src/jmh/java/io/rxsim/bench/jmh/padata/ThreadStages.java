package io.rxsim.bench.jmh.padata;

import java.util.concurrent.atomic.AtomicLong;

/** The bounds: one thread, and two threads that need nothing of each other. */
final class ThreadStages {
    private ThreadStages() {}

    /** One thread does everything. */
    static final class Serial implements OrderedStage {
        private final JobWork work;
        private long taken;
        private long sum;

        Serial(JobWork work) {
            this.work = work;
        }

        @Override
        public void batch(int jobs) {
            for (int i = 0; i < jobs; i++) {
                sum += work.run((int) taken++);
            }
        }

        @Override
        public long taken() {
            return taken;
        }

        @Override
        public void close() {
            if (sum == Long.MIN_VALUE) {
                throw new IllegalStateException();
            }
        }
    }

    /** Two threads work as fast as they can; no job is handed to anyone and nothing has an order. */
    static final class NoHandOff implements OrderedStage {
        /** All packets there are, as the other stages have it. */
        private static final int CHUNK = 64;

        private final JobWork work;
        private final AtomicLong done = new AtomicLong();
        private final Thread other;
        private volatile boolean stop;
        private long target;

        NoHandOff(JobWork work) {
            this.work = work;
            other = new Thread(() -> {
                while (!stop) {
                    chunk();
                }
            });
            other.setDaemon(true);
            other.start();
        }

        private void chunk() {
            long sum = 0;
            for (int i = 0; i < CHUNK; i++) {
                sum += work.run(i);
            }
            done.getAndAdd(sum == Long.MIN_VALUE ? 0 : CHUNK);
        }

        @Override
        public void batch(int jobs) {
            target = Math.max(target, done.get() - jobs) + jobs;
            while (done.get() < target) {
                chunk();
            }
        }

        @Override
        public long taken() {
            return done.get();
        }

        @Override
        public void close() {
            stop = true;
        }
    }
}
