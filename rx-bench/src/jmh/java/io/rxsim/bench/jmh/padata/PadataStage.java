package io.rxsim.bench.jmh.padata;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.padata.Padata2634;
import io.rxsim.core.padata.Padata618;
import io.rxsim.core.padata.PadataCode;
import io.rxsim.core.padata.PadataDomain;
import io.rxsim.core.padata.PadataJob;
import io.rxsim.core.padata.PadataWorks;
import io.rxsim.core.padata.live.PadataThreads;

/** Padata on two CPUs; serial parts on CPU 0. */
final class PadataStage implements OrderedStage {
    private static final int WINDOW = 512;

    private final PadataThreads threads = new PadataThreads(WORKERS);
    private final PadataDomain domain;
    private final JobWork work;
    private final Job[] pool = new Job[WINDOW];
    private long submitted;
    /** CPU 0's count; read by the submitter when it waits. */
    private volatile long serialised;

    private long sum;

    /** A job, used again. */
    private final class Job extends PadataJob {
        private int number;
        /** Cleared by CPU 0; the submitter looks at it before it uses the job again. */
        private volatile boolean inFlight;

        private long result;

        @Override
        public void parallel(int cpu) {
            result = work.run(number);
            domain.doSerial(this, cpu);
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes.
        public void serial(int cpu) {
            sum += result;
            serialised++;
            inFlight = false;
        }
    }

    /** Of a kernel, with or without the reorder step. */
    PadataStage(String version, boolean ordered, JobWork work) {
        KernelRules kernel = KernelRules.of(version);
        KernelRules rules = ordered ? kernel : kernel.without(Rule.PADATA_REORDER);
        CpuMask all = CpuMask.all(WORKERS);
        this.work = work;
        if (rules.has(Rule.PADATA_SHELLS)) {
            domain = Padata618.alloc("bench", rules, all, new PadataWorks(WORKERS), threads)
                    .allocShell();
        } else {
            Padata2634 padata = Padata2634.alloc(rules, all, all, threads);
            padata.start();
            domain = padata;
        }
        for (int i = 0; i < WINDOW; i++) {
            pool[i] = new Job();
        }
    }

    @Override
    public void batch(int jobs) {
        for (int i = 0; i < jobs; i++) {
            Job job = pool[(int) submitted & (WINDOW - 1)];
            if (job.inFlight) {
                awaitRoom(job);
            }
            job.number = (int) submitted;
            job.inFlight = true;
            int code = domain.doParallel(job, 0);
            if (!domain.isAccepted(code)) {
                throw new IllegalStateException("refused with " + PadataCode.text(code));
            }
            submitted++;
        }
    }

    /** Waits for the job, and until half the window is free, so that a wait is worth a switch of threads. */
    @SuppressWarnings("ThreadPriorityCheck") // There are three threads, on a machine that may have two processors.
    private void awaitRoom(Job job) {
        while (job.inFlight || submitted - serialised > WINDOW / 2) {
            requireNoFailure();
            Thread.yield();
        }
    }

    private void requireNoFailure() {
        if (threads.failure() != null) {
            throw new IllegalStateException(threads.failure());
        }
    }

    @Override
    public long taken() {
        return serialised;
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // As above.
    public void close() {
        while (serialised < submitted && threads.failure() == null) {
            Thread.yield();
        }
        threads.close();
        requireNoFailure();
        if (domain.isOrdered() && domain.inversions() > 0) {
            throw new IllegalStateException("inversions=" + domain.inversions() + " sum=" + sum);
        }
    }
}
