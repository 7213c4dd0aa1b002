package io.rxsim.steering.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.live.DropHandler;
import io.rxsim.core.live.LiveHost;
import io.rxsim.core.live.LiveMachine;
import io.rxsim.core.live.LiveReport;
import io.rxsim.core.live.LiveSettings;
import io.rxsim.core.live.LiveWait;
import io.rxsim.core.run.Machine;
import io.rxsim.core.steer.SteeringReason;
import io.rxsim.steering.SteeringCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The live host with the kernel's policies, on real threads. */
class LiveHostTest {
    @Test
    void shouldDeliverInOrderWithMoreSimulatedCpusThanRealOnesWhileConsumersMove() throws InterruptedException {
        Machine machine = LiveMachine.cpus(8)
                .queues(2)
                .rps("ff")
                .rfs(4096)
                .maxBacklog(20_000)
                .build();
        LiveReport report = new LiveRun(machine, LiveWait.BLOCK).run(30_000);
        assertThat(report.remarks()).isEmpty();
        assertThat(report.brokenLaws()).isEmpty();
        assertThat(report.packets()).isEqualTo(60_000);
        assertThat(report.delivered() + report.droppedTotal()).isEqualTo(60_000);
        assertThat(report.order().violations())
                .as(report.order().firstViolation())
                .isZero();
        assertThat(report.steered().get(SteeringReason.MATCH)).isPositive();
        assertThat(report.steered().get(SteeringReason.HELD)).isPositive();
        assertThat(report.moves()).isPositive();
    }

    @Test
    void shouldFindViolationsWithoutTheTailCheck() throws InterruptedException {
        Machine machine = LiveMachine.cpus(4)
                .kernel(KernelRules.V6_18.without(Rule.TAIL_CHECK))
                .rps("f")
                .rfs(4096)
                .maxBacklog(20_000)
                .build();
        LiveReport report = new LiveRun(machine, LiveWait.BLOCK).run(50_000);
        assertThat(report.brokenLaws()).isEmpty();
        assertThat(report.order().violations()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(
            value = LiveWait.class,
            names = {"YIELD", "SLEEP", "BLOCK"})
    void shouldCarryPacketsWhateverThreadsDoWhileIdle(LiveWait wait) throws InterruptedException {
        Machine machine = LiveMachine.cpus(3).rps("7").rfs(1024).build();
        LiveReport report = new LiveRun(machine, wait).run(5_000);
        assertThat(report.remarks()).isEmpty();
        assertThat(report.brokenLaws()).isEmpty();
        assertThat(report.delivered() + report.droppedTotal()).isEqualTo(5_000);
    }

    @Test
    void shouldRefuseMoreSpinningThreadsThanRealCpus() {
        int tooMany = Runtime.getRuntime().availableProcessors() + 1;
        assertThatThrownBy(() -> host(LiveMachine.cpus(tooMany), LiveSettings.DEFAULT.withWait(LiveWait.BUSY_SPIN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wait=busy-spin: " + tooMany + " softirq threads would spin on")
                .hasMessageContaining("take yield, sleep or block");
    }

    @Test
    void shouldRefuseBacklogLimitsThatNoRingCanHold() {
        for (int limit : new int[] {-1, 65_536}) {
            assertThatThrownBy(() -> host(LiveMachine.cpus(2).maxBacklog(limit), LiveSettings.DEFAULT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("netdev_max_backlog=" + limit + ", the live engine allows 0 to 65535");
        }
    }

    @Test
    void shouldRefuseThePolicyThatMustKnowWhereApplicationsRun() {
        assertThatThrownBy(() -> new LiveHost<>(
                        LiveMachine.cpus(2).build(),
                        SteeringCatalog.steering(SteeringCatalog.ORACLE),
                        LiveSettings.DEFAULT,
                        DropHandler.ignore()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("steering=oracle must know where applications run");
    }

    private static LiveHost<Long> host(LiveMachine machine, LiveSettings settings) {
        return new LiveHost<>(machine.build(), SteeringCatalog.steering("rfs"), settings, DropHandler.ignore());
    }
}
