package io.rxsim.core.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.cost.Stage;
import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.cpu.CpuTopology;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.HandoverCause;
import io.rxsim.core.run.HostChange;
import io.rxsim.core.run.NicConfig;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.run.Timeline;
import io.rxsim.core.softnet.SoftnetView;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.SteeringPolicy;
import io.rxsim.core.steer.SteeringReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CPUs go offline and come back while packets are queued. Times are computed by hand from docs/model.md. */
class HotplugTest {
    private final Trace trace = new Trace();

    /** Sends to a CPU while that is online, and does not steer otherwise. */
    record WhileOnline(int cpu) implements SteeringPolicy {
        @Override
        public long steer(int rxQueue, int hash, long nowNs, SoftnetView softnet) {
            return Decision.of(softnet.isOnline(cpu) ? cpu : Decision.NO_CPU, SteeringReason.RPS);
        }

        @Override
        public void onEnqueued(int rxQueue, long decision, int qtail) {
            // It keeps nothing.
        }

        @Override
        public void onConsumed(int hash, int cpu) {
            // It keeps nothing.
        }

        @Override
        public void onClosed(int hash) {
            // It keeps nothing.
        }
    }

    private Rig rig(int cpus, int steeredTo) {
        Rig rig = new Rig().cost(Stage.PROTOCOL, 1000);
        rig.topology = CpuTopology.flat(cpus);
        rig.policy = () -> new WhileOnline(steeredTo);
        rig.observer = trace;
        return rig;
    }

    private static HostChange offline(int cpu) {
        return new HostChange.CpuOnline(cpu, false);
    }

    private static HostChange online(int cpu) {
        return new HostChange.CpuOnline(cpu, true);
    }

    private VirtualHost host(Rig rig, Arrivals arrivals) {
        VirtualHost host = new VirtualHost(rig.scenario(), trace);
        host.attach(arrivals.open());
        arrivals.packets().forEach(host::offer);
        return host;
    }

    /**
     * Five packets at 0 for CPU 2, whose weight is 2 and which takes 1 ms for each. It is to go at 1.5 ms, in the middle of its
     * second packet. The poll and the softirq end at 2 ms; the three that are left go to CPU 0 for 3 x 10 ns.
     */
    @Test
    void shouldSteerAgainWhatADeadCpuLeavesBehindAndAdvanceItsHead() {
        Rig rig = rig(3, 2);
        rig.cost(Stage.PROTOCOL, 1_000_000).cost(Stage.ENQUEUE, 10);
        rig.budget = 2;
        rig.weight = 2;
        rig.rxUsecs = 1;
        VirtualHost host = host(rig, Arrivals.list().bareBurst(5, 0, 0));
        host.runUntil(1_500_000);
        host.change(offline(2));
        assertThat(host.softnet().isOnline(2)).isTrue();
        host.runUntil(9_000_000);
        assertThat(host.softnet().isOnline(2)).isFalse();
        assertThat(host.softnet().inputQueueHead(2)).isEqualTo(5);
        assertThat(host.softnet().processed(2)).isEqualTo(2);
        assertThat(trace.of("steered")).hasSize(8);
        assertThat(trace.of("processed"))
                .containsExactly(
                        "1001040 processed 0/0 cpu 2",
                        "2001040 processed 0/1 cpu 2",
                        "3001070 processed 0/2 cpu 0",
                        "4001070 processed 0/3 cpu 0",
                        "5001070 processed 0/4 cpu 0");
        assertThat(host.inside()).isZero();
    }

    /**
     * Both packets wait on CPU 1, which waits for its IPI until 10,000. At 500 it dies: it takes the IPI, gives up SCHED, and CPU 0
     * queues both on its own backlog, since without CPU 1 they are not steered: 2 x 10 ns, then 1000 ns each.
     */
    @Test
    void shouldQueueOnTheSurvivorWhatIsNotSteeredAny() {
        Rig rig = rig(2, 1);
        rig.cost(Stage.ENQUEUE, 10).cost(Stage.STEER, 0);
        rig.ipiLatencyNs = 10_000;
        VirtualHost host = host(rig, Arrivals.list().bareAt(0, 0).bareAt(0, 0));
        host.runUntil(500);
        host.change(offline(1));
        host.runUntil(5_000);
        assertThat(trace.of("enqueued"))
                .containsExactly(
                        "0 enqueued 0/0 cpu 1 tail 1",
                        "10 enqueued 0/1 cpu 1 tail 2",
                        "500 enqueued 0/0 cpu 0 tail 1",
                        "500 enqueued 0/1 cpu 0 tail 2");
        assertThat(trace.of("processed")).containsExactly("1520 processed 0/0 cpu 0", "2520 processed 0/1 cpu 0");
        assertThat(host.softnet().inputQueueHead(1)).isEqualTo(2);
        assertThat(host.softnet().receivedRps(1)).isEqualTo(1);
        assertThat(host.softnet().backlogScheduled(1)).isFalse();
    }

