package io.rxsim.bench.verify.kernel;

import io.rxsim.core.kernel.KernelRules;
import java.util.List;

/**
 * What the running kernel showed.
 *
 * @param rules what it was held against
 * @param release of the kernel
 * @param configurations one result each, in the order in which they ran
 */
public record KernelReport(KernelRules rules, String release, List<ConfigurationResult> configurations) {
    private static final int MIN_APART = 3;

    /** Copies the list. */
    public KernelReport {
        configurations = List.copyOf(configurations);
    }

    /** The packets of all configurations. */
    public PacketCounts total() {
        return configurations.stream().map(ConfigurationResult::counts).reduce(PacketCounts.NONE, PacketCounts::plus);
    }

    /** Whether every compared packet agrees. */
    public boolean agrees() {
        return total().disagreeing() == 0;
    }

    /** Whether enough was compared to say so: some packets, of which at least a third tell the policies apart. */
    public boolean saysSomething() {
        PacketCounts total = total();
        return total.compared() > 0 && total.apart() * MIN_APART >= total.compared();
    }
}
