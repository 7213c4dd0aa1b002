package io.rxsim.core.padata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.KernelRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Jobs submitted several at once, and reorder steps that wait. */
class PadataBatchTest {
    private static final int CPUS = 4;
    private static final CpuMask ALL = CpuMask.all(CPUS);

    private final StepWorkqueue workqueue = new StepWorkqueue(CPUS);
    private final TestJob.Source jobs = new TestJob.Source();

    private Padata2634 started() {
        Padata2634 padata = Padata2634.alloc(KernelRules.V2_6_35, ALL, ALL, workqueue);
        padata.start();
        return padata;
    }

    private PadataShell shell(PadataWorks works) {
        return Padata618.alloc("batch", KernelRules.V6_18, ALL, works, workqueue)
                .allocShell();
    }

    private TestJob[] batch(PadataDomain domain, int count) {
        TestJob[] batch = new TestJob[count];
        Arrays.setAll(batch, i -> jobs.finishing(domain));
        return batch;
    }

    private static List<Integer> parallelCpus(TestJob[] batch) {
        return Arrays.stream(batch).map(job -> job.parallelOn).toList();
    }

    @Test
    void shouldNumberABatchOf26InItsOrderAndDealItOutInTurn() {
        Padata2634 padata = started();
        TestJob[] batch = batch(padata, 6);

        assertThat(padata.doParallel(batch, 1, 5, 3)).isEqualTo(5);
        workqueue.runAll();

        assertThat(jobs.order).containsExactly(1, 2, 3, 4, 5);
        assertThat(parallelCpus(batch)).containsExactly(-1, 0, 1, 2, 3, 0);
        assertThat(batch[5].serialOn).isEqualTo(3);
        assertThat(batch[0].serials).isZero();
    }

    @Test
    void shouldHandABatchOf618ToItemsAndDoTheRestInline() {
        PadataWorks works = new PadataWorks(CPUS);
        PadataShell shell = shell(works);
        workqueue.submitterCpu = 2;
        TestJob[] batch = batch(shell, 7);

        assertThat(shell.doParallel(batch, 0, 7, 1)).isEqualTo(7);

        assertThat(works.free()).isZero();
        assertThat(works.inline()).isEqualTo(3);
        assertThat(parallelCpus(batch)).containsExactly(-1, -1, -1, -1, 2, 2, 2);
        assertThat(jobs.order).isEmpty();
        workqueue.runAll();
        assertThat(jobs.order).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(works.free()).isEqualTo(CPUS);
    }

    @Test
    void shouldAcceptAsManyAsThereIsRoomForAndRefuseNone() {
        Padata2634 padata = started();
        TestJob[] batch = batch(padata, 700);
        TestJob[] more = batch(padata, 700);

        assertThat(padata.doParallel(batch, 0, 700, 0)).isEqualTo(700);
        assertThat(padata.doParallel(more, 0, 700, 0)).isEqualTo(300);
        assertThat(padata.doParallel(more, 300, 400, 0)).isZero();

        assertThat(padata.refused()).isZero();
        assertThat(padata.doParallel(more[300], 0)).isEqualTo(PadataCode.EBUSY);
        workqueue.runAll();
        assertThat(padata.doParallel(more, 300, 400, 0)).isEqualTo(400);
        workqueue.runAll();
        assertThat(jobs.order)
                .containsExactlyElementsOf(IntStream.range(0, 1400).boxed().toList());
    }

    @Test
    void shouldAcceptNoneWhereEachWouldBeRefused() {
        Padata2634 padata = started();
        TestJob[] batch = batch(padata, 3);
        assertThat(padata.doParallel(batch, 0, 3, CPUS)).isZero();
        padata.setCpumask(ALL);
        assertThat(padata.doParallel(batch, 0, 3, 0)).isZero();
        padata.gracePeriodEnded();
        padata.stop();
        assertThat(padata.doParallel(batch, 0, 3, 0)).isZero();
        padata.start();
        assertThat(padata.doParallel(batch, 0, 3, 0)).isEqualTo(3);

        Padata618 other = Padata618.alloc("none", KernelRules.V6_18, ALL, new PadataWorks(CPUS), workqueue);
        PadataShell shell = other.allocShell();
        TestJob[] modern = batch(shell, 3);
        other.setCpumask(Padata618.SERIAL, ALL);
        assertThat(shell.doParallel(modern, 0, 3, 0)).isZero();
        other.gracePeriodEnded();
        assertThat(shell.doParallel(modern, 0, 3, 7)).isEqualTo(3);
        assertThat(modern[0].callbackCpu()).isEqualTo(3);
        assertThat(padata.refused() + shell.refused()).isZero();
    }

    @Test
    void shouldGiveABatchBackWholeIfOneOfItIsInFlight() {
        Padata2634 padata = started();
        TestJob[] batch = batch(padata, 3);
        padata.doParallel(batch[1], 0);

        assertThatThrownBy(() -> padata.doParallel(batch, 0, 3, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is still in flight");
        TestJob twice = batch[2];
        assertThatThrownBy(() -> padata.doParallel(new TestJob[] {twice, twice}, 0, 2, 0))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> padata.doParallel(batch, 2, 2, 0)).isInstanceOf(IndexOutOfBoundsException.class);

        workqueue.runAll();
        assertThat(padata.accepted()).isOne();
        assertThat(padata.doParallel(batch, 0, 3, 0)).isEqualTo(3);
    }

    /** A driver that does no reorder step before it is told to. */
    private static final class Postponing implements PadataWorkqueue {
        private final StepWorkqueue below = new StepWorkqueue(CPUS);
        private final List<Reordering> postponed = new ArrayList<>();

        @Override
        public void queue(PadataWork work) {
            below.queue(work);
        }

        @Override
        public void runInline(PadataJob job) {
            below.runInline(job);
        }

        @Override
        public boolean postpone(Reordering block) {
            return postponed.add(block);
        }
    }

    @Test
    void shouldHandOnAllThatIsFinishedInOnePostponedStep() {
        Postponing driver = new Postponing();
        Padata2634 padata = Padata2634.alloc(KernelRules.V2_6_35, ALL, ALL, driver);
        padata.start();
        TestJob[] batch = batch(padata, 8);
        padata.doParallel(batch, 0, 8, 0);
        driver.below.step(1);
        driver.below.step(0);
        driver.below.step(0);
        assertThat(driver.postponed).hasSize(4);
        assertThat(jobs.order).isEmpty();

        driver.postponed.get(0).reorder();
        driver.below.runAll();
        assertThat(jobs.order).as("2 and 3 are not handed on yet").containsExactly(0, 1);

        driver.postponed.get(0).reorder();
        driver.below.runAll();
        assertThat(jobs.order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        TestJob done = batch[0];
        assertThatThrownBy(() -> padata.doSerial(done, 0)).isInstanceOf(IllegalStateException.class);
    }
}
