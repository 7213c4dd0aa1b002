package io.rxsim.workload.netty.replay;

import io.rxsim.core.packet.FlowKey;
import io.rxsim.core.packet.FlowSyntaxException;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalSource;
import java.util.Arrays;

/** The tuples of a source's flows, each read once. One thread. */
final class FlowKeys {
    private static final FlowKey[] NONE = {};

    private FlowKey[] keys = NONE;
    /** Generation of a number's tuple + 1, or 0. */
    private int[] known = new int[0];

    /** The flow of a packet in direction 0, or null if it has none: ARP, and whatever else is not IP. */
    FlowKey of(ArrivalSource source, Arrival packet) {
        int flow = packet.flow;
        if (flow >= keys.length) {
            int size = Math.max(256, Integer.highestOneBit(flow) << 1);
            keys = Arrays.copyOf(keys, size);
            known = Arrays.copyOf(known, size);
        }
        if (known[flow] != packet.generation + 1) {
            known[flow] = packet.generation + 1;
            keys[flow] = parsed(source.describeFlow(flow));
        }
        return keys[flow];
    }

    private static FlowKey parsed(String text) {
        try {
            return FlowKey.parse(text);
        } catch (FlowSyntaxException e) {
            return null;
        }
    }
}
