package io.rxsim.bench.verify.kernel;

import io.rxsim.core.steer.SteeringReason;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one configuration showed.
 *
 * @param name of the configuration
 * @param settings its settings, as the kernel read them back
 * @param counts packets
 * @param byReason compared packets by the model's reason
 * @param notCompared packets by the cause for which they say nothing
 * @param firstDisagreement in words, or null
 */
public record ConfigurationResult(
        String name,
        String settings,
        PacketCounts counts,
        Map<SteeringReason, Long> byReason,
        Map<String, Long> notCompared,
        String firstDisagreement) {
    /** Copies the maps. */
    public ConfigurationResult {
        Map<SteeringReason, Long> reasons = new EnumMap<>(SteeringReason.class);
        reasons.putAll(byReason);
        byReason = Collections.unmodifiableMap(reasons);
        notCompared = Collections.unmodifiableMap(new TreeMap<>(notCompared));
    }
}
