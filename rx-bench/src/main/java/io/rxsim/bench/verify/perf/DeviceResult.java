package io.rxsim.bench.verify.perf;

import io.rxsim.core.steer.SteeringReason;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the packets of one device showed.
 *
 * @param device its name in the trace
 * @param compared packets held against the model
 * @param agreeing packets for which it gives the kernel's CPU
 * @param byReason compared packets by the model's reason
 * @param notCompared packets by the cause for which they say nothing
 * @param firstDisagreement in words, or null
 */
public record DeviceResult(
        String device,
        long compared,
        long agreeing,
        Map<SteeringReason, Long> byReason,
        Map<String, Long> notCompared,
        String firstDisagreement) {
    /** Copies the maps. */
    public DeviceResult {
        Map<SteeringReason, Long> reasons = new EnumMap<>(SteeringReason.class);
        reasons.putAll(byReason);
        byReason = Collections.unmodifiableMap(reasons);
        notCompared = Collections.unmodifiableMap(new TreeMap<>(notCompared));
    }
}
