package io.rxsim.core.padata;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.padata.live.PadataThreads;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A million jobs on threads, with random durations, stalls, and where the kernel allows it, jobs that foreign threads finish in any
 * order; masks change and CPUs go and come meanwhile.
 */
class PadataStressTest {
    private static final int CPUS = 3;
    private static final long SEED = 20100506;
    private static final long SECONDS = 60;

    /** Submits {@code jobs} jobs to random callback CPUs, and calls {@code change} now and then. */
    private static void run(StressJobs work, int jobs, int every, LongConsumer change) {
        SplittableRandom random = new SplittableRandom(SEED);
        for (long stamp = 0; stamp < jobs; stamp++) {
            long bits = random.nextLong();
            work.submit(stamp, bits, (int) (bits & 0xff) % CPUS);
            if (stamp % every == every - 1) {
                change.accept(stamp / every);
            }
        }
    }

    private static void assertAllBack(StressJobs work, PadataDomain domain, PadataThreads threads, int jobs) {
        assertThat(work.drain(SECONDS)).as("nothing is left, seed=" + SEED).isTrue();
        assertThat(threads.failure()).isNull();
        assertThat(work.serialised.get()).isEqualTo(jobs);
        assertThat(work.notOnce.get()).isZero();
        assertThat(domain.accepted()).isEqualTo(jobs);
        assertThat(domain.serialised()).isEqualTo(jobs);
        assertThat(domain.inversions()).isZero();
        assertThat(domain.blocksDraining()).isZero();
    }

    @Test
    void shouldKeepTheOrderOfAMillionJobsThatForeignThreadsFinish() {
        int jobs = 1_000_000;
        try (PadataThreads threads = new PadataThreads(CPUS)) {
            PadataWorks works = new PadataWorks(CPUS);
            PadataShell shell = Padata618.alloc("stress", KernelRules.V6_18, CpuMask.all(CPUS), works, threads)
                    .allocShell();
            StressJobs work = new StressJobs(shell, CPUS, true);
            run(work, jobs, jobs, change -> {});
            assertAllBack(work, shell, threads, jobs);
            assertThat(work.overtaken.get()).isZero();
            assertThat(work.wrongCpu.get()).isZero();
            assertThat(works.free()).isEqualTo(CPUS);
        }
    }

