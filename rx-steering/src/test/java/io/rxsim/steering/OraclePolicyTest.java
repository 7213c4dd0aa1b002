package io.rxsim.steering;

import static io.rxsim.steering.Hosts.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Placement;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.SteeringReason;
import org.junit.jupiter.api.Test;

class OraclePolicyTest {
    private static final int HASH = 0x80000000;

    private final int[] cpuOfFlow = {3, Placement.NO_APPLICATION};
    private final Backlogs backlogs = new Backlogs(4);
    private final OraclePolicy policy = new OraclePolicy(
            host(KernelRules.V6_18, 4).queue("3", 0).queue("0", 0).machine(), flow -> cpuOfFlow[flow]);

    private long steer(int flow, int rxQueue) {
        policy.onPacket(flow);
        return policy.steer(rxQueue, HASH, 0, backlogs);
    }

    @Test
    void shouldFollowTheApplicationAtOnce() {
        assertThat(steer(0, 0)).isEqualTo(Decision.of(3, SteeringReason.ORACLE));
        cpuOfFlow[0] = 2;
        assertThat(steer(0, 0)).isEqualTo(Decision.of(2, SteeringReason.ORACLE));
    }

    @Test
    void shouldLeaveFlowsWithoutAnApplicationToTheMap() {
        assertThat(steer(1, 0)).isEqualTo(Decision.of(1, SteeringReason.RPS));
        assertThat(steer(1, 1)).isEqualTo(Decision.of(Decision.NO_CPU, SteeringReason.NONE));
    }

    @Test
    void shouldNeverChooseAnOfflineCpu() {
        backlogs.online[3] = false;
        assertThat(steer(0, 0)).isEqualTo(Decision.of(1, SteeringReason.RPS));
    }
}
