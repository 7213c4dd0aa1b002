package io.rxsim.core.padata;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Jobs of a stress run, used again and again: some take long, some stall, some are finished later by a foreign thread, in any
 * order. What must hold is counted here, apart from padata's own counts.
 */
final class StressJobs {
    private static final int POOL = 4096;
    private static final int FOREIGN = 64;

    private final PadataDomain domain;
    private final boolean foreignMayFinish;
    private final Job[] pool = new Job[POOL];
    private final Job[] parked = new Job[FOREIGN];
    /** Per CPU, the stamp of the youngest job serialised there. */
    private final long[] newestStamp;

    final AtomicLong overtaken = new AtomicLong();
    final AtomicLong wrongCpu = new AtomicLong();
    final AtomicLong notOnce = new AtomicLong();
    final AtomicLong serialised = new AtomicLong();
    private volatile boolean draining;

    StressJobs(PadataDomain domain, int cpus, boolean foreignMayFinish) {
        this.domain = domain;
        this.foreignMayFinish = foreignMayFinish;
        newestStamp = new long[cpus];
        for (int i = 0; i < POOL; i++) {
            pool[i] = new Job();
        }
    }

    /** A job of the pool, used again. */
    final class Job extends PadataJob {
        private final AtomicInteger inFlight = new AtomicInteger();
        private long stamp;
        private int spins;
        private boolean stalls;
        private boolean later;
        long sink;

        @Override
        public void parallel(int cpu) {
            long x = stamp;
            for (int i = 0; i < spins; i++) {
                x = x * 6364136223846793005L + 1442695040888963407L;
            }
            sink = x;
            if (stalls) {
                LockSupport.parkNanos(20_000);
            }
            if (!later || !park(this)) {
                domain.doSerial(this, cpu);
            }
        }

        @Override
        public void serial(int cpu) {
            if (cpu != callbackCpu()) {
                wrongCpu.incrementAndGet();
            }
            int at = callbackCpu();
            if (stamp < newestStamp[at]) {
                overtaken.incrementAndGet();
            } else {
                newestStamp[at] = stamp;
            }
            serialised.incrementAndGet();
            if (inFlight.decrementAndGet() != 0) {
                notOnce.incrementAndGet();
            }
        }
    }

    /** Submits a job until it is accepted; the submitter's thread. */
    @SuppressWarnings("ThreadPriorityCheck") // The threads of the CPUs may need this one's processor.
    void submit(long stamp, long random, int cbCpu) {
        Job job = pool[(int) (stamp % POOL)];
        while (job.inFlight.get() != 0) {
            finishSome((int) random);
            Thread.yield();
        }
        job.inFlight.incrementAndGet();
        job.stamp = stamp;
        job.spins = (int) (random >>> 8 & 63) << ((random >>> 16 & 31) == 0 ? 6 : 0);
        job.stalls = (random >>> 24 & 0x1fff) == 0;
        job.later = foreignMayFinish && (random >>> 40 & 7) == 0;
        while (!domain.isAccepted(domain.doParallel(job, cbCpu))) {
            Thread.yield();
        }
        if ((random >>> 50 & 15) == 0) {
            finishSome((int) random);
        }
    }

    /** Keeps a job for later; false if there is no room. */
    private synchronized boolean park(Job job) {
        if (draining) {
            return false;
        }
        for (int i = 0; i < FOREIGN; i++) {
            if (parked[i] == null) {
                parked[i] = job;
                return true;
            }
        }
        return false;
    }

    /** Finishes the jobs kept, from some place on. A foreign thread. */
    void finishSome(int from) {
        for (int i = 0; i < FOREIGN; i++) {
            Job job;
            synchronized (this) {
                int at = (from + i) & (FOREIGN - 1);
                job = parked[at];
                parked[at] = null;
            }
            if (job != null) {
                domain.doSerial(job, PadataWork.ANY_CPU);
            }
        }
    }

    /** Waits until all jobs are back; false if that takes too long. */
    boolean drain(long seconds) {
        draining = true;
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (domain.inFlight() > 0 && System.nanoTime() < end) {
            finishSome(0);
            LockSupport.parkNanos(20_000);
        }
        return domain.inFlight() == 0;
    }
}
