package io.rxsim.core.padata;

import static io.rxsim.core.padata.PadataCode.EBUSY;
import static io.rxsim.core.padata.PadataCode.EINPROGRESS;
import static io.rxsim.core.padata.PadataCode.EINVAL;
import static io.rxsim.core.padata.PadataCode.ENODATA;
import static io.rxsim.core.padata.PadataCode.OK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.KernelRules;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every return code and mask rule of section 11.1: padata of 2.6.34 and 2.6.35. */
class Padata2634Test {
    private static final int CPUS = 4;
    private static final CpuMask ALL = CpuMask.all(CPUS);

    private final StepWorkqueue workqueue = new StepWorkqueue(CPUS);
    private final TestJob.Source jobs = new TestJob.Source();

    private Padata2634 alloc(String version) {
        return Padata2634.alloc(KernelRules.of(version), ALL, ALL, workqueue);
    }

    private Padata2634 started(String version) {
        Padata2634 padata = alloc(version);
        padata.start();
        return padata;
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2.6.34", "v2.6.35"})
    void item29ShouldReturnZeroWhenNotStartedAndEinprogressOnSuccess(String version) {
        Padata2634 padata = alloc(version);
        TestJob job = jobs.finishing(padata);
        assertThat(padata.doParallel(job, 1)).isEqualTo(OK);
        assertThat(padata.isAccepted(OK)).isFalse();
        assertThat(padata.refused(OK)).isOne();
        padata.start();
        assertThat(padata.doParallel(job, 1)).isEqualTo(EINPROGRESS).isEqualTo(-115);
        assertThat(padata.isAccepted(EINPROGRESS)).isTrue();
        workqueue.runAll();
        assertThat(job.serialOn).isOne();
        assertThat(padata.refused()).isOne();
        assertThat(padata.serialised()).isOne();
    }

    @Test
    void shouldReturnZeroAgainAfterStopAndFinishWhatIsInFlight() {
        Padata2634 padata = started("v2.6.35");
        TestJob accepted = jobs.finishing(padata);
        padata.doParallel(accepted, 0);
        padata.stop();
        assertThat(padata.doParallel(jobs.finishing(padata), 0)).isEqualTo(OK);
        workqueue.runAll();
        assertThat(accepted.serials).isOne();
        assertThat(padata.inFlight()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"v2.6.34, 40000", "v2.6.35, 1000"})
    void shouldReturnEbusyAtTheLimitOfObjects(String version, int limit) {
        Padata2634 padata = started(version);
        assertThat(padata.maxObjNum()).isEqualTo(limit);
        for (int i = 0; i < limit; i++) {
            assertThat(padata.doParallel(jobs.finishing(padata), i % CPUS)).isEqualTo(EINPROGRESS);
        }
        TestJob refused = jobs.finishing(padata);
        assertThat(padata.doParallel(refused, 0)).isEqualTo(EBUSY);
        workqueue.runAll();
        assertThat(padata.serialised()).isEqualTo(limit);
        assertThat(padata.doParallel(refused, 0)).isEqualTo(EINPROGRESS);
        workqueue.runAll();
        assertThat(padata.refused(EBUSY)).isOne();
        assertThat(padata.inversions()).isZero();
    }

    @Test
    void shouldCountAJobUntilItsSerialPartIsOver() {
        Padata2634 padata = started("v2.6.35");
        List<Integer> codes = new ArrayList<>();
        TestJob probe = jobs.finishing(padata);
        PadataJob first = new PadataJob() {
            @Override
            public void parallel(int cpu) {
                padata.doSerial(this, cpu);
            }

            @Override
            public void serial(int cpu) {
                codes.add(padata.doParallel(probe, 0));
            }
        };
        padata.doParallel(first, 0);
        for (int i = 1; i < padata.maxObjNum(); i++) {
            padata.doParallel(jobs.finishing(padata), 1);
        }
        workqueue.runAll();
        assertThat(codes).containsExactly(EBUSY);
    }

    @Test
    void shouldReturnEinvalForACallbackCpuOutsideTheBlocksMask() {
        Padata2634 padata = started("v2.6.35");
        padata.setCpumask(CpuMask.parse("6", CPUS));
        padata.gracePeriodEnded();
        assertThat(padata.doParallel(jobs.finishing(padata), 0)).isEqualTo(EINVAL);
        assertThat(padata.doParallel(jobs.finishing(padata), 3)).isEqualTo(EINVAL);
        assertThat(padata.doParallel(jobs.finishing(padata), -1)).isEqualTo(EINVAL);
        assertThat(padata.doParallel(jobs.finishing(padata), CPUS)).isEqualTo(EINVAL);
        assertThat(padata.doParallel(jobs.finishing(padata), 2)).isEqualTo(EINPROGRESS);
        assertThat(padata.refused(EINVAL)).isEqualTo(4);
        assertThat(padata.accepted()).isOne();
    }

    @Test
    void shouldTestStartedBeforeResetBeforeLimitBeforeCallbackCpu() {
        Padata2634 padata = started("v2.6.35");
        for (int i = 0; i < 1000; i++) {
            padata.doParallel(jobs.finishing(padata), 0);
        }
        assertThat(padata.doParallel(jobs.finishing(padata), 9)).as("limit").isEqualTo(EBUSY);
        padata.setCpumask(CpuMask.empty(CPUS));
        assertThat(padata.doParallel(jobs.finishing(padata), 9)).as("reset").isEqualTo(EBUSY);
        padata.stop();
        assertThat(padata.doParallel(jobs.finishing(padata), 9)).as("stopped").isEqualTo(OK);
        workqueue.runAll();
        padata.gracePeriodEnded();
        padata.start();
        assertThat(padata.doParallel(jobs.finishing(padata), 0))
                .as("empty mask")
                .isEqualTo(EINVAL);
    }

    @Test
    void shouldGiveTheJobsToTheCpusOfTheMaskInTurn() {
        Padata2634 padata = started("v2.6.34");
        padata.setCpumask(CpuMask.parse("d", CPUS));
        padata.gracePeriodEnded();
        List<TestJob> seven =
                IntStream.range(0, 7).mapToObj(i -> jobs.finishing(padata)).toList();
        seven.forEach(job -> padata.doParallel(job, 2));
        workqueue.runAll();
        assertThat(seven).extracting(job -> job.parallelOn).containsExactly(0, 2, 3, 0, 2, 3, 0);
        assertThat(seven).allMatch(job -> job.serialOn == 2);
        assertThat(jobs.order).containsExactly(0, 1, 2, 3, 4, 5, 6);
    }

    @Test
    void shouldQueueAWorkerOnceHoweverManyJobsWait() {
        Padata2634 padata = started("v2.6.35");
        for (int i = 0; i < 100; i++) {
            padata.doParallel(jobs.finishing(padata), 0);
        }
        assertThat(IntStream.range(0, CPUS).map(cpu -> workqueue.of(cpu).size()))
                .containsExactly(1, 1, 1, 1);
    }

    @Test
    void shouldSayWhoMustDoTheNextJob() {
        Padata2634 padata = started("v2.6.34");
        for (int i = 0; i < 4; i++) {
            padata.doParallel(jobs.finishing(padata), 0);
        }
        assertThat(padata.nextCode(0)).as("all lists empty").isEqualTo(OK);
        workqueue.step(1);
        assertThat(padata.nextCode(1)).as("job 0 is on CPU 0").isEqualTo(EINPROGRESS);
        assertThat(padata.nextCode(0)).as("CPU 0 has it itself").isEqualTo(ENODATA);
        assertThat(jobs.order).isEmpty();
        workqueue.step(0);
        assertThat(padata.nextCode(0)).isEqualTo(OK);
        workqueue.step(3);
        assertThat(padata.nextCode(2)).as("job 2 is on CPU 2").isEqualTo(ENODATA);
        assertThat(padata.nextCode(3)).isEqualTo(EINPROGRESS);
        workqueue.runAll();
        assertThat(jobs.order).containsExactly(0, 1, 2, 3);
    }

    @Test
    void shouldRefuseDoSerialOnAnotherCpuThanTheOneThatRanTheJob() {
        Padata2634 padata = started("v2.6.35");
        TestJob job = jobs.pending(padata);
        padata.doParallel(job, 0);
        workqueue.runAll();
        assertThat(job.parallelOn).isZero();
        assertThatThrownBy(() -> padata.doSerial(job, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("doSerial of job number=0 on cpu=1, it belongs on the CPU that ran it, 0");
        job.finishNow();
        workqueue.runAll();
        assertThat(job.serials).isOne();
    }

    @Test
    void shouldRefuseJobsOfOneCpuThatAreFinishedOutOfOrder() {
        Padata2634 padata = started("v2.6.34");
        List<TestJob> five =
                IntStream.range(0, 5).mapToObj(i -> jobs.pending(padata)).toList();
        five.forEach(job -> padata.doParallel(job, 0));
        workqueue.runAll();
        assertThatThrownBy(five.get(4)::finishNow)
                .hasMessage("doSerial of job number=4 on cpu=0, its next is number=0");
        for (int i : new int[] {3, 0, 4, 2, 1}) {
            five.get(i).finishNow();
        }
        workqueue.runAll();
        assertThat(jobs.order).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void shouldRefuseASecondDoSerialAndOneWithoutDoParallel() {
        Padata2634 padata = started("v2.6.35");
        TestJob never = jobs.pending(padata);
        assertThatThrownBy(() -> padata.doSerial(never, 0)).hasMessage("doSerial of a job that was never accepted");
        TestJob job = jobs.pending(padata);
        padata.doParallel(job, 0);
        workqueue.step(0);
        job.finishNow();
        assertThatThrownBy(job::finishNow).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> padata.doParallel(job, 0))
                .hasMessage("job number=0 is still in flight, it may be submitted again from its serial call on");
        workqueue.runAll();
        assertThat(padata.serialised()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2.6.34", "v2.6.35"})
    void shouldKeepTheOrderAcrossAReplacementAndAnswerEbusyMeanwhile(String version) {
        Padata2634 padata = started(version);
        List<TestJob> old =
                IntStream.range(0, 6).mapToObj(i -> jobs.finishing(padata)).toList();
        old.forEach(job -> padata.doParallel(job, 3));
        assertThat(padata.setCpumask(CpuMask.parse("9", CPUS))).isEqualTo(OK);
        assertThat(padata.doParallel(jobs.finishing(padata), 3)).isEqualTo(EBUSY);
        padata.gracePeriodEnded();
        assertThat(padata.isReplacing()).as("jobs are in flight").isTrue();
        workqueue.step(1);
        workqueue.step(2);
        assertThat(padata.doParallel(jobs.finishing(padata), 3)).isEqualTo(EBUSY);
        workqueue.runAll();
        assertThat(padata.isReplacing()).isFalse();
        TestJob first = jobs.finishing(padata);
        assertThat(padata.doParallel(first, 3)).isEqualTo(EINPROGRESS);
        workqueue.runAll();
        assertThat(old).allMatch(job -> job.serials == 1);
        assertThat(jobs.order).isSorted().hasSize(7);
        assertThat(padata.inversionsAcrossReplacement()).isZero();
        assertThat(padata.refused(EBUSY)).isEqualTo(2);
    }

    @Test
    void shouldEndAReplacementOnlyAfterTheGracePeriodAlsoWithoutJobs() {
        Padata2634 padata = started("v2.6.35");
        padata.setCpumask(CpuMask.parse("1", CPUS));
        assertThat(padata.doParallel(jobs.finishing(padata), 0)).isEqualTo(EBUSY);
        padata.gracePeriodEnded();
        assertThat(padata.doParallel(jobs.finishing(padata), 0)).isEqualTo(EINPROGRESS);
    }

    @Test
    void shouldBuildAChangeDuringAReplacementAfterIt() {
        Padata2634 padata = started("v2.6.35");
        padata.doParallel(jobs.finishing(padata), 0);
        padata.setCpumask(CpuMask.parse("3", CPUS));
        padata.setCpumask(CpuMask.parse("4", CPUS));
        padata.gracePeriodEnded();
        workqueue.runAll();
        assertThat(padata.isReplacing()).as("the second").isTrue();
        padata.gracePeriodEnded();
        assertThat(padata.doParallel(jobs.finishing(padata), 0)).isEqualTo(EINVAL);
        assertThat(padata.doParallel(jobs.finishing(padata), 2)).isEqualTo(EINPROGRESS);
    }

    @Test
    void shouldRebuildOnAddCpuIfActiveAndOnRemoveCpuIfOnline() {
        Padata2634 padata =
                Padata2634.alloc(KernelRules.V2_6_34, CpuMask.parse("3", CPUS), CpuMask.parse("7", CPUS), workqueue);
        padata.start();
        assertThat(padata.addCpu(3)).isEqualTo(OK);
        assertThat(padata.isReplacing()).as("CPU 3 is not active").isFalse();
        assertThat(padata.cpumask()).hasToString("b");
        assertThat(padata.doParallel(jobs.finishing(padata), 3)).isEqualTo(EINVAL);
        assertThat(padata.addCpu(2)).isEqualTo(OK);
        assertThat(padata.isReplacing()).isTrue();
        padata.gracePeriodEnded();
        assertThat(padata.doParallel(jobs.finishing(padata), 2)).isEqualTo(EINPROGRESS);
        workqueue.runAll();
        assertThat(padata.removeCpu(3)).isEqualTo(OK);
        assertThat(padata.isReplacing()).isFalse();
        assertThat(padata.removeCpu(2)).isEqualTo(OK);
        padata.gracePeriodEnded();
        assertThat(padata.doParallel(jobs.finishing(padata), 2)).isEqualTo(EINVAL);
        assertThat(padata.cpumask()).hasToString("3");
    }

    @Test
    void shouldRebuildWhenACpuOfTheMaskComesOrGoesAndIgnoreTheOthers() {
        Padata2634 padata =
                Padata2634.alloc(KernelRules.V2_6_35, CpuMask.parse("7", CPUS), CpuMask.parse("b", CPUS), workqueue);
        padata.start();
        padata.cpuDownPrepare(3);
        assertThat(padata.isReplacing()).isFalse();
        padata.cpuOnline(2);
        assertThat(padata.isReplacing()).isTrue();
        padata.gracePeriodEnded();
        assertThat(padata.doParallel(jobs.finishing(padata), 2)).isEqualTo(EINPROGRESS);
        TestJob onTheOneThatGoes = jobs.finishing(padata);
        padata.doParallel(onTheOneThatGoes, 0);
        padata.cpuDownPrepare(1);
        padata.gracePeriodEnded();
        assertThat(padata.isReplacing()).as("CPU 1 still has a job").isTrue();
        workqueue.runAll();
        assertThat(onTheOneThatGoes.parallelOn).isOne();
        assertThat(padata.isReplacing()).isFalse();
        assertThat(padata.doParallel(jobs.finishing(padata), 1)).isEqualTo(EINVAL);
        padata.cpuOnline(1);
        padata.gracePeriodEnded();
        assertThat(padata.doParallel(jobs.finishing(padata), 1))
                .as("CPU_DOWN_FAILED")
                .isEqualTo(EINPROGRESS);
    }

    @Test
    void shouldBeFreeWhenNoJobIsLeft() {
        Padata2634 padata = started("v2.6.34");
        padata.doParallel(jobs.finishing(padata), 0);
        assertThat(padata.free()).isFalse();
        assertThat(padata.doParallel(jobs.finishing(padata), 0)).isEqualTo(OK);
        workqueue.runAll();
        assertThat(padata.free()).isTrue();
    }

    @Test
    void shouldHandJobsOnAsTheyFinishWithoutTheReorderStep() {
        Padata2634 padata = Padata2634.alloc(
                KernelRules.V2_6_35.without(io.rxsim.core.kernel.Rule.PADATA_REORDER), ALL, ALL, workqueue);
        padata.start();
        for (int round = 0; round < 300; round++) {
            jobs.order.clear();
            for (int i = 0; i < 4; i++) {
                padata.doParallel(jobs.finishing(padata), 0);
            }
            workqueue.step(2);
            workqueue.step(0);
            workqueue.runAll();
            assertThat(jobs.order).containsExactly(4 * round + 2, 4 * round, 4 * round + 1, 4 * round + 3);
        }
        assertThat(padata.inversions()).isEqualTo(600);
    }
}
