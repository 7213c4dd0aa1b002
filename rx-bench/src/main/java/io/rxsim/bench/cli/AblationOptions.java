package io.rxsim.bench.cli;

import io.rxsim.bench.scenario.Ablation;
import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.core.kernel.KernelRules;
import java.util.List;
import picocli.CommandLine.Option;

/** The option {@code --without} of the verifications: what the kernel would have to do for the model to agree without a rule. */
final class AblationOptions {
    @Option(
            names = "--without",
            paramLabel = "RULE",
            description = "Switch a kernel rule off in the model, to see what shows it; may be repeated.")
    private List<String> ablated = List.of();

    /** The rules of 6.18 that are left. */
    KernelRules rules() {
        KernelRules rules = KernelRules.V6_18;
        for (String label : ablated) {
            try {
                rules = Ablation.without(rules, label);
            } catch (IllegalArgumentException e) {
                throw new BadInputException("--without: " + e.getMessage());
            }
        }
        return rules;
    }
}
