package io.rxsim.core.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.cost.Stage;
import io.rxsim.core.cpu.CpuTopology;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.CpuResult;
import io.rxsim.core.run.HostChange;
import io.rxsim.core.run.NapiThreads;
import io.rxsim.core.run.NicConfig;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.run.RxObserver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Threads that poll NAPI instances: of RX queues ({@code threaded}), of backlogs ({@code thread_backlog_napi}). */
class ThreadedNapiTest {
    private static final NapiThreads NIC = new NapiThreads(true, false);
    private static final NapiThreads BACKLOG = new NapiThreads(false, true);

    private final Trace trace = new Trace();
    private final List<String> polls = new ArrayList<>();
    private final RxObserver pollObserver = new RxObserver() {
        @Override
        public void onPolled(long nowNs, int cpu, int rxQueue, int work, int weight) {
            polls.add("cpu " + cpu + (rxQueue == BACKLOG ? " backlog " : " queue ") + work + "/" + weight);
        }
    };

    private static Rig rig(int cpus, NapiThreads threads) {
        Rig rig = new Rig();
        rig.topology = CpuTopology.flat(cpus);
        rig.napiThreads = threads;
        return rig;
    }

    private static CpuResult.Softnet softnet(RunResult result, int cpu) {
        return result.cpus().get(cpu).softnet();
    }

    private static CpuResult.Usage usage(RunResult result, int cpu) {
        return result.cpus().get(cpu).usage();
    }

    /**
     * The interrupt (100) wakes the queue's thread (10), which is switched to (20), polls (30), takes the packet in (40), gives it
     * to its socket (50), whose thread it wakes (10); that is switched to (20). No softirq, so none is paid.
     */
    @Test
    void shouldSpendThreadTimeWhereTheSoftirqSpendsSoftirqTime() {
        Rig rig = rig(1, NIC).arrivals(Arrivals.list().at(0, 0));
        rig.cost(Stage.HARDIRQ, 100)
                .cost(Stage.WAKEUP, 10)
                .cost(Stage.SWITCH, 20)
                .cost(Stage.POLL, 30);
        rig.cost(Stage.DRIVER, 40).cost(Stage.PROTOCOL, 50).cost(Stage.SOFTIRQ, 10_000);

        assertThat(usage(rig.run(), 0)).isEqualTo(new CpuResult.Usage(110, 0, 150, 20, 0));
    }

    @Test
    void shouldPollUntilTheRingIsEmptyWithoutBudgetOrSqueeze() {
        Rig rig = rig(1, NIC)
                .cost(Stage.DRIVER, 1_000_000)
                .arrivals(Arrivals.list().bareBurst(200, 0, 0));
        rig.budget = 10;
        rig.rxUsecs = 1;
        rig.observer = pollObserver;
        RunResult result = rig.run();

        assertThat(polls)
                .containsExactly("cpu 0 queue 64/64", "cpu 0 queue 64/64", "cpu 0 queue 64/64", "cpu 0 queue 8/64");
        assertThat(softnet(result, 0)).isEqualTo(new CpuResult.Softnet(200, 0, 0, 0));
        rig.napiThreads = NapiThreads.NONE;
        assertThat(softnet(rig.run(), 0).timeSqueeze()).isEqualTo(4);
    }

    /** A packet of 1000 ns in the thread's poll is prolonged by an interrupt of 300 for another queue; each counts apart. */
    @Test
    void shouldBeInterruptedButNotBySoftirqs() {
        Rig rig = rig(1, NIC).cost(Stage.DRIVER, 1000).cost(Stage.HARDIRQ, 300);
        rig.irqCpus = List.of(0, 0);
        rig.observer = trace;
        rig.arrivals(Arrivals.list().bareAt(0, 0).bareAt(500, 1));

        assertThat(usage(rig.run(), 0)).isEqualTo(new CpuResult.Usage(600, 0, 2000, 0, 0));
        assertThat(trace.of("processed")).containsExactly("1600 processed 0/0 cpu 0", "2600 processed 1/0 cpu 0");
    }

    /** What a poll queues on its own CPU waits for the poll's end, and is then the softirq's. */
    @Test
    void shouldRunRaisedSoftirqsBetweenPolls() {
        Rig rig = rig(1, NIC).arrivals(Arrivals.list().bareBurst(100, 0, 0));
        rig.cost(Stage.DRIVER, 10).cost(Stage.PROTOCOL, 7);
        rig.policy = () -> Policies.to(0);
        rig.rxUsecs = 1;
        rig.observer = pollObserver;

        assertThat(usage(rig.run(), 0)).isEqualTo(new CpuResult.Usage(0, 700, 1000, 0, 1000));
        assertThat(polls)
                .containsExactly(
                        "cpu 0 queue 64/64",
                        "cpu 0 backlog 64/64",
                        "cpu 0 backlog 0/64",
                        "cpu 0 queue 36/64",
                        "cpu 0 backlog 36/64");
    }