    @Test
    void shouldNotTakeAnInterruptOfAnEarlierLife() {
        Rig rig = rig(2, 1);
        rig.ipiLatencyNs = 10_000;
        VirtualHost host = host(rig, Arrivals.list().bareAt(0, 0));
        host.runUntil(500);
        host.change(offline(1));
        host.change(online(1));
        host.runUntil(20_000);
        assertThat(host.softnet().receivedRps(1)).isEqualTo(1);
        assertThat(trace.of("processed")).containsExactly("1500 processed 0/0 cpu 0");
    }

    @Test
    void shouldBeSteeredToAgainWhenItIsBack() {
        Rig rig = rig(2, 1);
        VirtualHost host = host(rig, Arrivals.list().bareAt(0, 0));
        host.runUntil(5_000);
        host.change(offline(1));
        host.change(online(1));
        Arrivals.list().bareAt(6_000, 1).packets().forEach(host::offer);
        host.runUntil(9_000);
        assertThat(trace.of("processed")).containsExactly("1000 processed 0/0 cpu 1", "7000 processed 1/0 cpu 1");
    }

    /** 2.6.35: the packet moves, but SCHED and poll list stay, so that the CPU polls when it is back. */
    @Test
    void shouldLeaveSchedAndPollListIn2635() {
        Rig rig = rig(2, 1);
        rig.rules = KernelRules.V2_6_35;
        rig.ipiLatencyNs = 10_000;
        VirtualHost host = host(rig, Arrivals.list().bareAt(0, 0));
        host.runUntil(500);
        host.change(offline(1));
        host.runUntil(20_000);
        assertThat(host.softnet().backlogScheduled(1)).isTrue();
        assertThat(host.softnet().inputQueueHead(1)).isEqualTo(1);
        assertThat(trace.of("processed")).containsExactly("1500 processed 0/0 cpu 0");
        host.change(online(1));
        host.runUntil(30_000);
        assertThat(host.softnet().backlogScheduled(1)).isFalse();
    }

    /** CPU 1 owns the only queue and dies with its instance on the poll list: 6.18 polls it on CPU 0, 2.6.35 leaves it there. */
    @ParameterizedTest
    @ValueSource(strings = {"v6.18", "v2.6.35"})
    void shouldMoveRxInstancesAndInterruptsToTheSurvivor(String version) {
        Rig rig = rig(2, 0);
        rig.rules = KernelRules.of(version);
        rig.irqCpus = List.of(1);
        rig.budget = 1;
        rig.cost(Stage.DRIVER, 4_000).cost(Stage.PROTOCOL, 0);
        VirtualHost host = host(rig, Arrivals.list().bareBurst(1_000, 0, 0));
        host.runUntil(100_000);
        host.change(offline(1));
        host.runUntil(200_000_000);
        boolean modern = version.equals("v6.18");
        assertThat(host.inside() == 0).isEqualTo(modern);
        Arrivals.list().bareAt(300_000_000, 1).packets().forEach(host::offer);
        host.runUntil(400_000_000);
        assertThat(trace.of("steered").get(trace.of("steered").size() - 1).contains("by 0"))
                .isEqualTo(modern);
        host.change(online(1));
        host.runUntil(900_000_000);
        assertThat(host.inside()).isZero();
    }

    @Test
    void shouldSendTheWakeUpsThatADeadCpuOwes() {
        // CPU 1 takes both packets in by interrupts, in the first of which it dies, before the softirq that would wake
        // CPU 2.
        Rig rig = rig(3, 2);
        rig.path = NicConfig.Path.NETIF_RX;
        rig.cost(Stage.DRIVER, 700);
        VirtualHost host = host(rig, Arrivals.list().bareAt(0, 0, 1));
        host.change(offline(1));
        host.runUntil(5_000);
        assertThat(trace.of("processed")).hasSize(1).first().asString().endsWith("cpu 2");
    }

