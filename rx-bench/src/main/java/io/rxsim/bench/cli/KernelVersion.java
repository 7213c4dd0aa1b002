package io.rxsim.bench.cli;

import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.core.kernel.KernelRules;

/** The option {@code --kernel}. */
final class KernelVersion {
    private KernelVersion() {}

    /** The rules of a version; those of {@code byDefault} if it is null. */
    static KernelRules of(String version, KernelRules byDefault) {
        try {
            return version == null ? byDefault : KernelRules.of(version);
        } catch (IllegalArgumentException e) {
            throw new BadInputException("--kernel: " + e.getMessage());
        }
    }
}