    @Test
    void shouldSendIpisAfterEachPoll() {
        Rig rig = rig(2, NIC).cost(Stage.DRIVER, 10).cost(Stage.SOFTIRQ, 5);
        rig.arrivals(Arrivals.list().bareBurst(100, 0, 0));
        rig.policy = () -> Policies.to(1);
        rig.rxUsecs = 1;
        RunResult result = rig.run();

        assertThat(result.traffic().steered().ipis()).isEqualTo(2);
        assertThat(softnet(result, 1)).isEqualTo(new CpuResult.Softnet(100, 0, 0, 2));
        assertThat(usage(result, 0).softirqNs()).isZero();
    }

    /**
     * CPU 0 takes the packets in by two actions (5 each), and wakes the thread of CPU 1 (10) for the first, at 1005; that is told
     * after 500, and switches (20).
     */
    @Test
    void shouldWakeTheThreadOfARemoteBacklogInsteadOfInterruptingItsCpu() {
        Rig rig = rig(2, BACKLOG).arrivals(Arrivals.list().bareBurst(70, 0, 0));
        rig.cost(Stage.WAKEUP, 10).cost(Stage.SWITCH, 20).cost(Stage.PROTOCOL, 1000);
        rig.cost(Stage.IPI_SEND, 7777).cost(Stage.IPI_RECEIVE, 7777).cost(Stage.SOFTIRQ, 5);
        rig.ipiLatencyNs = 500;
        rig.rxUsecs = 1;
        rig.policy = () -> Policies.to(1);
        rig.observer = pollObserver;
        RunResult result = rig.run();

        assertThat(result.traffic().steered().ipis()).isZero();
        assertThat(softnet(result, 1)).isEqualTo(new CpuResult.Softnet(70, 0, 0, 0));
        assertThat(usage(result, 0)).isEqualTo(new CpuResult.Usage(0, 20, 0, 0, 71_505));
        assertThat(usage(result, 1)).isEqualTo(new CpuResult.Usage(0, 0, 70_020, 0, 1505));
        assertThat(polls).contains("cpu 1 backlog 64/64", "cpu 1 backlog 6/64");
    }

    /** The own backlog is polled by the softirq, thread or not; on the netif_rx path waking another's costs the interrupt. */
    @Test
    void shouldLeaveTheOwnBacklogToTheSoftirq() {
        Rig rig = rig(2, BACKLOG).cost(Stage.PROTOCOL, 100).cost(Stage.WAKEUP, 10);
        rig.path = NicConfig.Path.NETIF_RX;
        rig.arrivals(Arrivals.list().bareAt(0, 0, 0).bareAt(1000, 0, 1));
        rig.policy = () -> Policies.to(0);
        RunResult result = rig.run();

        assertThat(usage(result, 0)).isEqualTo(new CpuResult.Usage(0, 100, 100, 0, 900));
        assertThat(usage(result, 1).hardirqNs()).isEqualTo(10);
        assertThat(softnet(result, 0).receivedRps()).isZero();
    }

    /** The application works 5 ms on a packet when the next one comes: a softirq goes before it, a thread waits its turn. */
    @Test
    void shouldCompeteWithTheApplicationForItsCpu() {
        Rig rig = rig(1, NapiThreads.NONE).arrivals(Arrivals.list().at(0, 0).at(1_000_000, 0));
        rig.serviceNs = 5_000_000;
        rig.observer = trace;
        rig.run();
        rig.napiThreads = NIC;
        rig.run();
        rig.topology = CpuTopology.flat(2);
        RunResult onTwo = rig.run();

        assertThat(trace.of("processed"))
                .containsExactly(
                        "0 processed 0/0 cpu 0",
                        "1000000 processed 0/1 cpu 0",
                        "0 processed 0/0 cpu 0",
                        "5000000 processed 0/1 cpu 0",
                        // Woken while its CPU is busy, it goes to one that is idle.
                        "0 processed 0/0 cpu 0",
                        "1000000 processed 0/1 cpu 1");
        assertThat(softnet(onTwo, 1).processed()).isEqualTo(1);
    }