    @Test
    void shouldLoseNothingWhileMasksChangeAndCpusDieIn618() {
        int jobs = 300_000;
        try (PadataThreads threads = new PadataThreads(CPUS)) {
            Padata618 padata =
                    Padata618.alloc("stress", KernelRules.V6_18, CpuMask.all(CPUS), new PadataWorks(CPUS), threads);
            PadataShell shell = padata.allocShell();
            StressJobs work = new StressJobs(shell, CPUS, true);
            run(work, jobs, 1000, change -> {
                int cpu = (int) (change % 7) % CPUS;
                switch ((int) (change % 4)) {
                    case 0 -> padata.setCpumask(Padata618.PARALLEL, CpuMask.of(cpu, CPUS));
                    case 1 -> {
                        threads.offline(cpu);
                        padata.cpuDead(cpu);
                        padata.gracePeriodEnded();
                        threads.online(cpu);
                        padata.cpuOnline(cpu);
                    }
                    case 2 ->
                        padata.setCpumask(Padata618.SERIAL, CpuMask.all(CPUS).andNot(CpuMask.of(cpu, CPUS)));
                    default -> {
                        padata.setCpumask(Padata618.PARALLEL, CpuMask.all(CPUS));
                        padata.setCpumask(Padata618.SERIAL, CpuMask.all(CPUS));
                    }
                }
                threads.awaitReplacement(padata);
            });
            assertAllBack(work, shell, threads, jobs);
            assertThat(work.overtaken.get()).isEqualTo(shell.inversionsAcrossReplacement());
            assertThat(shell.inversionsAcrossReplacement()).as("they occur").isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2.6.34", "v2.6.35"})
    void shouldKeepTheOrderAcrossEveryReplacementIn26(String version) {
        int jobs = 200_000;
        try (PadataThreads threads = new PadataThreads(CPUS)) {
            CpuMask all = CpuMask.all(CPUS);
            Padata2634 padata = Padata2634.alloc(KernelRules.of(version), all, all, threads);
            padata.start();
            StressJobs work = new StressJobs(padata, CPUS, false);
            run(work, jobs, 1000, change -> {
                int cpu = (int) (change % 7) % CPUS;
                switch ((int) (change % 3)) {
                    case 0 -> {
                        padata.removeCpu(cpu);
                        threads.awaitReplacement(padata);
                        padata.addCpu(cpu);
                    }
                    case 1 -> {
                        padata.cpuDownPrepare(cpu);
                        threads.awaitReplacement(padata);
                        threads.offline(cpu);
                        threads.online(cpu);
                        padata.cpuOnline(cpu);
                    }
                    default -> padata.setCpumask(all);
                }
                threads.awaitReplacement(padata);
            });
            assertAllBack(work, padata, threads, jobs);
            assertThat(work.overtaken.get()).isZero();
            assertThat(work.wrongCpu.get()).isZero();
            assertThat(padata.inversionsAcrossReplacement()).isZero();
        }
    }

    @Test
    void shouldSerialiseWhatSeveralSubmittersGiveItOnce() throws InterruptedException {
        int jobs = 100_000;
        try (PadataThreads threads = new PadataThreads(CPUS)) {
            PadataShell shell = Padata618.alloc(
                            "stress", KernelRules.V6_18, CpuMask.all(CPUS), new PadataWorks(CPUS), threads)
                    .allocShell();
            // Each submitter's own jobs are in its order; the library sees that all are in one.
            StressJobs one = new StressJobs(shell, CPUS, true);
            StressJobs other = new StressJobs(shell, CPUS, true);
            AtomicBoolean firstIsDone = new AtomicBoolean();
            Thread second = new Thread(() -> {
                run(other, jobs, jobs, change -> {});
                while (!firstIsDone.get()) {
                    // What this one has kept may be what the first one waits for.
                    other.finishSome(0);
                    LockSupport.parkNanos(100_000);
                }
            });
            second.start();
            run(one, jobs, jobs, change -> {});
            firstIsDone.set(true);
            while (second.isAlive()) {
                // What this one has kept may be what the other one waits for.
                one.finishSome(0);
                second.join(1);
            }
            for (long wait = 0; wait < SECONDS && shell.inFlight() > 0; wait++) {
                one.drain(1);
                other.drain(1);
            }
            assertThat(one.overtaken.get() + other.overtaken.get()).isZero();
            assertThat(one.notOnce.get() + other.notOnce.get()).isZero();
            assertThat(shell.serialised()).isEqualTo(2L * jobs);
            assertThat(shell.inversions()).isZero();
            assertThat(threads.failure()).isNull();
        }
    }

    /**
     * Two jobs at a time, finished by two threads at the same moment: whoever finds the other at the order's head, or the lock taken,
     * relies on the other's second look. No later job comes by that could make up for it.
     */
    @Test
    void shouldLeaveNoJobBehindThatIsFinishedWhileTheHeadMoves() throws InterruptedException {
        int rounds = 30_000;
        StepWorkqueue workqueue = new StepWorkqueue(1);
        PadataShell shell = Padata618.alloc("pair", KernelRules.V6_18, CpuMask.all(1), new PadataWorks(1), workqueue)
                .allocShell();
        TestJob.Source jobs = new TestJob.Source();
        TestJob first = jobs.pending(shell);
        TestJob second = jobs.pending(shell);
        AtomicInteger turn = new AtomicInteger();
        Thread other = new Thread(() -> {
            for (int round = 0; round < rounds; round++) {
                awaitTurn(turn, 2 * round + 1);
                second.finishNow();
                turn.incrementAndGet();
            }
        });
        other.setDaemon(true);
        other.start();
        int left = 0;
        for (int round = 0; round < rounds; round++) {
            shell.doParallel(first, 0);
            shell.doParallel(second, 0);
            while (workqueue.stepUnbound(0)) {
                // Until both are to be finished.
            }
            turn.incrementAndGet();
            first.finishNow();
            awaitTurn(turn, 2 * round + 2);
            workqueue.runAll();
            if (shell.inFlight() > 0) {
                left++;
                break;
            }
            jobs.order.clear();
        }
        assertThat(left).isZero();
        other.join();
    }

    @SuppressWarnings("ThreadPriorityCheck") // The other thread may need this one's processor.
    private static void awaitTurn(AtomicInteger turn, int wanted) {
        for (int looks = 1; turn.get() < wanted; looks++) {
            Thread.onSpinWait();
            if (looks % 1000 == 0) {
                Thread.yield();
            }
        }
    }
}
