package io.rxsim.steering;

import static io.rxsim.steering.Hosts.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Machine;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.FlowSteering;
import io.rxsim.core.steer.SteeringReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two queues, queue q near CPUs of its parity; hashes of four CPUs, tables of 8 entries and 4 slots. */
class AcceleratedRfsPolicyTest {
    private static final int HASH = 0x51ccc178;
    private static final int SLOT = 1;

    private final Backlogs backlogs = new Backlogs(4);
    private final List<String> requests = new ArrayList<>();
    private int answer = 7;

    private final FlowSteering device = new FlowSteering() {
        @Override
        public int queueNear(int cpu) {
            return cpu % 2;
        }

        @Override
        public int steer(int hash, int rxQueue, int slot) {
            requests.add(Integer.toHexString(hash) + " to queue " + rxQueue + " slot " + slot);
            return answer;
        }
    };

    private static Machine machine(int slotsOfQueue1) {
        return host(KernelRules.V6_18, 4)
                .sockFlowEntries(8)
                .queue("0", 4)
                .queue("0", slotsOfQueue1)
                .machine();
    }

    private AcceleratedRfsPolicy policy(int slotsOfQueue1) {
        AcceleratedRfsPolicy policy = new AcceleratedRfsPolicy(machine(slotsOfQueue1));
        policy.attach(device);
        return policy;
    }

    @Test
    void shouldAskForTheQueueNearTheNewCpuAndGoOnInItsSlot() {
        AcceleratedRfsPolicy policy = policy(4);
        policy.onConsumed(HASH, 3);
        long decision = backlogs.packet(policy, 0, HASH);
        assertThat(requests).containsExactly("51ccc178 to queue 1 slot 1");
        assertThat(Decision.cpu(decision)).isEqualTo(3);
        assertThat(Decision.slotQueue(decision)).isEqualTo(1);
        assertThat(policy.flowTable(1).cpu(SLOT)).isEqualTo(3);
        assertThat(policy.flowTable(1).lastQtail(SLOT)).isEqualTo(1);
        assertThat(policy.flowTable(0).cpu(SLOT)).isEqualTo(RpsDevFlowTable.UNSET);
    }

    /** The old queue's slot is still unset: its next packet tries to move again, but the filter is there and active. */
    @Test
    void shouldNotAskTwiceWhilePacketsStillComeToTheOldQueue() {
        AcceleratedRfsPolicy policy = policy(4);
        policy.onConsumed(HASH, 3);
        backlogs.packet(policy, 0, HASH);
        long second = backlogs.packet(policy, 0, HASH);
        assertThat(requests).hasSize(1);
        assertThat(policy.heldByActive()).isEqualTo(1);
        assertThat(Decision.slotQueue(second)).isZero();
        assertThat(Decision.cpu(second)).isEqualTo(3);
        assertThat(Decision.reason(backlogs.packet(policy, 1, HASH))).isEqualTo(SteeringReason.MATCH);
    }

    @Test
    void shouldAskNothingWhereTheQueueIsRightOrHasNoTableOrTheDeviceRefuses() {
        AcceleratedRfsPolicy policy = policy(4);
        policy.onConsumed(HASH, 2);
        backlogs.packet(policy, 0, HASH);
        assertThat(requests).isEmpty();
        AcceleratedRfsPolicy withoutTable = policy(0);
        withoutTable.onConsumed(HASH, 3);
        assertThat(Decision.slotQueue(backlogs.packet(withoutTable, 0, HASH))).isZero();
        assertThat(requests).isEmpty();
        answer = -16;
        AcceleratedRfsPolicy refused = policy(4);
        refused.onConsumed(HASH, 3);
        assertThat(Decision.slotQueue(backlogs.packet(refused, 0, HASH))).isZero();
        assertThat(refused.mayExpire(1, SLOT, 7, backlogs)).isTrue();
    }

