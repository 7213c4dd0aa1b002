package io.rxsim.core.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.cost.Stage;
import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.cpu.CpuTopology;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.DeviceState;
import io.rxsim.core.run.HandoverCause;
import io.rxsim.core.run.HostChange;
import io.rxsim.core.run.NicConfig;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.run.Timeline;
import io.rxsim.core.softnet.DropReason;
import io.rxsim.core.softnet.SoftnetView;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.SteeringPolicy;
import io.rxsim.core.steer.SteeringReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings, device, interrupts and threads change while packets are queued. Times are computed by hand from docs/model.md. */
class HostChangeTest {
    private final Trace trace = new Trace();

    /** Sends to the lowest CPU of the map that was written last; remembers the other writes. */
    private static final class Written implements SteeringPolicy {
        private final List<String> writes = new ArrayList<>();
        private int cpu = 1;

        @Override
        public long steer(int rxQueue, int hash, long nowNs, SoftnetView softnet) {
            return Decision.of(cpu, SteeringReason.RPS);
        }

        @Override
        public void onRpsCpus(int rxQueue, CpuMask map) {
            writes.add("rps_cpus " + rxQueue + " " + map);
            cpu = map.isEmpty() ? Decision.NO_CPU : map.cpus()[0];
        }

        @Override
        public void onRpsFlowCnt(int rxQueue, int slots) {
            writes.add("rps_flow_cnt " + rxQueue + " " + slots);
        }

        @Override
        public void onRpsSockFlowEntries(int entries) {
            writes.add("rps_sock_flow_entries " + entries);
        }

        @Override
        public void onEnqueued(int rxQueue, long decision, int qtail) {
            // It keeps nothing.
        }

        @Override
        public void onConsumed(int hash, int itsCpu) {
            // It keeps nothing.
        }

        @Override
        public void onClosed(int hash) {
            // It keeps nothing.
        }
    }

    private Rig rig(int cpus) {
        Rig rig = new Rig().cost(Stage.PROTOCOL, 1_000);
        rig.topology = CpuTopology.flat(cpus);
        rig.policy = Written::new;
        rig.observer = trace;
        return rig;
    }

    private RunResult run(Rig rig, Arrivals arrivals, Timeline.Timed... changes) {
        rig.arrivals(arrivals);
        return new VirtualEngine().run(rig.scenario().with(new Timeline(List.of(changes))), trace, rig.stop);
    }

    private static Timeline.Timed at(long ns, HostChange change) {
        return new Timeline.Timed(ns, change);
    }

    private static CpuMask mask(String text) {
        return CpuMask.parse(text, 3);
    }

    /** At 3500 packets 3 to 5 wait on CPU 1; packet 6 finds CPU 2, which is idle, and passes two of them. */
    @Test
    void shouldLetPacketsUnderANewMapPassThoseUnderTheOld() {
        RunResult result = run(
                rig(3),
                Arrivals.list().bareBurst(6, 0, 0).bareAt(3_500, 0),
                at(3_500, new HostChange.RpsCpus(0, mask("4"))));
        assertThat(trace.of("processed"))
                .containsExactly(
                        "1000 processed 0/0 cpu 1",
                        "2000 processed 0/1 cpu 1",
                        "3000 processed 0/2 cpu 1",
                        "4000 processed 0/3 cpu 1",
                        "4500 processed 0/6 cpu 2",
                        "5000 processed 0/4 cpu 1",
                        "6000 processed 0/5 cpu 1");
        assertThat(result.order().violations()).isZero();
        assertThat(result.order().handover().get(HandoverCause.TABLE_CHANGED)).isEqualTo(2);
    }

    @Test
    void shouldTellThePolicyOfWritesWithTheCpusThatAreOnlineThen() {
        Written policy = new Written();
        Rig rig = rig(3);
        rig.policy = () -> policy;
        VirtualHost host = new VirtualHost(rig.scenario(), trace);
        host.change(new HostChange.CpuOnline(2, false));
        host.change(new HostChange.RpsCpus(0, mask("6")));
        host.change(new HostChange.CpuOnline(2, true));
        host.change(new HostChange.RpsFlowCnt(0, 8));
        host.change(new HostChange.RpsSockFlowEntries(16));
        assertThat(policy.writes).containsExactly("rps_cpus 0 2", "rps_flow_cnt 0 8", "rps_sock_flow_entries 16");
    }

