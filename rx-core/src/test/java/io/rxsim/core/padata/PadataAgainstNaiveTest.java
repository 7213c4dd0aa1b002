package io.rxsim.core.padata;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.KernelRules;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random calls, works and CPUs against a model that keeps nothing but lists: every code, every callback CPU, every order. */
class PadataAgainstNaiveTest {
    private static final int CPUS = 5;
    private static final int OPERATIONS = 4000;

    private final StepWorkqueue workqueue = new StepWorkqueue(CPUS);
    private final TestJob.Source jobs = new TestJob.Source();
    /** Accepted jobs that have not been serialised, oldest first, per control block and callback CPU. */
    private final Map<String, Deque<Integer>> expected = new HashMap<>();
    /** Which of these lists a job is in. */
    private final Map<Integer, String> listOf = new HashMap<>();
    /** Jobs that their parallel part has left to be finished. */
    private final List<TestJob> unfinished = new ArrayList<>();

    private CpuMask online = CpuMask.all(CPUS);
    private CpuMask parallel = online;
    private CpuMask callback = online;
    private CpuMask usableCallback = online;
    private boolean started = true;
    private boolean replacing;
    private boolean again;
    private boolean inGrace;
    private int block;

    static IntStream seeds() {
        return IntStream.rangeClosed(1, 12);
    }

    private void accept(TestJob job, int cpu) {
        String list = block + "/" + cpu;
        expected.computeIfAbsent(list, made -> new ArrayDeque<>()).add(job.id);
        listOf.put(job.id, list);
    }

    /** What was serialised since the last look was first in its list. */
    private void checkOrder(String as) {
        for (int id : jobs.order) {
            assertThat(expected.get(listOf.remove(id)).poll()).as(as).isEqualTo(id);
        }
        jobs.order.clear();
    }

    private int inFlight() {
        return listOf.size();
    }

    private static CpuMask randomMask(SplittableRandom random) {
        return CpuMask.parse(Integer.toHexString(random.nextInt(1 << CPUS)), CPUS);
    }

    private void rebuild() {
        if (replacing) {
            again = true;
            return;
        }
        replacing = true;
        inGrace = true;
        block++;
        usableCallback = callback.and(online);
    }

