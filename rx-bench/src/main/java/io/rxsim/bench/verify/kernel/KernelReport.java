package io.rxsim.bench.verify.kernel;

import io.rxsim.core.kernel.KernelRules;
import java.util.List;

/**
 * What the running kernel showed.
 *
 * @param rules what it was held against
 * @param release of the kernel
 * @param settings how its settings answered
 * @param configurations one result each, in the order in which they ran
 */
public record KernelReport(
        KernelRules rules, String release, List<SettingResult> settings, List<ConfigurationResult> configurations) {
    private static final int MIN_APART = 3;

    /** Copies the lists. */
    public KernelReport {
        settings = List.copyOf(settings);
        configurations = List.copyOf(configurations);
    }

    /** The packets of all configurations. */
    public PacketCounts total() {
        return configurations.stream().map(ConfigurationResult::counts).reduce(PacketCounts.NONE, PacketCounts::plus);
    }

    /** Writes to settings. */
    public int writes() {
        return settings.stream().mapToInt(SettingResult::writes).sum();
    }

    /** Writes to settings whose answers are not the model's. */
    public int disagreeingWrites() {
        return writes() - settings.stream().mapToInt(SettingResult::agreeing).sum();
    }

    /** Whether every write and every compared packet agrees. */
    public boolean agrees() {
        return total().disagreeing() == 0 && disagreeingWrites() == 0;
    }

    /** Whether enough was compared to say so: some packets, of which at least a third tell the policies apart, or settings alone. */
    public boolean saysSomething() {
        if (configurations.isEmpty()) {
            return writes() > 0;
        }
        PacketCounts total = total();
        return total.compared() > 0 && total.apart() * MIN_APART >= total.compared();
    }
}
