package io.rxsim.bench.cli;

import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.core.kernel.KernelRules;

/** The option {@code --kernel} of commands about steering. */
final class KernelVersion {
    private KernelVersion() {}

    /** The rules of a version; those of {@code byDefault} if it is null. */
    static KernelRules of(String version, KernelRules byDefault) {
        KernelRules rules;
        try {
            rules = version == null ? byDefault : KernelRules.of(version);
        } catch (IllegalArgumentException e) {
            throw new BadInputException("--kernel: " + e.getMessage());
        }
        if (!rules.hasRps()) {
            throw new BadInputException(
                    "--kernel: " + version + " has neither RPS nor RFS, allowed are v2.6.35 and later");
        }
        return rules;
    }
}
