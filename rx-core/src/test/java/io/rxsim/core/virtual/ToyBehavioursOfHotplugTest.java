package io.rxsim.core.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.cost.Stage;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.DeviceState;
import io.rxsim.core.run.HostChange;
import io.rxsim.core.run.RxObserver;
import io.rxsim.core.softnet.SoftnetView;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.SteeringPolicy;
import io.rxsim.core.steer.SteeringReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a toy implementation gets wrong when CPUs and devices go (kernel-semantics, section 16, items 24 and 25). */
class ToyBehavioursOfHotplugTest {
    /** The first CPU of 1 and 2 that is online; counts decisions. */
    private static final class FirstOnline implements SteeringPolicy {
        private int decisions;

        @Override
        public long steer(int rxQueue, int hash, long nowNs, SoftnetView softnet) {
            decisions++;
            return Decision.of(softnet.isOnline(1) ? 1 : 2, SteeringReason.RPS);
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

    private final FirstOnline policy = new FirstOnline();

    /** A host on whose CPU 1 ten packets are queued, in front of an interrupt that is on its way. */
    private VirtualHost hostWithTenQueued(String version) {
        Rig rig = new Rig().cost(Stage.PROTOCOL, 1_000);
        rig.topology = io.rxsim.core.cpu.CpuTopology.flat(3);
        rig.rules = KernelRules.of(version);
        rig.policy = () -> policy;
        rig.ipiLatencyNs = 100_000;
        VirtualHost host = new VirtualHost(rig.scenario(), RxObserver.NONE);
        Arrivals.list().bareBurst(10, 0, 0).packets().forEach(host::offer);
        host.runUntil(500);
        assertThat(policy.decisions).isEqualTo(10);
        return host;
    }

    @ParameterizedTest
    @ValueSource(strings = {"v6.18", "v2.6.35"})
    void item24BacklogProcessingNeverSteersAgain(String version) {
        VirtualHost host = hostWithTenQueued(version);
        host.runUntil(1_000_000);
        assertThat(host.softnet().processed(1)).isEqualTo(10);
        assertThat(policy.decisions).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v6.18", "v2.6.35"})
    void item24CpuDeadReinjectionDoesSteerAgain(String version) {
        VirtualHost host = hostWithTenQueued(version);
        host.change(new HostChange.CpuOnline(1, false));
        host.runUntil(1_000_000);
        assertThat(policy.decisions).isEqualTo(20);
        assertThat(host.softnet().processed(2)).isEqualTo(10);
        assertThat(host.inside()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v6.18", "v2.6.35"})
    void item25CpuDeadAdvancesHead(String version) {
        VirtualHost host = hostWithTenQueued(version);
        host.change(new HostChange.CpuOnline(1, false));
        assertThat(host.softnet().inputQueueHead(1))
                .isEqualTo(10)
                .isEqualTo(host.softnet().inputQueueTail(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v6.18", "v2.6.35"})
    void item25DeviceFlushAdvancesHead(String version) {
        VirtualHost host = hostWithTenQueued(version);
        host.change(new HostChange.Device(DeviceState.UNREGISTERED));
        assertThat(host.softnet().inputQueueHead(1))
                .isEqualTo(10)
                .isEqualTo(host.softnet().inputQueueTail(1));
        assertThat(host.softnet().dropped(1)).isZero();
        assertThat(host.inside()).isZero();
        host.runUntil(1_000_000);
        assertThat(host.softnet().inputQueueHead(1)).isEqualTo(10);
    }
}
