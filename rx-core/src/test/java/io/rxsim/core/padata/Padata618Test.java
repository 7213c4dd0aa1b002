package io.rxsim.core.padata;

import static io.rxsim.core.padata.PadataCode.EBUSY;
import static io.rxsim.core.padata.PadataCode.EINVAL;
import static io.rxsim.core.padata.PadataCode.EOVERFLOW;
import static io.rxsim.core.padata.PadataCode.OK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every return code and mask rule of section 11.3: padata of 6.18. */
class Padata618Test {
    private static final int CPUS = 4;

    private final StepWorkqueue workqueue = new StepWorkqueue(CPUS);
    private final PadataWorks works = new PadataWorks(CPUS);
    private final TestJob.Source jobs = new TestJob.Source();
    private final Padata618 padata = alloc("f");
    private final PadataShell shell = padata.allocShell();

    private Padata618 alloc(String online) {
        return Padata618.alloc("pdecrypt", KernelRules.V6_18, CpuMask.parse(online, CPUS), works, workqueue);
    }

    private static CpuMask mask(String text) {
        return CpuMask.parse(text, CPUS);
    }

    private void set(int type, String text) {
        assertThat(padata.setCpumask(type, mask(text))).isEqualTo(OK);
        padata.gracePeriodEnded();
    }

