package io.rxsim.steering.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.live.LiveHost;
import io.rxsim.core.live.LiveMachine;
import io.rxsim.core.live.LiveReport;
import io.rxsim.core.live.LiveSettings;
import io.rxsim.core.live.LiveWait;
import io.rxsim.core.run.HandoverCause;
import io.rxsim.core.run.Machine;
import io.rxsim.core.softnet.DropReason;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Order and conservation while everything changes: consumers move 100 times a second, CPUs go offline and come back, backlogs
 * overflow in bursts. Ten seconds; as long as {@code -Drx.soak.seconds} says, which the profile {@code soak} sets to 60.
 */
class LiveSoakTest {
    private static final long SECONDS = Long.getLong("rx.soak.seconds", 10);
    private static final long BETWEEN_CHANGES_NS = 50_000_000;

    @Test
    void shouldKeepOrderAndEveryPacketWhileConsumersMoveCpusComeAndGoAndBacklogsOverflow() throws InterruptedException {
        LiveRun run = run(KernelRules.V6_18);
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        Thread operator = new Thread(() -> takeCpusDownAndUp(run.host(), endNs), "operator");
        operator.start();
        LiveReport report = run.runFor(TimeUnit.SECONDS.toNanos(SECONDS), 2_000, 4_000_000);
        operator.join();
        System.out.println("soak " + SECONDS + " s: packets=" + report.packets() + " delivered=" + report.delivered()
                + " dropped=" + report.dropped() + " moves=" + report.moves() + " changes=" + changes
                + " outOfOrder=" + report.order().outOfOrder() + " handover="
                + report.order().handover());
        assertThat(report.remarks()).isEmpty();
        assertThat(report.brokenLaws()).isEmpty();
        assertThat(report.order().violations())
                .as(report.order().firstViolation())
                .isZero();
        assertThat(report.order().handover().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(report.order().outOfOrder());
        assertThat(report.order().handover().get(HandoverCause.RX_QUEUE_CHANGED))
                .isZero();
        assertThat(report.dropped().get(DropReason.CPU_BACKLOG)).isPositive();
        assertThat(report.moves()).isGreaterThanOrEqualTo(SECONDS * 99);
        assertThat(changes.get()).isPositive();
    }

    @Test
    void shouldFindViolationsInTheSameRunWithoutTheTailCheck() throws InterruptedException {
        LiveReport report = run(KernelRules.V6_18.without(Rule.TAIL_CHECK))
                .runFor(TimeUnit.SECONDS.toNanos(SECONDS) / 10, 2_000, 4_000_000);
        System.out.println("soak without tail check: packets=" + report.packets() + " violations="
                + report.order().violations() + " handover=" + report.order().handover());
        assertThat(report.brokenLaws()).isEmpty();
        assertThat(report.order().violations()).isPositive();
    }

    private static LiveRun run(KernelRules rules) {
        Machine machine = LiveMachine.cpus(6)
                .kernel(rules)
                .queues(2)
                .ring(1024)
                .irqCpus(0, 1)
                .rps("3f")
                .rfs(4096)
                .maxBacklog(100)
                .build();
        return new LiveRun(machine, LiveSettings.DEFAULT.withWait(LiveWait.BLOCK));
    }

    private final AtomicInteger changes = new AtomicInteger();

    private void takeCpusDownAndUp(LiveHost<Long> host, long endNs) {
        int cpu = 0;
        while (System.nanoTime() - endNs < 0) {
            if (host.isAccepting()) {
                host.online(cpu, false);
                LockSupport.parkNanos(BETWEEN_CHANGES_NS);
                host.online(cpu, true);
                cpu = (cpu + 1) % host.machine().cpuCount();
                changes.addAndGet(2);
            }
            LockSupport.parkNanos(BETWEEN_CHANGES_NS);
        }
    }
}
