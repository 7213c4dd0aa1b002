package io.rxsim.core.padata.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.padata.Padata2634;
import io.rxsim.core.padata.PadataJob;
import io.rxsim.core.padata.PadataWork;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Which thread runs what, and who waits for whom. */
class PadataThreadsTest {
    private static final int CPUS = 2;
    private static final CpuMask ALL = CpuMask.all(CPUS);
    private static final int JOBS = 200;

    private final List<Thread> parallel = new ArrayList<>();
    private final List<Thread> serial = new ArrayList<>();

    private static Padata2634 started(PadataThreads threads) {
        Padata2634 padata = Padata2634.alloc(KernelRules.V2_6_35, ALL, ALL, threads);
        padata.start();
        return padata;
    }

    /** Writes down the threads of its parts. */
    private final class Traced extends PadataJob {
        private final Padata2634 padata;

        Traced(Padata2634 padata) {
            this.padata = padata;
        }

        @Override
        public void parallel(int cpu) {
            synchronized (parallel) {
                parallel.add(Thread.currentThread());
            }
            padata.doSerial(this, cpu);
        }

        @Override
        public void serial(int cpu) {
            serial.add(Thread.currentThread());
        }
    }

    private void submit(Padata2634 padata, int cbCpu) {
        for (int i = 0; i < JOBS; i++) {
            assertThat(padata.isAccepted(padata.doParallel(new Traced(padata), cbCpu)))
                    .isTrue();
        }
    }

    @Test
    void shouldRunTheWorksOfCpu0OnTheThreadThatStandsForItWhenThatWaits() {
        try (PadataThreads threads = PadataThreads.withCaller(CPUS)) {
            Padata2634 padata = started(threads);
            assertThat(threads.currentCpu()).isZero();
            submit(padata, 0);
            assertThat(serial).isEmpty();

            threads.awaitInFlight(padata, 0);

            assertThat(padata.serialised()).isEqualTo(JOBS);
            assertThat(serial).hasSize(JOBS).containsOnly(Thread.currentThread());
            assertThat(parallel.stream().filter(thread -> thread == Thread.currentThread()))
                    .hasSize(JOBS / CPUS);
        }
    }

    @Test
    void shouldWakeASubmitterApartWhenFewAreLeft() {
        try (PadataThreads threads = new PadataThreads(CPUS)) {
            Padata2634 padata = started(threads);
            assertThat(threads.currentCpu()).isEqualTo(PadataWork.ANY_CPU);
            submit(padata, 1);
            threads.awaitInFlight(padata, JOBS / 2);
            assertThat(padata.inFlight()).isLessThanOrEqualTo(JOBS / 2);
            threads.awaitInFlight(padata, 0);
            assertThat(serial).hasSize(JOBS).doesNotContain(Thread.currentThread());
        }
    }

    @Test
    void shouldRunWhatIsLeftWhenClosed() {
        PadataThreads threads = PadataThreads.withCaller(CPUS);
        Padata2634 padata = started(threads);
        submit(padata, 0);
        threads.close();
        assertThat(parallel).hasSize(JOBS);
        assertThat(serial).hasSize(JOBS);
    }

    @Test
    void shouldMoveTheCallersWorksToAnotherCpuWhileItIsOffline() {
        try (PadataThreads threads = PadataThreads.withCaller(CPUS)) {
            Padata2634 padata = started(threads);
            padata.cpuDownPrepare(0);
            threads.awaitReplacement(padata);
            threads.offline(0);
            submit(padata, 1);
            threads.awaitInFlight(padata, 0);
            assertThat(serial).hasSize(JOBS).doesNotContain(Thread.currentThread());
            threads.online(0);
            padata.cpuOnline(0);
            threads.awaitReplacement(padata);
            submit(padata, 0);
            threads.awaitInFlight(padata, 0);
            assertThat(serial).hasSize(2 * JOBS).contains(Thread.currentThread());
        }
    }

    @Test
    void shouldRefuseToWaitInsideAJobOfItsCpu() {
        try (PadataThreads threads = PadataThreads.withCaller(CPUS)) {
            Padata2634 padata = started(threads);
            List<Throwable> thrown = new ArrayList<>();
            PadataJob waiting = new PadataJob() {
                @Override
                public void parallel(int cpu) {
                    padata.doSerial(this, cpu);
                }

                @Override
                public void serial(int cpu) {
                    padata.doParallel(new Traced(padata), 0);
                    try {
                        threads.awaitInFlight(padata, 0);
                    } catch (IllegalStateException e) {
                        thrown.add(e);
                    }
                }
            };
            padata.doParallel(waiting, 0);
            threads.awaitInFlight(padata, 0);
            assertThat(thrown).hasSize(1);
            assertThat(thrown.get(0)).hasMessageContaining("cpu=0 is running a job");
        }
    }

    @Test
    void shouldEndAWaitWhenAJobThrows() throws InterruptedException {
        CountDownLatch waited = new CountDownLatch(1);
        try (PadataThreads threads = new PadataThreads(CPUS)) {
            Padata2634 padata = started(threads);
            PadataJob broken = new PadataJob() {
                @Override
                public void parallel(int cpu) {
                    throw new UnsupportedOperationException("broken");
                }

                @Override
                public void serial(int cpu) {
                    throw new AssertionError("not finished");
                }
            };
            Thread submitter = new Thread(() -> {
                padata.doParallel(broken, 0);
                threads.awaitInFlight(padata, 0);
                waited.countDown();
            });
            submitter.start();
            submitter.join();
            assertThat(waited.getCount()).isZero();
            assertThat(threads.failure()).hasMessage("broken");
            assertThat(padata.inFlight()).isOne();
        }
    }

    @Test
    void shouldRefuseAMachineWithoutCpus() {
        assertThatThrownBy(() -> PadataThreads.withCaller(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cpus=0, allowed is 1 or more");
    }
}
