package io.rxsim.core.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.cost.Stage;
import io.rxsim.core.cpu.CpuTopology;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.NicConfig;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.run.RxObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class BacklogAndIpiTest {
    private final Trace trace = new Trace();

    /** Heads of CPU 1 as each packet is processed, ten packets with a backlog weight of four. */
    private static List<Integer> headsSeen(KernelRules rules) {
        List<Integer> heads = new ArrayList<>();
        VirtualHost[] host = new VirtualHost[1];
        Rig rig = new Rig();
        rig.rules = rules;
        rig.policy = () -> Policies.to(1);
        rig.weight = 4;
        rig.rxUsecs = 1;
        rig.observer = new RxObserver() {
            @Override
            public void onProcessed(long nowNs, int flow, int sequence, int cpu) {
                heads.add(host[0].softnet().inputQueueHead(1));
            }
        };
        host[0] = new VirtualHost(rig.scenario(), rig.observer);
        Arrivals.list().bareBurst(10, 0, 0).packets().forEach(host[0]::offer);
        host[0].drain();
        heads.add(host[0].softnet().inputQueueHead(1));
        return heads;
    }

    @Test
    void shouldAdvanceTheHeadOncePerPollIn618() {
        assertThat(headsSeen(KernelRules.V6_18)).containsExactly(0, 0, 0, 0, 4, 4, 4, 4, 8, 8, 10);
    }

    @Test
    void shouldAdvanceTheHeadPerPacketIn2635() {
        assertThat(headsSeen(KernelRules.V2_6_35)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    private RunResult run(Rig rig, int cpus, IntUnaryOperator cpuOfHash) {
        rig.topology = CpuTopology.flat(cpus);
        rig.policy = () -> Policies.byHash(cpuOfHash);
        rig.observer = trace;
        return rig.run();
    }

    @Test
    void shouldSendOneIpiForABurstToAnIdleCpu() {
        Rig rig = new Rig().cost(Stage.PROTOCOL, 1000).arrivals(Arrivals.list().bareBurst(50, 0, 0));
        RunResult result = run(rig, 2, hash -> 1);
        assertThat(result.cpus().get(1).softnet().receivedRps()).isEqualTo(1);
        assertThat(result.traffic().steered().ipis()).isEqualTo(1);
        assertThat(result.cpus().get(1).softnet().processed()).isEqualTo(50);
    }

    @Test
    void shouldSendAnIpiForEveryPacketToACpuThatIsIdleAgain() {
        Arrivals arrivals = Arrivals.list();
        for (int i = 0; i < 20; i++) {
            arrivals.bareAt(i * 10_000L, 0);
        }
        RunResult result = run(new Rig().cost(Stage.PROTOCOL, 1000).arrivals(arrivals), 2, hash -> 1);
        assertThat(result.cpus().get(1).softnet().receivedRps()).isEqualTo(20);
    }

    /** The first packet is being processed (input queue empty, SCHED set) when the second and third come. */
    private RunResult arriveDuringTheLastBatch(KernelRules rules) {
        Rig rig = new Rig().cost(Stage.PROTOCOL, 10_000);
        rig.arrivals(Arrivals.list().bareAt(0, 0).bareAt(3000, 0).bareAt(6000, 0));
        rig.rules = rules;
        return run(rig, 2, hash -> 1);
    }

    @Test
    void shouldNotInterruptACpuThatStillPollsIn618() {
        assertThat(arriveDuringTheLastBatch(KernelRules.V6_18)
                        .cpus()
                        .get(1)
                        .softnet()
                        .receivedRps())
                .isEqualTo(1);
    }

    @Test
    void shouldInterruptAgainDuringTheLastBatchIn2635BecauseSchedWasClearedEarly() {
        RunResult result = arriveDuringTheLastBatch(KernelRules.V2_6_35);
        assertThat(result.cpus().get(1).softnet().receivedRps()).isEqualTo(2);
        assertThat(trace.of("processed"))
                .containsExactly("10000 processed 0/0 cpu 1", "20000 processed 0/1 cpu 1", "30000 processed 0/2 cpu 1");
    }

    @Test
    void shouldEndThePollWithItsLastBatchIn2635AndTakeLaterPacketsInAnother() {
        Rig rig = new Rig().cost(Stage.PROTOCOL, 10_000).cost(Stage.POLL, 1);
        rig.arrivals(Arrivals.list().bareAt(0, 0).bareAt(3000, 0).bareAt(6000, 0));
        rig.rules = KernelRules.V2_6_35;
        run(rig, 2, hash -> 1);
        // A poll of CPU 0, then two of CPU 1: the second is paid after the first packet.
        assertThat(trace.of("processed"))
                .containsExactly("10002 processed 0/0 cpu 1", "20003 processed 0/1 cpu 1", "30003 processed 0/2 cpu 1");
    }

    @Test
    void shouldKeepSchedIn2635WhenTheBatchFillsTheQuota() {
        Rig rig = new Rig().cost(Stage.PROTOCOL, 10_000);
        rig.arrivals(Arrivals.list().bareBurst(4, 0, 0).bareAt(15_000, 0));
        rig.rules = KernelRules.V2_6_35;
        rig.weight = 4;
        rig.ipiLatencyNs = 10;
        assertThat(run(rig, 2, hash -> 1).cpus().get(1).softnet().receivedRps()).isEqualTo(1);
    }

    @Test
    void shouldSendIpisLastTargetFirstAndOnePerTarget() {
        Rig rig = new Rig().cost(Stage.PROTOCOL, 1000);
        rig.arrivals(Arrivals.list().bareAt(0, 0).bareAt(0, 1).bareAt(0, 0).bareAt(0, 2));
        rig.rxUsecs = 1;
        RunResult result = run(rig, 4, hash -> hash);
        assertThat(result.traffic().steered().ipis()).isEqualTo(3);
        assertThat(trace.of("processed"))
                .containsExactly(
                        "2000 processed 2/0 cpu 3",
                        "2000 processed 1/0 cpu 2",
                        "2000 processed 0/0 cpu 1",
                        "3000 processed 0/1 cpu 1");
    }

    @Test
    void shouldHoldIpisBackUntilTheEndOfTheAction() {
        Rig rig = new Rig().cost(Stage.DRIVER, 1000).arrivals(Arrivals.list().bareBurst(3, 0, 0));
        rig.rxUsecs = 1;
        run(rig, 2, hash -> 1);
        assertThat(trace.of("processed").get(0)).isEqualTo("4000 processed 0/0 cpu 1");
    }

    @Test
    void shouldFlushIpisBeforeTheOwnBacklogIsPolled() {
        // Hash 1 goes to CPU 1, hash 2 to the own backlog, whose poll takes long: CPU 1 must not wait for it.
        Rig rig = new Rig()
                .cost(Stage.PROTOCOL, 50_000)
                .arrivals(Arrivals.list().bareAt(0, 0).bareAt(0, 1));
        rig.rxUsecs = 1;
        run(rig, 2, hash -> hash == 1 ? 1 : 0);
        assertThat(trace.of("processed"))
                .containsExactlyInAnyOrder("51000 processed 0/0 cpu 1", "51000 processed 1/0 cpu 0");
    }

    @Test
    void shouldQueueOnTheOwnBacklogWithoutAnIpiWhenSteeredToTheOwnCpu() {
        RunResult result = run(new Rig().arrivals(Arrivals.list().bareAt(0, 0)), 2, hash -> 0);
        assertThat(trace.of("enqueued")).containsExactly("0 enqueued 0/0 cpu 0 tail 1");
        assertThat(result.traffic().steered().ipis()).isZero();
        assertThat(result.cpus().get(0).softnet().receivedRps()).isZero();
    }

    @Test
    void shouldNotInterruptACpuThatIsOffline() {
        Rig rig = new Rig();
        rig.online = "1";
        rig.policy = () -> Policies.to(1);
        VirtualHost host = new VirtualHost(rig.scenario(), RxObserver.NONE);
        Arrivals.list().bareAt(0, 0).packets().forEach(host::offer);
        host.drain();
        assertThat(host.inside()).isEqualTo(1);
        assertThat(host.softnet().receivedRps(1)).isZero();
        assertThat(host.softnet().backlogScheduled(1)).isTrue();
    }

    @Test
    void shouldQueueOnTheOwnBacklogOnTheNetifRxPathWhenNotSteered() {
        Rig rig = new Rig().arrivals(Arrivals.list().bareAt(5, 0, 1).bareAt(6, 0, 0));
        rig.path = NicConfig.Path.NETIF_RX;
        rig.observer = trace;
        rig.run();
        assertThat(trace.of("enqueued")).containsExactly("5 enqueued 0/0 cpu 1 tail 1", "6 enqueued 0/1 cpu 0 tail 1");
        assertThat(trace.of("processed")).containsExactly("5 processed 0/0 cpu 1", "6 processed 0/1 cpu 0");
    }

    @Test
    void shouldNotQueueOnTheNapiPathWhenNotSteered() {
        Rig rig = new Rig().arrivals(Arrivals.list().bareAt(5, 0));
        rig.observer = trace;
        rig.run();
        assertThat(trace.of("enqueued")).isEmpty();
        assertThat(trace.of("processed")).containsExactly("5 processed 0/0 cpu 0");
    }

    @Test
    void shouldSendAnIpiFromTheNetifRxPathInTheSoftirqThatFollows() {
        Rig rig = new Rig().cost(Stage.DRIVER, 700).arrivals(Arrivals.list().bareAt(5, 0));
        rig.path = NicConfig.Path.NETIF_RX;
        rig.ipiLatencyNs = 100;
        RunResult result = run(rig, 2, hash -> 1);
        assertThat(trace.of("processed")).containsExactly("805 processed 0/0 cpu 1");
        assertThat(result.traffic().steered().ipis()).isEqualTo(1);
    }
}