    @Test
    void shouldKeepTheLastCpu() {
        VirtualHost host = host(rig(2, 1), Arrivals.list());
        host.change(offline(1));
        host.change(offline(1));
        assertThatThrownBy(() -> host.change(offline(0))).hasMessageContaining("EBUSY");
    }

    /** The thread's work of 5000 ns is cut after 2000 ns on CPU 1 and ends on CPU 0, 3000 ns and a switch later. */
    @Test
    void shouldGoOnElsewhereWithAThreadInTheMiddleOfItsWork() {
        Rig rig = rig(2, 0);
        rig.placement = machine -> Placements.pinned(1);
        rig.serviceNs = 5_000;
        rig.cost(Stage.SWITCH, 70);
        VirtualHost host = host(rig, Arrivals.list().at(0, 0));
        host.runUntil(3_070);
        assertThat(host.inside()).isEqualTo(1);
        host.change(offline(1));
        host.runUntil(3_070 + 70 + 2_999);
        assertThat(host.inside()).isEqualTo(1);
        host.runUntil(3_070 + 70 + 3_000);
        assertThat(host.inside()).isZero();
        assertThat(trace.of("consumed")).containsExactly("1070 consumed 0/0 cpu 1");
    }

    @Test
    void shouldRunThreadsOfADeadCpuOnTheLowestCpu() {
        Rig rig = rig(3, 0);
        rig.placement = machine -> Placements.pinned(2, 2, 1);
        rig.serviceNs = 1_000;
        Arrivals arrivals = Arrivals.list().at(0, 0).at(0, 1).at(0, 2);
        VirtualHost host = host(rig, arrivals);
        host.runUntil(1_500);
        host.change(offline(2));
        Arrivals.list().at(50_000, 3, packet -> packet.flow = 0).packets().forEach(host::offer);
        host.runUntil(90_000);
        assertThat(trace.of("consumed"))
                .filteredOn(line -> !line.startsWith("1000 "))
                .isNotEmpty()
                .allMatch(line -> line.endsWith("cpu 0") || line.contains("2/0"));
        assertThat(host.inside()).isZero();
    }

    /**
     * Packets not steered any more are processed inline at once, those of the dead CPU wait on the survivor's backlog behind 100
     * others: a later packet passes, which the audit counts under the dead CPU.
     */
    @Test
    void shouldCountAsHandoverWhatPassesTheReinjected() {
        Rig rig = rig(2, 1);
        rig.cost(Stage.PROTOCOL, 100_000).cost(Stage.DRIVER, 10);
        rig.ipiLatencyNs = 1_000_000;
        Arrivals arrivals = Arrivals.list().bareBurst(100, 0, 0).bareAt(700_000, 0);
        rig.arrivals(arrivals);
        List<Timeline.Timed> changes = new ArrayList<>();
        changes.add(new Timeline.Timed(600_000, offline(1)));
        RunResult result = new VirtualEngine().run(rig.scenario().with(new Timeline(changes)), trace, rig.stop);
        assertThat(result.order().violations()).isZero();
        assertThat(result.order().handover().get(HandoverCause.CPU_OFFLINE)).isPositive();
        assertThat(result.traffic().delivered()).isEqualTo(101);
    }

    @Test
    void shouldLeaveTheInterruptWhereItWentWhenItsCpuIsBack() {
        Rig rig = rig(3, 2);
        rig.irqCpus = List.of(1);
        VirtualHost host = host(rig, Arrivals.list());
        host.change(offline(1));
        host.change(online(1));
        Arrivals.list().bareAt(10_000, 0).packets().forEach(host::offer);
        host.runUntil(12_000);
        assertThat(trace.of("steered")).containsExactly("10000 steered 0/0 by 0 to 2");
        host.change(new HostChange.IrqAffinity(0, CpuMask.parse("6", 3)));
        Arrivals.list().bareAt(20_000, 1).packets().forEach(host::offer);
        host.runUntil(22_000);
        assertThat(trace.of("steered")).last().isEqualTo("20000 steered 1/0 by 1 to 2");
    }
}
