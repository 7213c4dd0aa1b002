package io.rxsim.bench.verify.perf;

import io.rxsim.core.steer.SteeringReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts the packets of one device. One thread. */
final class DeviceTally {
    private final Map<SteeringReason, Long> byReason = new EnumMap<>(SteeringReason.class);
    private final Map<String, Long> notCompared = new TreeMap<>();
    private long compared;
    private long agreeing;
    private String firstDisagreement;

    /** A packet that says nothing, for a cause of a few words. */
    void skip(String cause) {
        notCompared.merge(cause, 1L, Long::sum);
    }

    /** A packet that was predicted; {@code difference} is null where the kernel did the same. True if it is the first that differs. */
    boolean judge(SteeringReason reason, String difference) {
        byReason.merge(reason, 1L, Long::sum);
        compared++;
        if (difference == null) {
            agreeing++;
            return false;
        }
        boolean first = firstDisagreement == null;
        if (first) {
            firstDisagreement = difference;
        }
        return first;
    }

    DeviceResult result(String device) {
        return new DeviceResult(device, compared, agreeing, byReason, notCompared, firstDisagreement);
    }
}
