package io.rxsim.steering.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.live.DecisionLog;
import io.rxsim.core.live.LiveHost;
import io.rxsim.core.live.LiveMachine;
import io.rxsim.core.live.LiveReport;
import io.rxsim.core.live.LiveSettings;
import io.rxsim.core.live.LiveWait;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.Placement;
import io.rxsim.core.steer.SteeringPolicy;
import io.rxsim.core.steer.SteeringReason;
import io.rxsim.steering.SteeringCatalog;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decisions of live threads, taken again by a policy that never saw a thread. */
class DecisionReplayTest {
    private static final int PACKETS = 20_000;

    @ParameterizedTest
    @ValueSource(strings = {"v6.18", "v2.6.35"})
    void shouldDecideAlikeWhenAFreshPolicyReplaysEachQueuesLog(String kernel) throws InterruptedException {
        Machine machine = machine(KernelRules.of(kernel));
        LiveHost<Long> host = logged(machine);
        for (int queue = 0; queue < 2; queue++) {
            DecisionLog log = host.decisions(queue);
            assertThat(log.size()).isEqualTo(PACKETS);
            assertThat(log.missed()).isZero();
            assertThat(log.replay(fresh(machine))).isNull();
        }
    }

    @Test
    void shouldNameTheFirstDecisionThatAnotherRuleWouldTake() throws InterruptedException {
        LiveHost<Long> host = logged(machine(KernelRules.V6_18));
        DecisionLog.Difference difference =
                host.decisions(0).replay(fresh(machine(KernelRules.V6_18.without(Rule.TAIL_CHECK))));
        assertThat(difference).isNotNull();
        assertThat(difference.what()).startsWith("logged held to CPU");
    }

    @Test
    void shouldWriteOneLinePerDecision() throws InterruptedException, IOException {
        LiveHost<Long> host = logged(machine(KernelRules.V6_18));
        StringBuilder csv = new StringBuilder();
        host.decisions(1).write(csv);
        assertThat(csv.toString().lines().count()).isEqualTo(PACKETS + 1);
        assertThat(csv).startsWith("queue,hash,entry,asked,online,head_old,head_new,cpu,reason,slot,outcome\n1,");
    }

    private static Machine machine(KernelRules rules) {
        return LiveMachine.cpus(4)
                .kernel(rules)
                .queues(2)
                .rps("f")
                .rfs(1024)
                .maxBacklog(50)
                .build();
    }

    /** A host after a run in which flows were held, moved and dropped. */
    private static LiveHost<Long> logged(Machine machine) throws InterruptedException {
        LiveRun run = new LiveRun(
                machine,
                LiveSettings.DEFAULT
                        .withWait(LiveWait.BLOCK)
                        .withCountersStartAt(Integer.MAX_VALUE - PACKETS / 4)
                        .withLoggedDecisions(PACKETS));
        LiveReport report = run.run(PACKETS);
        assertThat(report.brokenLaws()).isEmpty();
        assertThat(report.steered().get(SteeringReason.HELD)).isPositive();
        return run.host();
    }

    private static SteeringPolicy fresh(Machine machine) {
        return SteeringCatalog.steering(SteeringCatalog.RFS)
                .factory()
                .create(machine, flow -> Placement.NO_APPLICATION);
    }
}
