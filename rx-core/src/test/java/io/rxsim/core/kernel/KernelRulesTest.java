package io.rxsim.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KernelRulesTest {
    private static final Set<Rule> OF_2_6_35_ONLY = EnumSet.of(
            Rule.SCHED_CLEARED_EARLY,
            Rule.SQUEEZE_BEFORE_POLL,
            Rule.HASH_CHANGE_EMPTIES_ENTRY,
            Rule.WAKE_TO_WAKER,
            Rule.NEWIDLE_RATE_LIMIT,
            Rule.INITIAL_RTO_3S);
    private static final Set<Rule> OF_BOTH = EnumSet.of(Rule.TAIL_CHECK, Rule.PADATA_REORDER);
    private static final Set<Rule> OF_2_6_34_ONLY = EnumSet.of(Rule.PADATA_LIMIT_PER_CPU);

    @Test
    void shouldFindTheTwoErasByVersion() {
        assertThat(KernelRules.of("v6.18")).isSameAs(KernelRules.V6_18);
        assertThat(KernelRules.of("v2.6.35")).isSameAs(KernelRules.V2_6_35);
        assertThat(KernelRules.versions()).containsExactly("v6.18", "v2.6.35", "v2.6.34");
        assertThatThrownBy(() -> KernelRules.of("6.18"))
                .hasMessage("kernel=6.18 is not modelled, allowed are [v6.18, v2.6.35, v2.6.34]");
    }

    @Test
    void shouldDifferBetweenTheErasAsTheKernelsDo() {
        for (Rule rule : Rule.values()) {
            boolean old = OF_2_6_35_ONLY.contains(rule);
            boolean both = OF_BOTH.contains(rule);
            boolean older = OF_2_6_34_ONLY.contains(rule);
            assertThat(KernelRules.V2_6_35.has(rule)).as(rule.label()).isEqualTo(old || both);
            assertThat(KernelRules.V6_18.has(rule)).as(rule.label()).isEqualTo(both || (!old && !older));
        }
    }

    @Test
    void shouldHaveNeitherRpsNorRfsBefore2635() {
        assertThat(KernelRules.V2_6_34.hasRps()).isFalse();
        assertThat(KernelRules.V2_6_34.has(Rule.TAIL_CHECK)).isFalse();
        assertThat(KernelRules.V2_6_34.has(Rule.HASH_CHANGE_EMPTIES_ENTRY)).isFalse();
        assertThat(KernelRules.V2_6_34.has(Rule.PADATA_REORDER)).isTrue();
        assertThat(KernelRules.V2_6_35.hasRps()).isTrue();
        assertThat(KernelRules.V6_18.without(Rule.TAIL_CHECK).hasRps()).isTrue();
    }

    @Test
    void shouldSwitchOneRuleOffWithoutTouchingTheOthers() {
        KernelRules ablated = KernelRules.V6_18.without(Rule.TAIL_CHECK);
        for (Rule rule : Rule.values()) {
            assertThat(ablated.has(rule)).isEqualTo(rule != Rule.TAIL_CHECK && KernelRules.V6_18.has(rule));
        }
        assertThat(KernelRules.V6_18.has(Rule.TAIL_CHECK)).isTrue();
        assertThat(KernelRules.V6_18.ablated()).isEmpty();
        assertThat(ablated.ablated()).containsExactly(Rule.TAIL_CHECK);
        assertThat(ablated.version()).isEqualTo("v6.18");
    }

    @Test
    void shouldSayWhatIsSwitchedOffInDeclarationOrder() {
        KernelRules ablated = KernelRules.V6_18.without(Rule.HEAD_ONCE_PER_POLL).without(Rule.UPPER_BIT_CHECK);
        assertThat(ablated).hasToString("v6.18 without upper-bit-check without head-once-per-poll");
        assertThat(KernelRules.V6_18).hasToString("v6.18");
    }

    @Test
    void shouldRefuseToSwitchOffWhatIsNotInForce() {
        assertThatThrownBy(() -> KernelRules.V2_6_35.without(Rule.UPPER_BIT_CHECK))
                .hasMessage("rule=upper-bit-check is not in force in v2.6.35");
        KernelRules ablated = KernelRules.V6_18.without(Rule.TAIL_CHECK);
        assertThatThrownBy(() -> ablated.without(Rule.TAIL_CHECK)).hasMessageContaining("tail-check is not in force");
    }

    @Test
    void shouldLabelRulesForOptions() {
        assertThat(Rule.SLOT_BY_HASH_32.label()).isEqualTo("slot-by-hash-32");
        assertThat(Rule.TAIL_CHECK.label()).isEqualTo("tail-check");
    }
}
