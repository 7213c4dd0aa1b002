package io.rxsim.workload.replay;

import io.rxsim.workload.capture.FlowTable;
import io.rxsim.workload.esp.SecurityAssociations;

/**
 * How a capture is replayed. Immutable; any thread.
 *
 * @param speed how much faster than recorded
 * @param to which packets arrive at the host
 * @param maxFlows flows kept at most; a further one closes the flow that was seen least recently
 * @param associations what ESP packets are decrypted with; null where they are not
 */
public record ReplayOptions(Speed speed, HostAddresses to, int maxFlows, SecurityAssociations associations) {
    /** Original timing, all packets, a million flows. */
    public static final ReplayOptions DEFAULT =
            new ReplayOptions(Speed.ORIGINAL, HostAddresses.ALL, FlowTable.DEFAULT_MAX_FLOWS);

    /** A replay in which nothing is decrypted. */
    public ReplayOptions(Speed speed, HostAddresses to, int maxFlows) {
        this(speed, to, maxFlows, null);
    }

    /** Validates. */
    public ReplayOptions {
        if (maxFlows < 1 || maxFlows > FlowTable.MAX_FLOWS_LIMIT) {
            throw new IllegalArgumentException(
                    "max-flows=" + maxFlows + ", allowed is 1 to " + FlowTable.MAX_FLOWS_LIMIT);
        }
    }
}