    @Test
    void shouldStartAllocatedOnAllPossibleCpusAndReturnZeroOnSuccess() {
        Padata618 some = alloc("3");
        assertThat(some.isStarted()).isTrue();
        assertThat(some.cpumask(Padata618.SERIAL)).hasToString("f");
        assertThat(some.cpumask(Padata618.PARALLEL)).hasToString("f");
        PadataShell domain = some.allocShell();
        TestJob job = jobs.finishing(domain);
        assertThat(domain.doParallel(job, 1)).isEqualTo(OK);
        assertThat(domain.isAccepted(OK)).isTrue();
        assertThat(domain.isAccepted(EBUSY)).isFalse();
        workqueue.runAll();
        assertThat(job.serialOn).isOne();
        assertThat(domain.serialised()).isOne();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "2, 2", "3, 2", "4, 1", "5, 2", "7, 2"})
    void shouldReplaceACallbackCpuThatIsNotUsable(int wish, int callback) {
        set(Padata618.SERIAL, "6");
        TestJob job = jobs.finishing(shell);
        assertThat(shell.doParallel(job, wish)).isEqualTo(OK);
        assertThat(job.callbackCpu()).as("the caller sees it").isEqualTo(callback);
        workqueue.runAll();
        assertThat(job.serialOn).isEqualTo(callback);
    }

    @Test
    void shouldReturnEbusyDuringAReplacementAndStillShowTheCallbackCpu() {
        padata.setCpumask(Padata618.SERIAL, mask("8"));
        TestJob job = jobs.finishing(shell);
        assertThat(shell.doParallel(job, 0)).isEqualTo(EBUSY);
        assertThat(job.callbackCpu()).isEqualTo(3);
        assertThat(shell.refused(EBUSY)).isOne();
        padata.gracePeriodEnded();
        assertThat(shell.doParallel(job, 0)).isEqualTo(OK);
    }

    @ParameterizedTest
    @ValueSource(ints = {Padata618.SERIAL, Padata618.PARALLEL})
    void item30ShouldAnswerAMaskWithoutOnlineCpuWithZeroStoreItAndStop(int type) {
        Padata618 some = alloc("3");
        PadataShell domain = some.allocShell();
        assertThat(some.setCpumask(type, mask("c"))).isEqualTo(OK);
        assertThat(some.cpumask(type)).hasToString("c");
        assertThat(some.isValid()).isFalse();
        assertThat(some.isStarted()).isFalse();
        some.gracePeriodEnded();
        assertThat(domain.doParallel(jobs.finishing(domain), 0)).isEqualTo(EINVAL);
        assertThat(some.setCpumask(type, CpuMask.empty(CPUS))).as("empty").isEqualTo(OK);
        some.gracePeriodEnded();
        assertThat(domain.doParallel(jobs.finishing(domain), 0)).isEqualTo(EINVAL);
        assertThat(some.setCpumask(type, mask("e"))).as("usable again").isEqualTo(OK);
        some.gracePeriodEnded();
        assertThat(some.isStarted()).isTrue();
        assertThat(domain.doParallel(jobs.finishing(domain), 0)).isEqualTo(OK);
        assertThat(domain.refused(EINVAL)).isEqualTo(2);
    }

    @Test
    void shouldStayInvalidUntilBothMasksAreUsable() {
        set(Padata618.SERIAL, "0");
        set(Padata618.PARALLEL, "0");
        set(Padata618.SERIAL, "1");
        assertThat(padata.isValid()).isFalse();
        set(Padata618.PARALLEL, "2");
        assertThat(padata.isStarted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 4, -1})
    void shouldRefuseAnotherMaskType(int type) {
        assertThat(padata.setCpumask(type, mask("1"))).isEqualTo(EINVAL);
        assertThat(padata.isReplacing()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"6, 0, 6", "'1\n', 0, 1", "x, -22, f", "10, -75, f", "123456789, -75, f", "'', 0, 0"})
    void shouldReadMasksInTheKernelsGrammar(String text, int code, String after) {
        assertThat(padata.writeCpumask(Padata618.SERIAL, text)).isEqualTo(code);
        assertThat(padata.cpumask(Padata618.SERIAL)).hasToString(after);
        assertThat(padata.cpumask(Padata618.PARALLEL)).hasToString("f");
        assertThat(EOVERFLOW).isEqualTo(-75);
    }

    @Test
    void shouldShareTheWorkItemsAmongInstancesAndRunInTheSubmitterWithoutOne() {
        PadataShell other = alloc("f").allocShell();
        List<TestJob> queued = IntStream.range(0, CPUS)
                .mapToObj(i -> jobs.finishing(i % 2 == 0 ? shell : other))
                .toList();
        for (int i = 0; i < CPUS; i++) {
            (i % 2 == 0 ? shell : other).doParallel(queued.get(i), 0);
        }
        assertThat(works.free()).isZero();
        assertThat(workqueue.unbound).hasSize(CPUS);
        TestJob inline = jobs.finishing(shell);
        workqueue.submitterCpu = 3;
        assertThat(shell.doParallel(inline, 0)).isEqualTo(OK);
        assertThat(inline.parallelOn).as("ran before doParallel returned").isEqualTo(3);
        assertThat(inline.serials).isZero();
        assertThat(works.inline()).isOne();
        workqueue.runAll();
        assertThat(inline.serials).isOne();
        assertThat(works.free()).isEqualTo(CPUS);
    }

    @Test
    void shouldHoldAWorkItemUntilTheParallelPartReturnsNotUntilItIsFinished() {
        List<TestJob> four =
                IntStream.range(0, CPUS).mapToObj(i -> jobs.pending(shell)).toList();
        four.forEach(job -> shell.doParallel(job, 0));
        while (workqueue.stepUnbound(2)) {
            assertThat(works.free()).isPositive();
        }
        assertThat(works.free()).isEqualTo(CPUS);
        assertThat(shell.inFlight()).isEqualTo(CPUS);
    }

    @Test
    void shouldTakeMoreJobsThanAnyOldLimit() {
        List<TestJob> many =
                IntStream.range(0, 50_000).mapToObj(i -> jobs.pending(shell)).toList();
        assertThat(many).allMatch(job -> shell.doParallel(job, 0) == OK);
        workqueue.runAll();
        for (int i = many.size() - 1; i >= 0; i--) {
            many.get(i).finishNow();
        }
        workqueue.runAll();
        assertThat(jobs.order).isSorted().hasSize(many.size());
        assertThat(shell.inversions()).isZero();
    }

    @Test
    void shouldAnswerEbusyAtTheBoundOfAControlBlock() {
        List<TestJob> all = IntStream.range(0, PadataShell.MAX_IN_FLIGHT)
                .mapToObj(i -> jobs.pending(shell))
                .toList();
        assertThat(all).allMatch(job -> shell.doParallel(job, 0) == OK);
        assertThat(shell.doParallel(jobs.pending(shell), 0)).isEqualTo(EBUSY);
        workqueue.runAll();
        all.forEach(job -> shell.doSerial(job, 1));
        workqueue.runAll();
        assertThat(jobs.order).isSorted().hasSize(all.size());
        assertThat(shell.doParallel(jobs.pending(shell), 0)).isZero();
    }

    @Test
    void shouldSerialiseJobsFinishedInAnyOrderByAnyoneInOrderOfSubmission() {
        List<TestJob> six =
                IntStream.range(0, 6).mapToObj(i -> jobs.pending(shell)).toList();
        six.forEach(job -> shell.doParallel(job, 1));
        workqueue.runAll();
        for (int i : new int[] {4, 1, 0, 5, 2, 3}) {
            shell.doSerial(six.get(i), 7);
        }
        workqueue.runAll();
        assertThat(jobs.order).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void shouldOrderEachShellByItself() {
        PadataShell other = padata.allocShell();
        TestJob slow = jobs.pending(shell);
        TestJob quick = jobs.pending(other);
        shell.doParallel(slow, 0);
        other.doParallel(quick, 0);
        workqueue.runAll();
        quick.finishNow();
        workqueue.runAll();
        assertThat(jobs.order).containsExactly(quick.id);
    }

    @Test
    void shouldInvertAcrossAReplacementAndCountIt() {
        TestJob old = jobs.pending(shell);
        shell.doParallel(old, 0);
        set(Padata618.PARALLEL, "3");
        assertThat(shell.blocksDraining()).isOne();
        TestJob young = jobs.finishing(shell);
        assertThat(shell.doParallel(young, 0)).isEqualTo(OK);
        workqueue.runAll();
        old.finishNow();
        workqueue.runAll();
        assertThat(jobs.order).containsExactly(young.id, old.id);
        assertThat(shell.inversionsAcrossReplacement()).isOne();
        assertThat(shell.inversions()).as("within a block").isZero();
        assertThat(shell.blocksDraining()).isZero();
        assertThat(shell.serialised()).isEqualTo(2);
    }

    @Test
    void shouldDropReferencesAtTheEndOfASerialRun() {
        long[] seen = new long[1];
        PadataJob second = new PadataJob() {
            @Override
            public void parallel(int cpu) {
                shell.doSerial(this, cpu);
            }

            @Override
            public void serial(int cpu) {
                seen[0] = shell.inFlight();
            }
        };
        shell.doParallel(jobs.finishing(shell), 0);
        shell.doParallel(second, 0);
        workqueue.stepUnbound(1);
        workqueue.stepUnbound(2);
        workqueue.runAll();
        assertThat(seen[0]).isEqualTo(2);
        assertThat(shell.inFlight()).isZero();
    }

    @Test
    void shouldRebuildForACpuOfEitherMaskThatComesOrDies() {
        set(Padata618.SERIAL, "4");
        set(Padata618.PARALLEL, "3");
        padata.cpuDead(3);
        assertThat(padata.isReplacing()).as("in no mask").isFalse();
        padata.cpuDead(1);
        assertThat(padata.isReplacing()).isTrue();
        padata.gracePeriodEnded();
        padata.cpuDead(2);
        padata.gracePeriodEnded();
        assertThat(padata.isValid()).as("no callback CPU left").isFalse();
        assertThat(shell.doParallel(jobs.finishing(shell), 2)).isEqualTo(EINVAL);
        padata.cpuOnline(2);
        assertThat(padata.isStarted()).isTrue();
        assertThat(shell.doParallel(jobs.finishing(shell), 2)).isEqualTo(EBUSY);
        padata.gracePeriodEnded();
        assertThat(shell.doParallel(jobs.finishing(shell), 2)).isEqualTo(OK);
    }

    @Test
    void shouldBuildAChangeDuringAGracePeriodAfterIt() {
        padata.setCpumask(Padata618.SERIAL, mask("3"));
        padata.setCpumask(Padata618.SERIAL, mask("c"));
        padata.gracePeriodEnded();
        assertThat(padata.isReplacing()).isTrue();
        padata.gracePeriodEnded();
        TestJob job = jobs.finishing(shell);
        shell.doParallel(job, 0);
        assertThat(job.callbackCpu()).isEqualTo(2);
    }

    @Test
    void shouldRefuseToFreeWhatIsInUse() {
        TestJob job = jobs.finishing(shell);
        shell.doParallel(job, 0);
        assertThatThrownBy(() -> padata.freeShell(shell)).hasMessage("shell of pdecrypt has 1 job(s) in flight");
        assertThatThrownBy(padata::free).hasMessage("pdecrypt has 1 shell(s) left");
        workqueue.runAll();
        padata.freeShell(shell);
        assertThatThrownBy(() -> padata.freeShell(shell)).hasMessage("shell is none of pdecrypt");
        padata.free();
        assertThat(padata.isStarted()).isFalse();
    }

    @Test
    void shouldHandJobsOnAsTheyFinishWithoutTheReorderStep() {
        PadataShell unordered = Padata618.alloc(
                        "ablated", KernelRules.V6_18.without(Rule.PADATA_REORDER), mask("f"), works, workqueue)
                .allocShell();
        List<TestJob> three =
                IntStream.range(0, 3).mapToObj(i -> jobs.pending(unordered)).toList();
        three.forEach(job -> unordered.doParallel(job, 0));
        workqueue.runAll();
        for (int i : new int[] {2, 0, 1}) {
            three.get(i).finishNow();
        }
        workqueue.runAll();
        assertThat(jobs.order).containsExactly(2, 0, 1);
        assertThat(unordered.inversions()).isEqualTo(2);
        assertThat(unordered.inFlight()).isZero();
    }
}
