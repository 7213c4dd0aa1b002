package io.rxsim.core.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.cost.Stage;
import io.rxsim.core.cpu.CpuTopology;
import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.RandomStreams;
import io.rxsim.core.run.RunResult;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Where free threads run. Packets are taken in by CPU 0, 1000 ns each, which is the waker. */
class SchedulerTest {
    private static final long MS = 1_000_000;

    private final Trace trace = new Trace();

    private Rig rig(CpuTopology topology, Arrivals arrivals, int... initialCpus) {
        Rig rig = new Rig().cost(Stage.PROTOCOL, 1000).arrivals(arrivals);
        rig.topology = topology;
        rig.ipiLatencyNs = 300;
        rig.placement = machine -> Placements.free(initialCpus);
        rig.observer = trace;
        return rig;
    }

    @Test
    void shouldWakeAThreadOnItsPreviousCpuWhileThatIsIdle() {
        RunResult result = rig(
                        CpuTopology.flat(4), Arrivals.list().at(0, 0).at(MS, 0).at(2 * MS, 0), 2)
                .run();
        assertThat(trace.of("consumed"))
                .containsExactly("1300 consumed 0/0 cpu 2", "1001300 consumed 0/1 cpu 2", "2001300 consumed 0/2 cpu 2");
        assertThat(result.traffic().steered().threadMoves()).isZero();
    }

    /**
     * CPUs 0, 1 and 2, 3 share a cache; four threads begin on CPU 2. Flow 0 stays there. Flow 1 finds CPU 2 busy and CPU 3 idle.
     * Flow 2 finds both busy and as few waiting at CPU 2 as at the waker: it waits. Flow 3 sees one waiting at CPU 2, none at
     * the waker, which has no thread. CPU 1, idle all the time, takes flow 2 in the first round of balancing, 4 ms after the
     * first wake-up.
     */
    @Test
    void shouldPlaceWokenThreadsAsWakeUpPlacementAndBalancingSay() {
        Rig rig = rig(
                new CpuTopology(1, 4, 2, 1),
                Arrivals.list().at(0, 0).at(0, 1).at(0, 2).at(0, 3),
                2);
        rig.serviceNs = 10 * MS;
        RunResult result = rig.run();
        assertThat(trace.of("consumed"))
                .containsExactly(
                        "1300 consumed 0/0 cpu 2",
                        "2300 consumed 1/0 cpu 3",
                        "4000 consumed 3/0 cpu 0",
                        "4001300 consumed 2/0 cpu 1");
        assertThat(result.traffic().steered().threadMoves()).isEqualTo(3);
    }

    @Test
    void shouldPullAWaitingThreadToACpuThatRunsOutOfThreads() {
        Rig rig = rig(CpuTopology.flat(2), Arrivals.list().at(0, 0).at(0, 1).at(0, 2), 1);
        rig.service = () -> flow -> flow == 1 ? MS / 2 : MS;
        RunResult result = rig.run();
        // Flow 1 begins on CPU 0 when the softirq ends, at 3000, and works half a millisecond.
        assertThat(trace.of("consumed"))
                .containsExactly("1300 consumed 0/0 cpu 1", "3000 consumed 1/0 cpu 0", "503000 consumed 2/0 cpu 0");
        assertThat(result.traffic().steered().threadMoves()).isEqualTo(2);
    }

    @Test
    void shouldLeaveACpuItsOnlyThreadAlsoWhileASoftirqMakesItWait() {
        // CPU 1 has a softirq of its own until 50000 when the thread is woken there.
        Rig rig = rig(
                CpuTopology.flat(2),
                Arrivals.list()
                        .at(0, 1, packet -> {
                            packet.payloadBytes = 0;
                            packet.protocolExtraNs = 49_000;
                        })
                        .at(0, 0, packet -> {}),
                1);
        rig.irqCpus = List.of(0, 1);
        assertThat(rig.run().traffic().steered().threadMoves()).isZero();
        assertThat(trace.of("consumed")).containsExactly("50000 consumed 0/0 cpu 1");
    }

    @Test
    void shouldNeverMoveAPinnedThread() {
        Rig rig = rig(CpuTopology.flat(4), Arrivals.list(), 0);
        rig.arrivals(random(400, 20, 5000));
        rig.placement = machine -> Placements.pinned(1, 1, 2);
        rig.serviceNs = 20_000;
        RunResult result = rig.run();
        assertThat(result.traffic().steered().threadMoves()).isZero();
        assertThat(cpusByFlow().values()).allSatisfy(cpus -> assertThat(cpus).doesNotContain(","));
    }

