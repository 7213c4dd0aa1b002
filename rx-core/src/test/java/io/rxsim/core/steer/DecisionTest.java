package io.rxsim.core.steer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DecisionTest {
    private static final int[] CPUS = {Decision.NO_CPU, 0, 1, 255, 0x7fff, 0x8000, Decision.MAX_CPUS - 1};
    private static final int[] QUEUES = {0, 1, Decision.MAX_QUEUES - 1};
    private static final int[] SLOTS = {0, 1, 0x7fffffff, 0x80000000, 0xffffffff};

    @Test
    void shouldUnpackWhatWasPackedAtEveryExtreme() {
        for (SteeringReason reason : SteeringReason.values()) {
            for (int cpu : CPUS) {
                for (int queue : QUEUES) {
                    for (int slot : SLOTS) {
                        long decision = Decision.of(cpu, reason, queue, slot);
                        assertThat(Decision.cpu(decision)).isEqualTo(cpu);
                        assertThat(Decision.reason(decision)).isEqualTo(reason);
                        assertThat(Decision.reasonOrdinal(decision)).isEqualTo(reason.ordinal());
                        assertThat(Decision.slotQueue(decision)).isEqualTo(queue);
                        assertThat(Decision.slot(decision)).isEqualTo(slot);
                    }
                }
            }
        }
    }

    @Test
    void shouldCarryASlotOnlyWhereTheFlowTableDecided() {
        for (SteeringReason reason : SteeringReason.values()) {
            boolean bySlot = reason == SteeringReason.MATCH
                    || reason == SteeringReason.MIGRATED
                    || reason == SteeringReason.HELD;
            assertThat(reason.tracked()).as(reason.label()).isEqualTo(bySlot);
            assertThat(Decision.hasSlot(Decision.of(1, reason)))
                    .as(reason.label())
                    .isEqualTo(bySlot);
        }
    }

    @Test
    void shouldLeaveSlotAndQueueZeroWithoutASlot() {
        long decision = Decision.of(Decision.NO_CPU, SteeringReason.FALLBACK);
        assertThat(Decision.cpu(decision)).isEqualTo(Decision.NO_CPU);
        assertThat(Decision.slot(decision)).isZero();
        assertThat(Decision.slotQueue(decision)).isZero();
    }

    @Test
    void shouldLabelReasonsAsResultsNameThem() {
        assertThat(SteeringReason.values())
                .extracting(SteeringReason::label)
                .containsExactly("none", "rps", "match", "migrated", "held", "fallback", "oracle");
        for (SteeringReason reason : SteeringReason.values()) {
            assertThat(SteeringReason.of(reason.ordinal())).isSameAs(reason);
        }
        assertThat(SteeringReason.count()).isEqualTo(7).isLessThanOrEqualTo(16);
    }
}
