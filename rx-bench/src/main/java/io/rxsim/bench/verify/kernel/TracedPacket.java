package io.rxsim.bench.verify.kernel;

import io.rxsim.bench.verify.trace.TraceEvent;
import io.rxsim.core.nic.VethQueueMapping;

/**
 * A packet as the trace shows it. Moments are places in the trace, counted in events; -1 is never.
 *
 * <p>The kernel decides between {@link #taken} and {@link #queued}. The packet counts as gone from its backlog from some moment between
 * {@link #gone} and {@link #pollReturned} on. Filled in by {@link TraceIndex}.
 */
final class TracedPacket {
    static final int NEVER = -1;

    /** Entry of {@code netif_rx}, before steering. */
    final int taken;
    /** Whether it is on its way to the device under test, not back. */
    final boolean toReceiver;
    /** The CPU that took it in. */
    final int intakeCpu;
    /** The flow hash that it carries. */
    final int hash;
    /** Whether the hash is one that steering uses as it is. */
    final boolean hasHash;
    /** The receive queue that it is taken for. */
    final int rxQueue;

    /** Return of {@code netif_rx}. */
    int queued = NEVER;
    /** Whether the backlog took it. */
    boolean accepted;
    /** Start of its protocol processing. */
    int received = NEVER;
    /** Where that was; -1 if it was not seen. */
    int actualCpu = NEVER;
    /** The last event of its poll before the poll's own: not before it does the head advance. */
    int gone = NEVER;
    /** The end of the poll that processed it. */
    int pollReturned = NEVER;
    /** The flow whose socket gets it, or {@link FlowRegister#UNKNOWN}. */
    int flow = FlowRegister.UNKNOWN;

    /** A packet at its {@code netif_rx_entry}. */
    TracedPacket(int taken, TraceEvent entry) {
        this.taken = taken;
        toReceiver = entry.required("dev").equals(VethPair.RX_DEVICE);
        intakeCpu = entry.cpu();
        hash = entry.number("hash");
        hasHash = entry.number("l4_hash") != 0 && hash != 0;
        rxQueue = VethQueueMapping.rxQueue(entry.number("queue_mapping"));
    }
}
