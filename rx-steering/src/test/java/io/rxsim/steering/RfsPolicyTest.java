package io.rxsim.steering;

import static io.rxsim.core.steer.SteeringReason.FALLBACK;
import static io.rxsim.core.steer.SteeringReason.HELD;
import static io.rxsim.core.steer.SteeringReason.MATCH;
import static io.rxsim.core.steer.SteeringReason.MIGRATED;
import static io.rxsim.core.steer.SteeringReason.NONE;
import static io.rxsim.core.steer.SteeringReason.RPS;
import static io.rxsim.steering.Hosts.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.SteeringReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of 6.18; what 2.6.35 does otherwise is in {@link RfsPolicyOf2635Test}. */
class RfsPolicyTest {
    private static final int HASH = 0x51ccc178;
    private static final int SLOT = 1;

    private final Backlogs backlogs = new Backlogs(4);
    private final RfsPolicy policy = rfs(KernelRules.V6_18);
    private final RpsDevFlowTable flows = policy.flowTable(0);

    /** Four CPUs, a global table of 8, a queue with a table of 4 and a map of CPU 3 alone. */
    private static RfsPolicy rfs(KernelRules rules) {
        return host(rules, 4).sockFlowEntries(8).queue("8", 4).rfs();
    }

    private static long slotDecision(int cpu, SteeringReason reason) {
        return Decision.of(cpu, reason, 0, SLOT);
    }

    private void slotAt(int cpu, int lastQtail) {
        flows.setCpu(SLOT, cpu);
        flows.setLastQtail(SLOT, lastQtail);
    }

    private long steer() {
        return policy.steer(0, HASH, 0, backlogs);
    }

    @Test
    void shouldFollowTheWorkedTrace() {
        RfsPolicy trace =
                host(KernelRules.V6_18, 4).sockFlowEntries(8).queue("0", 4).rfs();
        RpsDevFlowTable slots = trace.flowTable(0);
        assertThat(trace.sockFlowTable().entry(0)).isEqualTo(0x0000ffff);
        assertThat(backlogs.packet(trace, 0, HASH)).isEqualTo(Decision.of(Decision.NO_CPU, FALLBACK));
        assertThat(slots.cpu(SLOT)).isEqualTo(0xffff);

        trace.onConsumed(HASH, 1);
        assertThat(trace.sockFlowTable().entry(0)).isEqualTo(0x51ccc179);
        assertThat(backlogs.packet(trace, 0, HASH)).isEqualTo(slotDecision(1, MIGRATED));
        assertThat(slots.lastQtail(SLOT)).isEqualTo(1);
        assertThat(backlogs.packet(trace, 0, HASH)).isEqualTo(slotDecision(1, MATCH));
        assertThat(slots.lastQtail(SLOT)).isEqualTo(2);

        trace.onConsumed(HASH, 2);
        assertThat(trace.sockFlowTable().entry(0)).isEqualTo(0x51ccc17a);
        assertThat(backlogs.packet(trace, 0, HASH)).isEqualTo(slotDecision(1, HELD));
        assertThat(slots.lastQtail(SLOT)).isEqualTo(3);

        backlogs.drain(1);
        assertThat(trace.steer(0, HASH, 0, backlogs)).isEqualTo(slotDecision(2, MIGRATED));
        assertThat(slots.lastQtail(SLOT)).isZero();
        trace.onEnqueued(0, slotDecision(2, MIGRATED), 1);
        assertThat(slots.lastQtail(SLOT)).isEqualTo(1);

        assertThat(trace.steer(0, HASH, 0, backlogs)).isEqualTo(slotDecision(2, MATCH));
        assertThat(slots.cpu(SLOT)).isEqualTo(2);
        assertThat(slots.lastQtail(SLOT)).as("a refused packet leaves the tail").isEqualTo(1);
    }

    @Test
    void shouldTakeTheDesiredCpuWhenTheSlotIsUnset() {
        policy.onConsumed(HASH, 2);
        backlogs.heads[2] = 77;
        assertThat(steer()).isEqualTo(slotDecision(2, MIGRATED));
        assertThat(flows.cpu(SLOT)).isEqualTo(2);
        assertThat(flows.lastQtail(SLOT)).isEqualTo(77);
    }

    @Test
    void shouldStayWhenTheSlotIsAtTheDesiredCpu() {
        slotAt(1, 5);
        policy.onConsumed(HASH, 1);
        assertThat(backlogs.packet(policy, 0, HASH)).isEqualTo(slotDecision(1, MATCH));
        assertThat(flows.lastQtail(SLOT)).isEqualTo(1);
    }