    @Test
    void shouldCountEveryMoveOfAThread() {
        Rig rig = rig(new CpuTopology(2, 4, 2, 1), random(4000, 40, 5000), 0, 3, 5);
        rig.serviceNs = 30_000;
        RunResult result = rig.run();
        long seen = 0;
        Map<String, String> last = new TreeMap<>();
        for (String line : trace.of("consumed")) {
            String[] words = line.split(" ");
            String flow = words[2].split("/")[0];
            String before = last.put(flow, words[4]);
            seen += before != null && !before.equals(words[4]) ? 1 : 0;
        }
        // A thread that waits may move more than once before it receives.
        assertThat(seen).isPositive();
        assertThat(result.traffic().steered().threadMoves()).isGreaterThanOrEqualTo(seen);
        assertThat(result.traffic().delivered()).isEqualTo(4000);
    }

    @Test
    void shouldLeaveNoThreadBehindWhateverComesBetweenAWakeUpAndItsInterrupt() {
        for (long seed = 1; seed <= 60; seed++) {
            Rig rig = rig(new CpuTopology(2, 2, 2, 2), random(1500, 12, seed), 0, 1, 2, 3, 4, 5, 6, 7);
            RandomStream random = RandomStreams.stream(seed, "shape");
            rig.ipiLatencyNs = random.nextInt(20_000);
            rig.irqCpus = List.of(0, random.nextInt(8));
            rig.cost(Stage.IDLE_EXIT, random.nextInt(2000)).cost(Stage.SWITCH, random.nextInt(1000));
            rig.rxUsecs = random.nextInt(20);
            rig.serviceNs = random.nextInt(40_000);
            rig.threads = random.nextInt(3) * 3;
            rig.responseBytes = random.nextInt(2) * 66;
            // The engine itself refuses a run that leaves a thread behind.
            RunResult result = rig.run();
            assertThat(result.traffic().delivered()).as("seed %d", seed).isEqualTo(1500);
        }
    }

    @Test
    void shouldServeAllConnectionsByAPoolEachByOneThreadInOrder() {
        Rig rig = rig(CpuTopology.flat(4), random(3000, 50, 9), 0, 1, 2);
        rig.placement = machine -> Placements.pinned(1, 2, 3);
        rig.threads = 3;
        rig.serviceNs = 2000;
        RunResult result = rig.run();
        assertThat(result.traffic().delivered()).isEqualTo(3000);
        assertThat(result.cpus().get(0).usage().applicationNs()).isZero();
        Map<String, Integer> next = new TreeMap<>();
        for (String line : trace.of("consumed")) {
            String[] flowAndSequence = line.split(" ")[2].split("/");
            int expected = next.merge(flowAndSequence[0], 1, Integer::sum) - 1;
            assertThat(Integer.parseInt(flowAndSequence[1])).as(line).isEqualTo(expected);
        }
        assertThat(next).hasSize(50);
        Map<String, String> cpus = cpusByFlow();
        for (int flow = 3; flow < 50; flow++) {
            assertThat(cpus.get("" + flow)).as("flow %d", flow).isEqualTo(cpus.get("" + flow % 3));
        }
        assertThat(cpus.values().stream().distinct()).hasSize(3);
    }

    /** The CPUs on which each flow was received, each once. */
    private Map<String, String> cpusByFlow() {
        Map<String, String> cpus = new TreeMap<>();
        for (String line : trace.of("consumed")) {
            String[] words = line.split(" ");
            cpus.merge(words[2].split("/")[0], words[4], (all, one) -> all.contains(one) ? all : all + "," + one);
        }
        return cpus;
    }

    private static Arrivals random(int packets, int flows, long seed) {
        RandomStream random = RandomStreams.stream(seed, "gaps");
        Arrivals arrivals = Arrivals.list();
        long nowNs = 0;
        for (int i = 0; i < packets; i++) {
            nowNs += random.nextInt(10) == 0 ? random.nextInt(100_000) : random.nextInt(4000);
            arrivals.at(nowNs, random.nextInt(flows));
        }
        return arrivals;
    }
}
