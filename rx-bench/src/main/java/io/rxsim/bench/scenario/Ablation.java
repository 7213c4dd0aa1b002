package io.rxsim.bench.scenario;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.run.NearNames;
import java.util.ArrayList;
import java.util.List;

/** Kernel rules by the names that {@code without} takes. */
public final class Ablation {
    private Ablation() {}

    /**
     * Rules with one switched off.
     *
     * @param rules where it must be in force
     * @param label its name, for example {@code tail-check}
     * @throws IllegalArgumentException if it is not, naming those that are
     */
    public static KernelRules without(KernelRules rules, String label) {
        List<String> allowed = new ArrayList<>();
        for (Rule rule : Rule.values()) {
            if (rules.has(rule)) {
                allowed.add(rule.label());
                if (rule.label().equals(label)) {
                    return rules.without(rule);
                }
            }
        }
        throw new IllegalArgumentException(
                "without=" + label + " is no rule in force in " + rules + NearNames.hint(label, allowed));
    }
}
