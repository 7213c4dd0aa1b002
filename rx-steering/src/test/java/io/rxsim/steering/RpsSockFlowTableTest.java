package io.rxsim.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import org.junit.jupiter.api.Test;

class RpsSockFlowTableTest {
    private static final int HASH = 0x51ccc178;

    private final RpsSockFlowTable modern = new RpsSockFlowTable(8, 4, KernelRules.V6_18);
    private final RpsSockFlowTable old = new RpsSockFlowTable(8, 4, KernelRules.V2_6_35);

    @Test
    void shouldReplaceTheLowBitsOfTheHashByTheCpu() {
        modern.record(HASH, 1);
        assertThat(modern.entry(0)).isEqualTo(0x51ccc179);
        assertThat(modern.desiredCpu(HASH)).isEqualTo(1);
    }

    @Test
    void shouldReportAMismatchForAnEmptyEntry() {
        assertThat(modern.entry(0)).isEqualTo(0xffff);
        assertThat(modern.desiredCpu(HASH)).isEqualTo(RpsSockFlowTable.MISMATCH);
    }

    @Test
    void shouldReportAMismatchForACollidingFlow() {
        modern.record(HASH, 1);
        assertThat(modern.desiredCpu(HASH ^ 0x8)).isEqualTo(RpsSockFlowTable.MISMATCH);
        assertThat(modern.desiredCpu(HASH ^ 0x80000000)).isEqualTo(RpsSockFlowTable.MISMATCH);
    }

    @Test
    void shouldNotSeeACollisionInTheBitsThatTheCpuReplaces() {
        RpsSockFlowTable single = new RpsSockFlowTable(1, 4, KernelRules.V6_18);
        single.record(HASH, 2);
        assertThat(single.desiredCpu(HASH ^ 3)).isEqualTo(2);
    }

    @Test
    void shouldKeepTheWholeHashOnAMachineOfOneCpu() {
        RpsSockFlowTable single = new RpsSockFlowTable(1, 1, KernelRules.V6_18);
        single.record(HASH, 0);
        assertThat(single.entry(0)).isEqualTo(HASH);
        assertThat(single.desiredCpu(HASH)).isZero();
        assertThat(single.desiredCpu(HASH ^ 1)).isEqualTo(RpsSockFlowTable.MISMATCH);
    }

    @Test
    void shouldUseTheNextPowerOfTwoForTheCpuMask() {
        RpsSockFlowTable six = new RpsSockFlowTable(1, 6, KernelRules.V6_18);
        six.record(HASH, 5);
        assertThat(six.entry(0)).isEqualTo((HASH & ~7) | 5);
        RpsSockFlowTable eight = new RpsSockFlowTable(1, 8, KernelRules.V6_18);
        eight.record(HASH, 7);
        assertThat(eight.desiredCpu(HASH ^ 7)).isEqualTo(7);
        assertThat(eight.desiredCpu(HASH ^ 8)).isEqualTo(RpsSockFlowTable.MISMATCH);
    }

    @Test
    void shouldTakeAnEmptyEntryForACpuWhenTheUpperBitsHappenToAgree() {
        RpsSockFlowTable eight = new RpsSockFlowTable(1, 8, KernelRules.V6_18);
        assertThat(eight.desiredCpu(0xfff8)).isEqualTo(7);
        assertThat(eight.desiredCpu(0xfff7)).isEqualTo(RpsSockFlowTable.MISMATCH);
        assertThat(eight.desiredCpu(0x10000)).isEqualTo(RpsSockFlowTable.MISMATCH);
    }

    @Test
    void shouldEmptyAnEntryThatACollidingFlowOwns() {
        modern.record(HASH, 1);
        modern.clear(HASH ^ 0x8000);
        assertThat(modern.entry(0)).isEqualTo(0xffff);
    }

    @Test
    void shouldNeverRecordOrClearAHashOfZero() {
        modern.record(0, 1);
        assertThat(modern.entry(0)).isEqualTo(0xffff);
        modern.record(8, 1);
        modern.clear(0);
        assertThat(modern.desiredCpu(8)).isEqualTo(1);
    }

    @Test
    void shouldObeyAnyCollidingFlowInTheOldTable() {
        assertThat(old.desiredCpu(HASH)).isEqualTo(RpsSockFlowTable.UNSET);
        old.record(HASH, 3);
        assertThat(old.entry(0)).isEqualTo(3);
        assertThat(old.desiredCpu(HASH ^ 0xffff0000)).isEqualTo(3);
        old.clear(HASH);
        assertThat(old.desiredCpu(HASH)).isEqualTo(RpsSockFlowTable.UNSET);
    }

    @Test
    void shouldLoseTheUpperBitsWithTheRuleSwitchedOff() {
        RpsSockFlowTable ablated = new RpsSockFlowTable(8, 4, KernelRules.V6_18.without(Rule.UPPER_BIT_CHECK));
        ablated.record(HASH, 1);
        assertThat(ablated.desiredCpu(HASH ^ 0x80000000)).isEqualTo(1);
    }

    @Test
    void shouldRefuseASizeThatIsNoPowerOfTwo() {
        assertThatThrownBy(() -> new RpsSockFlowTable(6, 4, KernelRules.V6_18))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rps_sock_flow_entries=6");
        assertThatThrownBy(() -> new RpsSockFlowTable(0, 4, KernelRules.V6_18))
                .hasMessageContaining("rps_sock_flow_entries=0");
        assertThatThrownBy(() -> new RpsSockFlowTable(8, 0, KernelRules.V6_18)).hasMessageContaining("nr_cpu_ids=0");
    }
}