    /** Both want the CPU all the time: the slice of 2.8 ms ends with a poll of 64 packets of 10 us, or with a packet of 100 us. */
    @Test
    void shouldShareItsCpuSliceBySlice() {
        Arrivals arrivals = Arrivals.list();
        for (int i = 0; i < 100; i++) {
            arrivals.at(0, 0);
        }
        arrivals.bareBurst(2000, 10_000, 1);
        Rig rig = rig(1, NIC).cost(Stage.PROTOCOL, 10_000).arrivals(arrivals);
        rig.serviceNs = 100_000;
        rig.rxUsecs = 1;
        rig.observer = trace;
        RunResult result = rig.run();

        assertThat(usage(result, 0)).isEqualTo(new CpuResult.Usage(0, 0, 21_000_000, 10_000_000, 1000));
        List<String> order = trace.lines.stream()
                .filter(line -> line.contains("consumed") || line.contains("processed"))
                .toList();
        long turns = 1;
        for (int i = 1; i < order.size(); i++) {
            turns += order.get(i).contains("consumed") != order.get(i - 1).contains("consumed") ? 1 : 0;
        }
        // Polls to 3.2 ms, work to 5.6 (it had run less), polls to 6.4, work to 8.4, polls to 9.6, work to 10, polls.
        assertThat(turns).isEqualTo(7);
    }

    /** threaded is written while an instance is polled: it changes when it is scheduled next. */
    @Test
    void shouldChangeWhenItIsScheduledNext() {
        Rig rig = rig(1, NapiThreads.NONE).cost(Stage.DRIVER, 100);
        VirtualHost host = new VirtualHost(rig.scenario(), pollObserver);
        host.attach(Arrivals.list().open());
        Arrivals.list().bareAt(0, 0).packets().forEach(host::offer);
        host.runUntil(50);
        host.change(new HostChange.Threaded(true));
        host.runUntil(200);
        assertThat(host.cpus[0].usage.softirqNs).isEqualTo(100);
        Arrivals.list().bareAt(1000, 0).packets().forEach(host::offer);
        host.runUntil(1050);
        host.change(new HostChange.Threaded(false));
        host.runUntil(2000);
        assertThat(host.cpus[0].usage.napiThreadNs).isEqualTo(100);
        Arrivals.list().bareAt(3000, 0).packets().forEach(host::offer);
        host.drain();
        assertThat(host.cpus[0].usage.softirqNs).isEqualTo(200);
        assertThat(host.cpus[0].usage.napiThreadNs).isEqualTo(100);
    }

    /** CPU 1 goes offline after the first poll of its backlog's thread: what is left is steered again, and the thread waits. */
    @Test
    void shouldParkTheThreadOfADeadCpuAndMoveThatOfAQueue() {
        Rig rig = rig(3, new NapiThreads(true, true)).cost(Stage.PROTOCOL, 1000);
        rig.irqCpus = List.of(2);
        rig.rxUsecs = 1;
        rig.policy = () -> new HotplugTest.WhileOnline(1);
        VirtualHost host = new VirtualHost(rig.scenario(), pollObserver);
        Arrivals arrivals = Arrivals.list().bareBurst(100, 0, 1).bareBurst(3, 200_000, 1);
        host.attach(arrivals.open());
        arrivals.packets().subList(0, 100).forEach(host::offer);
        host.runUntil(30_000);
        host.change(new HostChange.CpuOnline(1, false));
        host.change(new HostChange.CpuOnline(2, false));
        host.runUntil(65_000);
        assertThat(host.softnet().isOnline(1)).isFalse();
        assertThat(host.softnet().processed(1)).isEqualTo(64);
        assertThat(host.softnet().backlogScheduled(1)).isTrue();
        host.runUntil(150_000);
        host.change(new HostChange.CpuOnline(1, true));
        arrivals.packets().subList(100, 103).forEach(host::offer);
        host.drain();

        assertThat(host.softnet().processed(1)).isEqualTo(67);
        assertThat(host.softnet().receivedRps(1)).isZero();
        assertThat(polls).contains("cpu 1 backlog 64/64", "cpu 1 backlog 0/64", "cpu 0 queue 3/64");
        assertThat(host.inside()).isZero();
    }

    @Test
    void shouldNotExistIn2635NorWithoutNapi() {
        Rig old = rig(1, BACKLOG);
        old.rules = KernelRules.V2_6_35;
        assertThatThrownBy(old::machine).hasMessageContaining("allowed is none in v2.6.35");
        Rig veth = rig(1, NIC);
        veth.path = NicConfig.Path.NETIF_RX;
        assertThatThrownBy(veth::machine).hasMessage("threaded=1, allowed with path napi only");
    }
}