    /** A limit of 1 keeps two packets; under 3 from 500 on, two more; under 0 from 600 on, none. */
    @Test
    void shouldObeyANewBacklogLimitFromTheNextPacketOn() {
        Rig rig = rig(2).cost(Stage.PROTOCOL, 100_000);
        rig.maxBacklog = 1;
        rig.ipiLatencyNs = 50_000;
        RunResult result = run(
                rig,
                Arrivals.list().bareBurst(4, 0, 0).bareBurst(4, 500, 0).bareAt(600, 0),
                at(500, new HostChange.NetdevMaxBacklog(3)),
                at(600, new HostChange.NetdevMaxBacklog(0)));
        assertThat(trace.of("dropped"))
                .containsExactly(
                        "0 dropped 0/2 cpu 1 CPU_BACKLOG",
                        "0 dropped 0/3 cpu 1 CPU_BACKLOG",
                        "500 dropped 0/6 cpu 1 CPU_BACKLOG",
                        "500 dropped 0/7 cpu 1 CPU_BACKLOG",
                        "600 dropped 0/8 cpu 1 CPU_BACKLOG");
        assertThat(result.traffic().delivered()).isEqualTo(4);
    }

    /** Weight 4 is written during the first poll of 2, and read by the second, which has 2 still; the third has 4. */
    @Test
    void shouldUseANewWeightFromTheNextBacklogPollButOne() {
        Rig rig = rig(2);
        rig.weight = 2;
        VirtualHost host = new VirtualHost(rig.scenario(), trace);
        List<Integer> heads = new ArrayList<>();
        Arrivals.list().bareBurst(10, 0, 0).packets().forEach(host::offer);
        host.runUntil(500);
        host.change(new HostChange.BacklogWeight(4));
        for (int done = 1; done <= 10; done++) {
            host.runUntil(done * 1_000L + 1);
            heads.add(host.softnet().inputQueueHead(1));
        }
        assertThat(heads).containsExactly(0, 2, 2, 4, 4, 4, 4, 8, 8, 10);
    }

    /** A budget of 1 squeezes every invocation, of a poll of 2 and of the last packet; from 2500 on, 300 may pass. */
    @Test
    void shouldObeyANewBudgetFromTheNextInvocationOn() {
        Rig rig = rig(2);
        rig.weight = 2;
        rig.budget = 1;
        Arrivals arrivals = Arrivals.list().bareBurst(10, 0, 0).bareAt(50_000, 0);
        RunResult kept = run(rig, arrivals);
        RunResult raised = run(rig, arrivals, at(2_500, new HostChange.NetdevBudget(300)));
        assertThat(kept.cpus().get(1).softnet().timeSqueeze()).isEqualTo(6);
        assertThat(raised.cpus().get(1).softnet().timeSqueeze()).isEqualTo(2);
    }

    /** 6.18 takes 0 and less: one poll an invocation. 2.6.35 would raise NET_RX for ever and poll nothing. */
    @Test
    void shouldRefuseABudgetThatPollsNothing() {
        Rig rig = rig(2);
        rig.weight = 2;
        Arrivals arrivals = Arrivals.list().bareBurst(10, 0, 0).bareAt(50_000, 0);
        RunResult one = run(rig, arrivals, at(0, new HostChange.NetdevBudget(-5)));
        assertThat(one.traffic().delivered()).isEqualTo(11);
        assertThat(one.cpus().get(1).softnet().timeSqueeze()).isPositive();
        rig.rules = KernelRules.V2_6_35;
        assertThatThrownBy(() -> run(rig, arrivals, at(0, new HostChange.NetdevBudget(0))))
                .hasMessageContaining("netdev_budget=0, allowed is 1 or more");
        assertThatThrownBy(() -> run(rig, arrivals, at(0, new HostChange.BacklogWeight(0))))
                .hasMessageContaining("dev_weight=0, allowed is 1 or more");
        rig.budget = 0;
        assertThatThrownBy(rig::machine).hasMessage("netdev_budget=0, allowed is 1 or more in v2.6.35");
    }

    @Test
    void shouldObeyANewTimeLimitFromTheNextInvocationOn() {
        Rig rig = rig(2).cost(Stage.PROTOCOL, 1_000_000);
        rig.weight = 20;
        rig.budgetUsecs = 100_000;
        Arrivals arrivals = Arrivals.list().bareBurst(40, 0, 0);
        RunResult kept = run(rig, arrivals);
        RunResult cut = run(rig, arrivals, at(0, new HostChange.NetdevBudgetUsecs(8_000)));
        assertThat(kept.cpus().get(1).softnet().timeSqueeze()).isZero();
        assertThat(cut.cpus().get(1).softnet().timeSqueeze()).isPositive();
    }

    /** Down from 1000 to 5000: what is in the ring and what comes is lost, what is on the backlog is not. */
    @Test
    void shouldLoseAtTheNicWhileTheDeviceIsDown() {
        Rig rig = rig(2);
        rig.rxUsecs = 2;
        RunResult result = run(
                rig,
                Arrivals.list().bareAt(0, 0).bareAt(500, 0).bareAt(3_000, 0).bareAt(6_000, 0),
                at(1_000, new HostChange.Device(DeviceState.DOWN)),
                at(5_000, new HostChange.Device(DeviceState.UP)));
        assertThat(trace.of("dropped"))
                .containsExactly(
                        "1000 dropped 0/0 cpu 0 NIC_DOWN",
                        "1000 dropped 0/1 cpu 0 NIC_DOWN",
                        "3000 dropped 0/2 cpu 0 NIC_DOWN");
        assertThat(trace.of("processed")).containsExactly("9000 processed 0/3 cpu 1");
        assertThat(result.cpus().get(1).softnet().dropped()).isZero();
    }

