package io.rxsim.steering;

import static io.rxsim.steering.Hosts.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.SteeringReason;
import org.junit.jupiter.api.Test;

class RpsPolicyTest {
    private static final long NOT_STEERED = Decision.of(Decision.NO_CPU, SteeringReason.NONE);

    private final Backlogs backlogs = new Backlogs(4);
    private final RpsPolicy policy = new RpsPolicy(host(KernelRules.V6_18, 4)
            .sockFlowEntries(8)
            .queue("c", 4)
            .queue("0", 4)
            .machine());

    @Test
    void shouldChooseFromTheQueuesMapAndIgnoreFlowTables() {
        policy.onConsumed(0x7fffffff, 3);
        assertThat(policy.steer(0, 0x7fffffff, 0, backlogs)).isEqualTo(Decision.of(2, SteeringReason.RPS));
        assertThat(policy.steer(0, 0x80000000, 0, backlogs)).isEqualTo(Decision.of(3, SteeringReason.RPS));
    }

    @Test
    void shouldNotSteerWithoutAMap() {
        assertThat(policy.steer(1, 0x80000000, 0, backlogs)).isEqualTo(NOT_STEERED);
    }

    @Test
    void shouldNotSteerAPacketWithoutAHash() {
        assertThat(policy.steer(0, 0, 0, backlogs)).isEqualTo(NOT_STEERED);
    }

    @Test
    void shouldNotSteerAPacketOfAQueueThatIsNotThere() {
        assertThat(policy.steer(2, 0x80000000, 0, backlogs)).isEqualTo(NOT_STEERED);
    }

    @Test
    void shouldTryNoSecondCpuWhenTheChosenOneIsOffline() {
        backlogs.online[3] = false;
        assertThat(policy.steer(0, 0x80000000, 0, backlogs)).isEqualTo(NOT_STEERED);
        assertThat(policy.steer(0, 0x7fffffff, 0, backlogs)).isEqualTo(Decision.of(2, SteeringReason.RPS));
    }

    @Test
    void shouldSwitchTheSteeringCodeOnByAnyMap() {
        assertThat(policy.rpsNeeded()).isTrue();
        assertThat(new RpsPolicy(host(KernelRules.V6_18, 4).queue("0", 4).machine()).rpsNeeded())
                .isFalse();
        assertThat(new RpsPolicy(host(KernelRules.V2_6_35, 4).queue("0", 4).machine()).rpsNeeded())
                .as("no switch in 2.6.35")
                .isTrue();
        assertThat(new NoSteering().rpsNeeded()).isFalse();
    }
}
