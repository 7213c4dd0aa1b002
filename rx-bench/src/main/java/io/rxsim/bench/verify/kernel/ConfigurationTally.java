package io.rxsim.bench.verify.kernel;

import io.rxsim.core.steer.SteeringReason;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts the packets of one configuration. One thread. */
final class ConfigurationTally {
    private final Map<SteeringReason, Long> byReason = new EnumMap<>(SteeringReason.class);
    private final Map<String, Long> notCompared = new TreeMap<>();
    private long agreeing;
    private long disagreeing;
    private long apart;
    private String firstDisagreement;

    /** A packet that says nothing, for a cause of a few words. */
    void skip(String cause) {
        notCompared.merge(cause, 1L, Long::sum);
    }

    /**
     * A packet that was predicted.
     *
     * @param predicted the CPU that the model gives
     * @param policiesDiffer whether no steering, RPS and RFS would not all give the same CPU
     */
    void compare(TracedPacket packet, SteeringReason reason, int predicted, boolean policiesDiffer) {
        byReason.merge(reason, 1L, Long::sum);
        if (policiesDiffer) {
            apart++;
        }
        if (predicted == packet.actualCpu) {
            agreeing++;
            return;
        }
        disagreeing++;
        if (firstDisagreement == null) {
            firstDisagreement = String.format(
                    Locale.ROOT,
                    "packet %d of flow %d, hash %08x, rx-%d, taken in on CPU %d: the model gives CPU %d (%s), the kernel took CPU %d",
                    agreeing + disagreeing,
                    packet.flow,
                    packet.hash,
                    packet.rxQueue,
                    packet.intakeCpu,
                    predicted,
                    reason.label(),
                    packet.actualCpu);
        }
    }

    /** What was counted. */
    ConfigurationResult result(String name, String settings, long lost) {
        return new ConfigurationResult(
                name,
                settings,
                new PacketCounts(agreeing, disagreeing, apart, lost),
                byReason,
                notCompared,
                firstDisagreement);
    }
}