    /** 10 packets wait on CPU 1 when the device is unregistered: flush_backlog frees them and counts nothing; what comes later is refused. */
    @Test
    void shouldCountRefusalsOfADeviceThatIsGoneButNotWhatIsFlushed() {
        Rig rig = rig(2);
        rig.path = NicConfig.Path.NETIF_RX;
        rig.ipiLatencyNs = 1_000;
        rig.maxBacklog = 9;
        RunResult result = run(
                rig,
                Arrivals.list().bareBurst(12, 0, 0).bareAt(40_000, 0),
                at(500, new HostChange.Device(DeviceState.UNREGISTERED)));
        assertThat(result.traffic().dropped())
                .containsEntry(DropReason.CPU_BACKLOG, 2L)
                .containsEntry(DropReason.DEV_READY, 11L);
        assertThat(result.traffic().rxDropped()).isEqualTo(3);
        assertThat(result.traffic().delivered()).isZero();
    }

    /** netif_rx of a device that is down: refused in 6.18, which looks, and not in 2.6.35; no softnet counter moves. */
    @ParameterizedTest
    @ValueSource(strings = {"v6.18", "v2.6.35"})
    void shouldRefusePacketsOfADeviceThatIsDown(String version) {
        Rig rig = rig(2);
        rig.rules = KernelRules.of(version);
        rig.path = NicConfig.Path.NETIF_RX;
        RunResult result = run(rig, Arrivals.list().bareAt(100, 0), at(0, new HostChange.Device(DeviceState.DOWN)));
        boolean looks = version.equals("v6.18");
        assertThat(result.traffic().dropped().get(DropReason.DEV_READY)).isEqualTo(looks ? 1 : 0);
        assertThat(result.traffic().delivered()).isEqualTo(looks ? 0 : 1);
        assertThat(result.cpus().get(1).softnet().dropped()).isZero();
    }

    /** Interrupts move from CPU 0 to CPU 2 at 5000; the poll in progress stays on CPU 0. */
    @Test
    void shouldMoveInterruptsButNotThePollInProgress() {
        Rig rig = rig(3).cost(Stage.DRIVER, 3_000);
        run(
                rig,
                Arrivals.list().bareAt(0, 0).bareAt(1_000, 0).bareAt(20_000, 0),
                at(2_000, new HostChange.IrqAffinity(0, mask("4"))));
        assertThat(trace.of("steered"))
                .containsExactly(
                        "3000 steered 0/0 by 0 to 1", "6000 steered 0/1 by 0 to 1", "23000 steered 0/2 by 2 to 1");
    }

    @Test
    void shouldMoveOneThreadOrAllOfACpu() {
        Rig rig = rig(3);
        rig.placement = machine -> Placements.pinned(0, 0, 2);
        Arrivals arrivals = Arrivals.list().at(0, 0).at(0, 1).at(0, 2);
        arrivals.at(50_000, 0)
                .at(50_000, 1)
                .at(50_000, 2)
                .at(90_000, 0)
                .at(90_000, 1)
                .at(90_000, 2);
        RunResult result = run(
                rig,
                arrivals,
                at(40_000, new HostChange.ThreadMove(1, 2)),
                at(80_000, new HostChange.ThreadsMove(2, 1)));
        assertThat(trace.of("consumed").stream().map(line -> line.replaceFirst("^\\d+ ", "")))
                .containsExactlyInAnyOrder(
                        "consumed 0/0 cpu 0",
                        "consumed 1/0 cpu 0",
                        "consumed 2/0 cpu 2",
                        "consumed 0/1 cpu 0",
                        "consumed 1/1 cpu 2",
                        "consumed 2/1 cpu 2",
                        "consumed 0/2 cpu 0",
                        "consumed 1/2 cpu 1",
                        "consumed 2/2 cpu 1");
        assertThat(result.traffic().steered().threadMoves()).isEqualTo(3);
    }

    @Test
    void shouldDoNothingThatIsPlannedAfterTheLoad() {
        Rig rig = rig(2);
        RunResult result =
                run(rig, Arrivals.list().bareAt(0, 0), at(1_000_000, new HostChange.Device(DeviceState.UNREGISTERED)));
        assertThat(result.traffic().delivered()).isEqualTo(1);
        assertThat(result.digest())
                .isEqualTo(run(rig, Arrivals.list().bareAt(0, 0)).digest());
    }
}