    @Test
    void shouldStayOnOldCpuUntilItsBacklogDrained() {
        slotAt(1, 5);
        backlogs.tails[1] = 5;
        policy.onConsumed(HASH, 2);
        backlogs.heads[1] = 4;
        assertThat(backlogs.packet(policy, 0, HASH)).isEqualTo(slotDecision(1, HELD));
        assertThat(flows.lastQtail(SLOT)).as("the drain point moves on").isEqualTo(6);
        backlogs.heads[1] = 5;
        assertThat(steer()).isEqualTo(slotDecision(1, HELD));
        backlogs.heads[1] = 6;
        assertThat(steer()).isEqualTo(slotDecision(2, MIGRATED));
    }

    @Test
    void shouldMoveAtOnceWhenTheOldCpuIsOffline() {
        slotAt(1, 5);
        backlogs.online[1] = false;
        policy.onConsumed(HASH, 2);
        assertThat(steer()).isEqualTo(slotDecision(2, MIGRATED));
    }

    @Test
    void shouldLeaveTheSlotUntouchedOnAMismatch() {
        slotAt(1, 5);
        policy.onConsumed(HASH ^ 0x8000, 2);
        assertThat(backlogs.packet(policy, 0, HASH)).isEqualTo(Decision.of(3, FALLBACK));
        assertThat(flows.cpu(SLOT)).isEqualTo(1);
        assertThat(flows.lastQtail(SLOT)).isEqualTo(5);
    }

    @Test
    void shouldUseTheMapWhenTheDesiredCpuIsOffline() {
        slotAt(1, 0);
        backlogs.online[1] = false;
        policy.onConsumed(HASH, 1);
        assertThat(steer()).isEqualTo(Decision.of(3, FALLBACK));
    }

    @Test
    void shouldPointTheSlotToAnOfflineCpuAndUseTheMap() {
        slotAt(2, 0);
        backlogs.online[1] = false;
        backlogs.heads[1] = 9;
        policy.onConsumed(HASH, 1);
        assertThat(steer()).isEqualTo(Decision.of(3, FALLBACK));
        assertThat(flows.cpu(SLOT)).isEqualTo(1);
        assertThat(flows.lastQtail(SLOT)).isEqualTo(9);
    }

    @Test
    void shouldNotSteerAFallbackWhoseMapCpuIsOffline() {
        backlogs.online[3] = false;
        assertThat(steer()).isEqualTo(Decision.of(Decision.NO_CPU, FALLBACK));
    }