    /** A second flow of the slot may not evict the first while that is active: ten packets per slot, 40 in all. */
    @Test
    void shouldProtectTheFilterOfAnActiveFlow() {
        AcceleratedRfsPolicy policy = policy(4);
        policy.onConsumed(HASH, 3);
        backlogs.packet(policy, 0, HASH);
        int other = sameSlot();
        policy.onConsumed(other, 1);
        backlogs.packet(policy, 0, other);
        assertThat(requests).hasSize(1);
        backlogs.tails[3] = 41;
        backlogs.heads[3] = 40;
        assertThat(policy.mayExpire(1, SLOT, 7, backlogs)).isFalse();
        backlogs.heads[3] = 41;
        assertThat(policy.mayExpire(1, SLOT, 7, backlogs)).isTrue();
        assertThat(policy.mayExpire(1, SLOT, 6, backlogs)).isTrue();
        backlogs.drain(1);
        policy.onConsumed(other, 3);
        backlogs.packet(policy, 0, other);
        assertThat(requests).hasSize(2);
    }

    private static int sameSlot() {
        RpsDevFlowTable table = new RpsDevFlowTable(4, KernelRules.V6_18);
        int hash = HASH + 8;
        while (table.slot(hash) != SLOT) {
            hash += 8;
        }
        return hash;
    }

    /** The flow comes back: the same filter number now belongs to queue 0's slot, and queue 1's is free. */
    @Test
    void shouldHandTheFilterBackWhenTheFlowReturns() {
        AcceleratedRfsPolicy policy = policy(4);
        policy.onConsumed(HASH, 3);
        backlogs.packet(policy, 0, HASH);
        backlogs.drain(3);
        policy.onConsumed(HASH, 2);
        backlogs.packet(policy, 1, HASH);
        assertThat(requests).containsExactly("51ccc178 to queue 1 slot 1", "51ccc178 to queue 0 slot 1");
        assertThat(policy.mayExpire(1, SLOT, 7, backlogs)).isTrue();
        assertThat(policy.mayExpire(0, SLOT, 7, backlogs)).isFalse();
    }

    @Test
    void shouldForgetFiltersWithTheirTable() {
        AcceleratedRfsPolicy policy = policy(4);
        policy.onConsumed(HASH, 3);
        backlogs.packet(policy, 0, HASH);
        assertThat(policy.mayExpire(1, SLOT, 7, backlogs)).isFalse();
        policy.onRpsFlowCnt(1, 4);
        assertThat(policy.mayExpire(1, SLOT, 7, backlogs)).isTrue();
        policy.onRpsFlowCnt(1, 0);
        assertThat(policy.mayExpire(1, SLOT, 7, backlogs)).isTrue();
    }

    @Test
    void shouldBeRfsWithoutADevice() {
        AcceleratedRfsPolicy arfs = new AcceleratedRfsPolicy(machine(4));
        RfsPolicy rfs = new RfsPolicy(machine(4));
        Backlogs others = new Backlogs(4);
        for (int i = 0; i < 2_000; i++) {
            int hash = (i * 7 % 23 + 1) * 0x9e3779b9;
            if (i % 3 == 0) {
                arfs.onConsumed(hash, i % 4);
                rfs.onConsumed(hash, i % 4);
            }
            if (i % 5 == 0) {
                backlogs.drain(i % 4);
                others.drain(i % 4);
            }
            assertThat(backlogs.packet(arfs, i % 2, hash)).isEqualTo(others.packet(rfs, i % 2, hash));
        }
    }

    @Test
    void shouldAskNothingIn2635() {
        Machine old = host(KernelRules.V2_6_35, 4)
                .sockFlowEntries(8)
                .queue("0", 4)
                .queue("0", 4)
                .machine();
        AcceleratedRfsPolicy policy = new AcceleratedRfsPolicy(old);
        policy.attach(device);
        policy.onConsumed(HASH, 3);
        backlogs.packet(policy, 0, HASH);
        assertThat(requests).isEmpty();
    }

    @Test
    void shouldRequestAndExpireAsTheRulesWrittenOutDo() {
        for (long seed = 1; seed <= 30; seed++) {
            NaiveArfs.compare(seed);
        }
    }
}