    private void endOfReplacement(boolean waitsForJobs) {
        while (replacing && !inGrace && !(waitsForJobs && inFlight() > 0)) {
            replacing = false;
            if (again) {
                again = false;
                rebuild();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldDoAsTheModelOf2635(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Padata2634 padata = Padata2634.alloc(KernelRules.V2_6_35, online, online, workqueue);
        padata.start();
        for (int i = 0; i < OPERATIONS; i++) {
            String as = "seed=" + seed + " operation=" + i;
            int cpu = random.nextInt(CPUS);
            int kind = random.nextInt(24);
            switch (kind) {
                case 0, 1, 2, 3 -> change(padata, random, kind, cpu);
                case 4, 5, 6 -> {
                    inGrace = false;
                    endOfReplacement(true);
                    padata.gracePeriodEnded();
                }
                case 7, 8, 9, 10, 11, 12 -> workqueue.step(cpu);
                default -> {
                    int code =
                            started ? replacing || inFlight() >= 1000 ? PadataCode.EBUSY : codeFor(cpu) : PadataCode.OK;
                    TestJob job = jobs.finishing(padata);
                    if (code == PadataCode.EINPROGRESS) {
                        accept(job, cpu);
                    }
                    assertThat(padata.doParallel(job, cpu)).as(as).isEqualTo(code);
                }
            }
            checkOrder(as);
            endOfReplacement(true);
            assertThat(padata.inFlight()).as(as).isEqualTo(inFlight());
            assertThat(padata.isReplacing()).as(as).isEqualTo(replacing);
        }
        workqueue.runAll();
        checkOrder("end, seed=" + seed);
        assertThat(padata.inFlight()).isZero();
        assertThat(inFlight()).isZero();
    }

    private void change(Padata2634 padata, SplittableRandom random, int kind, int cpu) {
        switch (kind) {
            case 0 -> {
                callback = randomMask(random);
                rebuild();
                assertThat(padata.setCpumask(callback)).isZero();
            }
            case 1 -> {
                callback = callback.or(CpuMask.of(cpu, CPUS));
                if (online.contains(cpu)) {
                    rebuild();
                }
                assertThat(padata.addCpu(cpu)).isZero();
            }
            case 2 -> {
                boolean goes = online.contains(cpu);
                CpuMask one = CpuMask.of(cpu, CPUS);
                online = goes ? online.andNot(one) : online.or(one);
                if (callback.contains(cpu)) {
                    rebuild();
                }
                if (goes) {
                    padata.cpuDownPrepare(cpu);
                } else {
                    padata.cpuOnline(cpu);
                }
            }
            case 3 -> {
                started = random.nextInt(4) > 0;
                if (started) {
                    padata.start();
                } else {
                    padata.stop();
                }
            }
            default -> throw new AssertionError(kind);
        }
    }

    private int codeFor(int cpu) {
        return usableCallback.contains(cpu) ? PadataCode.EINPROGRESS : PadataCode.EINVAL;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldDoAsTheModelOf618(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        PadataWorks works = new PadataWorks(CPUS);
        Padata618 padata = Padata618.alloc("naive", KernelRules.V6_18, online, works, workqueue);
        PadataShell shell = padata.allocShell();
        for (int i = 0; i < OPERATIONS; i++) {
            String as = "seed=" + seed + " operation=" + i;
            int cpu = random.nextInt(CPUS);
            int kind = random.nextInt(24);
            switch (kind) {
                case 0, 1, 2 -> change(padata, random, kind, cpu);
                case 3, 4, 5 -> {
                    inGrace = false;
                    endOfReplacement(false);
                    padata.gracePeriodEnded();
                }
                case 6, 7, 8, 9 -> workqueue.step(cpu);
                case 10, 11, 12 -> workqueue.stepUnbound(cpu);
                case 13, 14, 15 -> {
                    if (!unfinished.isEmpty()) {
                        shell.doSerial(unfinished.remove(random.nextInt(unfinished.size())), cpu);
                    }
                }
                default -> submit(shell, works, random, cpu, as);
            }
            unfinished.removeIf(job -> job.serials > 0);
            checkOrder(as);
            assertThat(padata.isReplacing()).as(as).isEqualTo(replacing);
        }
        while (workqueue.stepUnbound(0)) {
            assertThat(works.free()).isPositive();
        }
        unfinished.forEach(job -> shell.doSerial(job, 0));
        workqueue.runAll();
        checkOrder("end, seed=" + seed);
        assertThat(inFlight()).isZero();
        assertThat(shell.inFlight()).isZero();
        assertThat(shell.inversions()).isZero();
        assertThat(works.free()).isEqualTo(CPUS);
    }

    private void change(Padata618 padata, SplittableRandom random, int kind, int cpu) {
        switch (kind) {
            case 0 -> {
                callback = randomMask(random);
                rebuild();
                assertThat(padata.setCpumask(Padata618.SERIAL, callback)).isZero();
            }
            case 1 -> {
                parallel = randomMask(random);
                rebuild();
                assertThat(padata.setCpumask(Padata618.PARALLEL, parallel)).isZero();
            }
            case 2 -> {
                boolean goes = online.contains(cpu);
                CpuMask one = CpuMask.of(cpu, CPUS);
                online = goes ? online.andNot(one) : online.or(one);
                if (callback.contains(cpu) || parallel.contains(cpu)) {
                    rebuild();
                }
                if (goes) {
                    padata.cpuDead(cpu);
                } else {
                    padata.cpuOnline(cpu);
                }
            }
            default -> throw new AssertionError(kind);
        }
    }

    private void submit(PadataShell shell, PadataWorks works, SplittableRandom random, int cpu, String as) {
        boolean later = random.nextInt(3) == 0 && works.free() == 0;
        TestJob job = later ? jobs.pending(shell) : jobs.finishing(shell);
        boolean usable =
                !parallel.and(online).isEmpty() && !callback.and(online).isEmpty();
        int[] cpus = usableCallback.cpus();
        int code = !usable || cpus.length == 0 ? PadataCode.EINVAL : replacing ? PadataCode.EBUSY : PadataCode.OK;
        int at = code == PadataCode.EINVAL || usableCallback.contains(cpu) ? cpu : cpus[cpu % cpus.length];
        boolean inline = works.free() == 0;
        if (code == PadataCode.OK) {
            accept(job, at);
        }
        assertThat(shell.doParallel(job, cpu)).as(as).isEqualTo(code);
        if (code != PadataCode.EINVAL) {
            assertThat(job.callbackCpu()).as(as).isEqualTo(at);
        }
        if (code == PadataCode.OK) {
            assertThat(job.parallelOn >= 0).as(as + " inline").isEqualTo(inline);
            if (later) {
                unfinished.add(job);
            }
        }
    }
}