    @Test
    void shouldForgetAClosedFlow() {
        policy.onConsumed(HASH, 1);
        assertThat(steer()).isEqualTo(slotDecision(1, MIGRATED));
        policy.onClosed(HASH);
        assertThat(steer()).isEqualTo(Decision.of(3, FALLBACK));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x7fffffff, 0xffffffff, 0xfffffffe, 0x80000000})
    void shouldCompareCountersAcrossTheirWrap(int start) {
        backlogs.startingAt(start);
        policy.onConsumed(HASH, 1);
        assertThat(backlogs.packet(policy, 0, HASH)).isEqualTo(slotDecision(1, MIGRATED));
        assertThat(backlogs.packet(policy, 0, HASH)).isEqualTo(slotDecision(1, MATCH));
        policy.onConsumed(HASH, 2);
        backlogs.heads[1] = start + 1;
        assertThat(backlogs.packet(policy, 0, HASH)).isEqualTo(slotDecision(1, HELD));
        backlogs.drain(1);
        assertThat(backlogs.packet(policy, 0, HASH)).isEqualTo(slotDecision(2, MIGRATED));
    }

    @Test
    void shouldReadAsNotDrainedAfterHalfATurnOfTheCounter() {
        slotAt(1, 0);
        policy.onConsumed(HASH, 2);
        backlogs.heads[1] = 0x80000000;
        assertThat(steer()).isEqualTo(slotDecision(1, HELD));
        backlogs.heads[1] = 0x7fffffff;
        assertThat(steer()).isEqualTo(slotDecision(2, MIGRATED));
    }

    @Test
    void shouldPointTheSlotToAnImpossibleCpuWhereNrCpuIdsIsNoPowerOfTwo() {
        Backlogs three = new Backlogs(3);
        RfsPolicy odd =
                host(KernelRules.V6_18, 3).sockFlowEntries(1).queue("2", 1).rfs();
        RpsDevFlowTable slots = odd.flowTable(0);
        slots.setLastQtail(0, 42);
        int likeAnEmptyEntry = 0xfffc;
        assertThat(odd.steer(0, likeAnEmptyEntry, 0, three)).isEqualTo(Decision.of(1, FALLBACK));
        assertThat(slots.cpu(0)).isEqualTo(3);
        assertThat(slots.lastQtail(0)).as("there is no head to start from").isEqualTo(42);
        odd.onConsumed(likeAnEmptyEntry, 2);
        assertThat(odd.steer(0, likeAnEmptyEntry, 0, three)).isEqualTo(Decision.of(2, MIGRATED, 0, 0));
    }

    @Test
    void shouldShareTheOnlySlotOfATableOfOne() {
        RfsPolicy one =
                host(KernelRules.V6_18, 4).sockFlowEntries(8).queue("0", 1).rfs();
        int other = 0x12345671;
        one.onConsumed(HASH, 1);
        one.onConsumed(other, 2);
        assertThat(backlogs.packet(one, 0, HASH)).isEqualTo(Decision.of(1, MIGRATED, 0, 0));
        assertThat(backlogs.packet(one, 0, other)).isEqualTo(Decision.of(1, HELD, 0, 0));
        backlogs.drain(1);
        assertThat(backlogs.packet(one, 0, other)).isEqualTo(Decision.of(2, MIGRATED, 0, 0));
    }

    @Test
    void shouldKeepOneTablePerQueue() {
        RfsPolicy two = host(KernelRules.V6_18, 4)
                .sockFlowEntries(8)
                .queue("0", 4)
                .queue("0", 8)
                .rfs();
        two.onConsumed(HASH, 2);
        int slotOfSecond = two.flowTable(1).slot(HASH);
        assertThat(backlogs.packet(two, 1, HASH)).isEqualTo(Decision.of(2, MIGRATED, 1, slotOfSecond));
        assertThat(two.flowTable(1).lastQtail(slotOfSecond)).isEqualTo(1);
        assertThat(two.flowTable(0).cpu(SLOT)).isEqualTo(RpsDevFlowTable.UNSET);
    }

    @Test
    void shouldBePlainRpsWhenEitherTableIsMissing() {
        RfsPolicy noGlobal = host(KernelRules.V6_18, 4).queue("8", 4).rfs();
        noGlobal.onConsumed(HASH, 1);
        noGlobal.onClosed(HASH);
        assertThat(noGlobal.steer(0, HASH, 0, backlogs)).isEqualTo(Decision.of(3, RPS));
        RfsPolicy noFlowTable =
                host(KernelRules.V6_18, 4).sockFlowEntries(8).queue("8", 0).rfs();
        noFlowTable.onConsumed(HASH, 1);
        assertThat(noFlowTable.steer(0, HASH, 0, backlogs)).isEqualTo(Decision.of(3, RPS));
        assertThat(noFlowTable.inForce(0)).isFalse();
    }

    @Test
    void shouldNotSteerWithoutMapAndFlowTableOrWithoutHashOrQueue() {
        RfsPolicy bare =
                host(KernelRules.V6_18, 4).sockFlowEntries(8).queue("0", 0).rfs();
        assertThat(bare.steer(0, HASH, 0, backlogs)).isEqualTo(Decision.of(Decision.NO_CPU, NONE));
        assertThat(policy.steer(0, 0, 0, backlogs)).isEqualTo(Decision.of(Decision.NO_CPU, NONE));
        assertThat(policy.steer(1, HASH, 0, backlogs)).isEqualTo(Decision.of(Decision.NO_CPU, NONE));
    }

    @Test
    void shouldSwitchTheSteeringCodeOnByAMapOrTheGlobalTableButNotByAFlowTable() {
        assertThat(host(KernelRules.V6_18, 4).queue("0", 4).rfs().rpsNeeded()).isFalse();
        assertThat(host(KernelRules.V6_18, 4).queue("1", 0).rfs().rpsNeeded()).isTrue();
        assertThat(host(KernelRules.V6_18, 4)
                        .sockFlowEntries(8)
                        .queue("0", 0)
                        .rfs()
                        .rpsNeeded())
                .isTrue();
    }

    @Test
    void shouldMoveTooEarlyWithTheTailCheckSwitchedOff() {
        RfsPolicy ablated = rfs(KernelRules.V6_18.without(Rule.TAIL_CHECK));
        ablated.onConsumed(HASH, 1);
        backlogs.packet(ablated, 0, HASH);
        ablated.onConsumed(HASH, 2);
        assertThat(backlogs.packet(ablated, 0, HASH)).isEqualTo(slotDecision(2, MIGRATED));
    }

    @Test
    void shouldObeyACollidingFlowWithTheUpperBitCheckSwitchedOff() {
        RfsPolicy ablated = rfs(KernelRules.V6_18.without(Rule.UPPER_BIT_CHECK));
        assertThat(ablated.steer(0, HASH, 0, backlogs)).isEqualTo(Decision.of(3, FALLBACK));
        ablated.onConsumed(HASH ^ 0x8000, 1);
        assertThat(ablated.steer(0, HASH, 0, backlogs)).isEqualTo(slotDecision(1, MIGRATED));
    }
}
