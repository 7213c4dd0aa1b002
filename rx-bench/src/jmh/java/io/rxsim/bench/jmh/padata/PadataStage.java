package io.rxsim.bench.jmh.padata;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.padata.Padata2634;
import io.rxsim.core.padata.Padata618;
import io.rxsim.core.padata.PadataDomain;
import io.rxsim.core.padata.PadataJob;
import io.rxsim.core.padata.PadataWorks;
import io.rxsim.core.padata.live.PadataThreads;

/** Padata on two CPUs; serial parts on CPU 0. */
final class PadataStage implements OrderedStage {
    /** Possible CPUs, of which the first two are online; in 6.18 also the number of work items. */
    private static final int POSSIBLE = 8;

    private static final int WINDOW = 512;
    /** Jobs handed over at once, as many as NAPI polls at most. */
    private static final int POLL = 64;

    private final PadataThreads threads;
    private final PadataDomain domain;
    private final JobWork work;
    private final Job[] pool = new Job[WINDOW];
    private int submitted;
    /** Jobs serialised and their results; CPU 0's. */
    private long serialised;

    private long sum;

    /** A job, used again. */
    private final class Job extends PadataJob {
        private int number;
        private long result;
        /** For jobs without order, whose submitter stands for CPU 0. */
        private boolean inFlight;

        @Override
        public void parallel(int cpu) {
            result = work.run(number);
            domain.doSerial(this, cpu);
        }

        @Override
        public void serial(int cpu) {
            sum += result;
            serialised++;
            inFlight = false;
        }
    }

    /** Of a kernel, as {@link Stages} makes it ready: the submitter stands for CPU 0, or is a third thread. */
    PadataStage(KernelRules rules, boolean apart, JobWork work) {
        CpuMask online = CpuMask.of(0, POSSIBLE).or(CpuMask.of(1, POSSIBLE));
        this.work = work;
        threads = apart ? new PadataThreads(WORKERS) : PadataThreads.withCaller(WORKERS);
        if (rules.has(Rule.PADATA_SHELLS)) {
            domain = Padata618.alloc("bench", rules, online, new PadataWorks(POSSIBLE), threads)
                    .allocShell();
        } else {
            Padata2634 padata = Padata2634.alloc(rules, online, online, threads);
            padata.start();
            domain = padata;
        }
        for (int i = 0; i < WINDOW; i++) {
            pool[i] = new Job();
        }
    }

    @Override
    public void batch(int jobs) {
        for (int left = jobs; left > 0; ) {
            int at = submitted & (WINDOW - 1);
            int count = Math.min(left, Math.min(POLL, WINDOW - at));
            awaitRoom(at, count);
            for (int i = at; i < at + count; i++) {
                pool[i].number = submitted++;
                pool[i].inFlight = true;
            }
            int accepted = domain.doParallel(pool, at, count, 0);
            if (accepted < count) {
                throw new IllegalStateException("accepted " + accepted + " of " + count);
            }
            left -= count;
        }
    }

    /** Waits until half the window is free if these jobs are not, so that a wait is worth its wake-up. */
    private void awaitRoom(int at, int count) {
        if (domain.inFlight() + count > WINDOW) {
            await(WINDOW / 2);
        }
        if (!domain.isOrdered()) {
            for (int i = at; i < at + count; i++) {
                if (pool[i].inFlight) {
                    // Later ones may be done before it.
                    await(0);
                }
            }
        }
    }

    private void await(int inFlight) {
        threads.awaitInFlight(domain, inFlight);
        if (threads.failure() != null) {
            throw new IllegalStateException(threads.failure());
        }
    }

    @Override
    public long taken() {
        return serialised;
    }

    @Override
    public void close() {
        await(0);
        threads.close();
        if (serialised != submitted || domain.isOrdered() && domain.inversions() > 0) {
            throw new IllegalStateException("submitted=" + submitted + " serialised=" + serialised + " inversions="
                    + domain.inversions() + " sum=" + sum);
        }
    }
}
