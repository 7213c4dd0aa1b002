package io.rxsim.core.padata;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.padata.live.PadataThreads;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Padata on threads allocates nothing per job, on any of its threads. */
class PadataAllocationTest {
    private static final int CPUS = 2;
    private static final int WINDOW = 512;
    private static final int BATCH = 64;
    private static final int WARM_UP = 50_000;
    private static final int JOBS = 200_000;
    /** The chunk or the queue's node of an unlucky moment; an object per 100 jobs would be 32,000. */
    private static final long FEW_BYTES = 8192;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static long allocated(long[] threads) {
        return Arrays.stream(THREADS.getThreadAllocatedBytes(threads)).sum();
    }

    private static long[] padataThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread ->
                        thread == Thread.currentThread() || thread.getName().startsWith("padata-cpu-"))
                .mapToLong(Thread::getId)
                .toArray();
    }

    private static PadataDomain domain(String version, PadataThreads threads) {
        KernelRules rules = KernelRules.of(version);
        CpuMask all = CpuMask.all(CPUS);
        if (rules.has(Rule.PADATA_SHELLS)) {
            return Padata618.alloc("bytes", rules, all, new PadataWorks(CPUS), threads)
                    .allocShell();
        }
        Padata2634 padata = Padata2634.alloc(rules, all, all, threads);
        padata.start();
        return padata;
    }

    private static void run(PadataDomain domain, PadataThreads threads, PadataJob[] jobs, int count) {
        for (int submitted = 0; submitted < count; submitted += BATCH) {
            if (domain.inFlight() + BATCH > WINDOW) {
                threads.awaitInFlight(domain, WINDOW / 2);
            }
            int at = submitted % WINDOW;
            // In a batch and one by one.
            int accepted = domain.doParallel(jobs, at, BATCH / 2, 0);
            for (int i = at + accepted; i < at + BATCH; i++) {
                domain.doParallel(jobs[i], 0);
            }
        }
        threads.awaitInFlight(domain, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2.6.34", "v2.6.35", "v6.18"})
    void shouldAllocateNothingPerJob(String version) {
        try (PadataThreads threads = PadataThreads.withCaller(CPUS)) {
            PadataDomain domain = domain(version, threads);
            PadataJob[] jobs = new PadataJob[WINDOW];
            Arrays.setAll(jobs, i -> new CountingJob(domain));
            long[] ids = padataThreads();
            run(domain, threads, jobs, WARM_UP);
            long before = allocated(ids);
            long ofLooking = allocated(ids) - before;

            run(domain, threads, jobs, JOBS);

            assertThat(allocated(ids) - before - 2 * ofLooking).isLessThan(FEW_BYTES);
            assertThat(domain.serialised()).isEqualTo(domain.accepted()).isGreaterThan(JOBS);
            assertThat(threads.failure()).isNull();
        }
    }

    /** Finishes at once. */
    private static final class CountingJob extends PadataJob {
        private final PadataDomain domain;

        CountingJob(PadataDomain domain) {
            this.domain = domain;
        }

        @Override
        public void parallel(int cpu) {
            domain.doSerial(this, cpu);
        }

        @Override
        public void serial(int cpu) {
            // Nothing: only what padata does is looked at.
        }
    }
}
