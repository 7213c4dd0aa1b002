package io.rxsim.core.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.cost.Stage;
import io.rxsim.core.run.CpuResult;
import io.rxsim.core.run.Measure;
import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.RandomStreams;
import io.rxsim.core.run.RunResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class CpuTimeTest {
    private static final int PACKETS = 2000;

    private static Arrivals random(long seed, int meanGapNs) {
        RandomStream random = RandomStreams.stream(seed, "gaps");
        Arrivals arrivals = Arrivals.list();
        long now = 0;
        for (int i = 0; i < PACKETS; i++) {
            now += random.nextInt(2 * meanGapNs);
            arrivals.at(now, random.nextInt(8));
        }
        return arrivals;
    }

    private static long sum(CpuResult.Usage usage) {
        return usage.hardirqNs() + usage.softirqNs() + usage.applicationNs() + usage.idleNs();
    }

    /** Interrupts, softirqs and threads share CPU 0. */
    private static Rig busy(long seed, int meanGapNs) {
        Rig rig = new Rig()
                .everyCostDiffers()
                .cost(Stage.SWITCH, 0)
                .cost(Stage.RECV, 200)
                .arrivals(random(seed, meanGapNs));
        rig.serviceNs = 700;
        rig.placement = machine -> Placements.pinned(0, 1);
        return rig;
    }

    @Test
    void shouldLoseNoTimeOfAThreadThatInterruptsSetAside() {
        RunResult result = busy(1, 4000).run();
        long application = 0;
        long hardirq = 0;
        for (CpuResult cpu : result.cpus()) {
            application += cpu.usage().applicationNs();
            hardirq += cpu.usage().hardirqNs();
        }
        assertThat(result.traffic().delivered()).isEqualTo(PACKETS);
        assertThat(hardirq).isPositive();
        // A recv moves no lines on CPU 0, where protocol processing ran.
        long oneRecv = 200 + 700;
        assertThat(application).isEqualTo(PACKETS * oneRecv);
    }

    @Test
    void shouldFinishAnInterruptedStepLaterByExactlyTheInterruption() {
        // recv begins at 1000 and takes 5000; the interrupt at 3000 and its packet take 700.
        Trace trace = new Trace();
        Rig rig = new Rig().cost(Stage.PROTOCOL, 500).cost(Stage.SWITCH, 500).cost(Stage.RECV, 5000);
        rig.cost(Stage.HARDIRQ, 200);
        rig.arrivals(Arrivals.list().at(0, 0).bareAt(3000, 1));
        rig.observer = trace;
        CpuResult.Usage usage = rig.run().cpus().get(0).usage();
        assertThat(trace.of("processed")).containsExactly("700 processed 0/0 cpu 0", "3700 processed 1/0 cpu 0");
        assertThat(trace.of("consumed")).containsExactly("6900 consumed 0/0 cpu 0");
        assertThat(usage).isEqualTo(new CpuResult.Usage(400, 1000, 5500, 0));
    }

    @Test
    void shouldProlongASoftirqStepByAnInterrupt() {
        Trace trace = new Trace();
        Rig rig = new Rig().cost(Stage.PROTOCOL, 5000).cost(Stage.IPI_RECEIVE, 300);
        // Hash 1 goes from CPU 1 to CPU 0, hash 2 is CPU 0's own: the IPI comes while CPU 0 processes.
        rig.irqCpus = List.of(0, 1);
        rig.arrivals(Arrivals.list()
                .at(0, 1, p -> {
                    p.payloadBytes = 0;
                    p.rxQueue = 0;
                })
                .at(1000, 0, p -> {
                    p.payloadBytes = 0;
                    p.rxQueue = 1;
                }));
        rig.policy = () -> Policies.byHash(hash -> hash == 1 ? 0 : -1);
        rig.observer = trace;
        CpuResult.Usage usage = rig.run().cpus().get(0).usage();
        assertThat(trace.of("processed")).containsExactly("5300 processed 1/0 cpu 0", "10300 processed 0/0 cpu 0");
        assertThat(usage).isEqualTo(new CpuResult.Usage(300, 10_000, 0, 0));
    }

    @Test
    void shouldSplitTheElapsedTimeExactlyOnEveryCpu() {
        for (int gap : new int[] {300, 900, 4000}) {
            RunResult result = busy(7, gap).run();
            for (CpuResult cpu : result.cpus()) {
                assertThat(cpu.usage().idleNs()).isNotNegative();
                assertThat(sum(cpu.usage())).isEqualTo(result.traffic().timing().deliveriesNs());
            }
        }
    }

    @Test
    void shouldSplitTheTimeSinceTheWarmUpExactlyWhateverRanAtThatMoment() {
        for (int i = 0; i < 40; i++) {
            Rig rig = busy(7, 300);
            rig.ring = 64;
            rig.measure = new Measure(200_000 + 371L * i, Measure.UNTIL_END);
            RunResult result = rig.run();
            for (CpuResult cpu : result.cpus()) {
                assertThat(sum(cpu.usage()))
                        .as("warm-up %d cpu %d %s", rig.measure.warmupNs(), cpu.cpu(), cpu.usage())
                        .isEqualTo(result.traffic().timing().deliveriesNs());
            }
        }
    }

    @Test
    void shouldCountACpuThatIsBusyThroughoutAsBusyWhenTheWarmUpEndsInTheMiddleOfAStep() {
        Rig rig = new Rig()
                .cost(Stage.PROTOCOL, 100_000)
                .arrivals(Arrivals.list().bareBurst(10, 0, 0).bareAt(950_000, 0));
        // The tenth packet's processing, 900,000 to 1,000,000, is under way at 950,000.
        rig.measure = new Measure(950_000, Measure.UNTIL_END);
        assertThat(rig.run().cpus().get(0).usage()).isEqualTo(new CpuResult.Usage(0, 150_000, 0, 0));
    }

    @Test
    void shouldCountTheStepsUnderWayWhenARunIsStopped() {
        Rig rig = new Rig().cost(Stage.PROTOCOL, 100_000_000);
        Arrivals arrivals = Arrivals.list();
        for (int i = 0; i < 4096; i++) {
            arrivals.bareAt(i * 10L, 0);
        }
        rig.arrivals(arrivals);
        rig.stop = () -> true;
        RunResult result = rig.run();
        assertThat(result.partial()).isTrue();
        assertThat(result.cpus().get(0).usage()).isEqualTo(new CpuResult.Usage(0, 40_950, 0, 0));
    }
}
