package io.rxsim.steering;

import static io.rxsim.core.steer.SteeringReason.FALLBACK;
import static io.rxsim.core.steer.SteeringReason.HELD;
import static io.rxsim.core.steer.SteeringReason.MATCH;
import static io.rxsim.core.steer.SteeringReason.MIGRATED;
import static io.rxsim.steering.Hosts.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.steer.Decision;
import org.junit.jupiter.api.Test;

/** What RFS of 2.6.35 does otherwise than that of 6.18. */
class RfsPolicyOf2635Test {
    private static final int HASH = 0x51ccc17a;
    private static final int SLOT = 2;

    private final Backlogs backlogs = new Backlogs(4);
    private final RfsPolicy policy =
            host(KernelRules.V2_6_35, 4).sockFlowEntries(8).queue("8", 4).rfs();
    private final RpsDevFlowTable flows = policy.flowTable(0);

    private long steer() {
        return policy.steer(0, HASH, 0, backlogs);
    }

    @Test
    void shouldTakeTheSlotFromTheLowBits() {
        policy.onConsumed(HASH, 1);
        assertThat(steer()).isEqualTo(Decision.of(1, MIGRATED, 0, SLOT));
    }

    @Test
    void shouldObeyTheFlowThatSharesTheEntry() {
        policy.onConsumed(HASH ^ 0x80000000, 1);
        assertThat(steer()).isEqualTo(Decision.of(1, MIGRATED, 0, SLOT));
    }

    @Test
    void shouldUseTheMapAndLeaveAnUnsetSlotWhenTheEntryIsEmpty() {
        flows.setLastQtail(SLOT, 42);
        assertThat(steer()).isEqualTo(Decision.of(3, FALLBACK));
        assertThat(flows.cpu(SLOT)).isEqualTo(RpsDevFlowTable.UNSET);
        assertThat(flows.lastQtail(SLOT)).isEqualTo(42);
    }

    @Test
    void shouldUnsetADrainedSlotWhoseEntryWasEmptied() {
        policy.onConsumed(HASH, 1);
        backlogs.packet(policy, 0, HASH);
        policy.onClosed(HASH);
        backlogs.drain(1);
        assertThat(steer()).isEqualTo(Decision.of(3, FALLBACK));
        assertThat(flows.cpu(SLOT)).isEqualTo(RpsDevFlowTable.UNSET);
        assertThat(flows.lastQtail(SLOT)).isEqualTo(1);
    }

    @Test
    void shouldKeepSendingToTheOldCpuUntilDrainedWhenTheEntryWasEmptied() {
        policy.onConsumed(HASH, 1);
        backlogs.packet(policy, 0, HASH);
        policy.onClosed(HASH);
        assertThat(backlogs.packet(policy, 0, HASH)).isEqualTo(Decision.of(1, HELD, 0, SLOT));
        assertThat(flows.lastQtail(SLOT)).isEqualTo(2);
    }

    @Test
    void shouldNotTakeAnEmptyEntryForACpu() {
        int likeAnEmptyEntry = 0xfffc;
        assertThat(policy.steer(0, likeAnEmptyEntry, 0, backlogs)).isEqualTo(Decision.of(3, FALLBACK));
        assertThat(flows.cpu(0)).isEqualTo(RpsDevFlowTable.UNSET);
    }

    @Test
    void shouldMoveWhenDrainedAsEveryVersionDoes() {
        policy.onConsumed(HASH, 1);
        backlogs.packet(policy, 0, HASH);
        policy.onConsumed(HASH, 2);
        backlogs.heads[2] = 7;
        assertThat(steer()).isEqualTo(Decision.of(1, HELD, 0, SLOT));
        backlogs.drain(1);
        assertThat(steer()).isEqualTo(Decision.of(2, MIGRATED, 0, SLOT));
        assertThat(flows.lastQtail(SLOT)).isEqualTo(7);
        assertThat(steer()).isEqualTo(Decision.of(2, MATCH, 0, SLOT));
    }
}
