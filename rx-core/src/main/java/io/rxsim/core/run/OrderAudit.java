package io.rxsim.core.run;

import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.SteeringReason;
import io.rxsim.core.table.IntColumn;
import java.util.EnumMap;
import java.util.Map;

/**
 * Watches the order in which packets of each flow and direction leave protocol processing.
 *
 * <p>A packet that comes after a later one is an inversion. It breaks the promise when both packets hash alike, came over the
 * same RX queue, and were both steered by the flow's slot, or both by the map; every other inversion is handover, counted by
 * cause. Memory is four numbers per flow and direction. One thread.
 */
public final class OrderAudit {
    private static final int NOTHING = -1;
    private static final int REASON_BITS = 4;
    private static final int BEFORE_ENTRY = 1 << REASON_BITS;
    private static final int QUEUE_SHIFT = REASON_BITS + 1;
    private static final int REASON_MASK = (1 << REASON_BITS) - 1;

    private final Row[] rows = {new Row(), new Row()};
    private final long[] handover = new long[HandoverCause.values().length];
    private long outOfOrder;
    private long violations;
    private String firstViolation;

    /** State of one direction of all flows. */
    private static final class Row {
        /** Largest sequence seen. */
        final IntColumn latest = new IntColumn(NOTHING);
        /** Reason, before-entry flag and queue of the packet that had it. */
        final IntColumn latestHow = new IntColumn(0);

        final IntColumn latestHash = new IntColumn(0);
        /** Largest sequence that a slot steered under the hash and queue of {@link #latest}. */
        final IntColumn latestTracked = new IntColumn(NOTHING);
    }

    /** A packet as the audit sees it. Reused by the caller. */
    public static final class Seen {
        /** Connection. */
        public int flow;
        /** 0 or 1. */
        public int direction;
        /** Number in flow and direction. */
        public int sequence;
        /** Flow hash. */
        public int hash;
        /** RX queue. */
        public int rxQueue;
        /** Packed decision. */
        public long decision;
        /** Whether it was steered before its socket had recorded a CPU. */
        public boolean beforeEntry;
        /** Time of leaving protocol processing. */
        public long nowNs;
    }

    /**
     * A packet left protocol processing.
     *
     * @return whether it came after a later one
     */
    public boolean onProcessed(Seen packet) {
        final Row row = rows[packet.direction];
        final int flow = packet.flow;
        final int latest = row.latest.get(flow);
        final boolean tracked =
                SteeringReason.of(Decision.reasonOrdinal(packet.decision)).tracked();
        final int how = Decision.reasonOrdinal(packet.decision)
                | (packet.beforeEntry ? BEFORE_ENTRY : 0)
                | packet.rxQueue << QUEUE_SHIFT;
        final boolean late = packet.sequence < latest;
        if (late) {
            onInversion(packet, row, how, tracked);
            return true;
        }
        if (row.latestHash.get(flow) != packet.hash || row.latestHow.get(flow) >>> QUEUE_SHIFT != packet.rxQueue) {
            row.latestHash.set(flow, packet.hash);
            row.latestTracked.set(flow, NOTHING);
        }
        row.latest.set(flow, packet.sequence);
        row.latestHow.set(flow, how);
        if (tracked) {
            row.latestTracked.set(flow, packet.sequence);
        }
        return false;
    }

    /** A flow's number is given to a new connection. */
    public void onReused(int flow) {
        for (Row row : rows) {
            row.latest.set(flow, NOTHING);
            row.latestHow.set(flow, 0);
            row.latestHash.set(flow, 0);
            row.latestTracked.set(flow, NOTHING);
        }
    }

    private void onInversion(Seen late, Row row, int how, boolean tracked) {
        outOfOrder++;
        final int earlierHow = row.latestHow.get(late.flow);
        final boolean sameHash = row.latestHash.get(late.flow) == late.hash;
        final boolean sameQueue = earlierHow >>> QUEUE_SHIFT == late.rxQueue;
        if (sameHash && sameQueue && tracked && late.sequence < row.latestTracked.get(late.flow)) {
            onViolation(late, row.latestTracked.get(late.flow));
            return;
        }
        HandoverCause cause = cause(how, earlierHow, sameHash, sameQueue);
        if (cause == null) {
            onViolation(late, row.latest.get(late.flow));
        } else {
            handover[cause.ordinal()]++;
        }
    }

    /** Why two packets may pass each other, or null where they must not. */
    private static HandoverCause cause(int lateHow, int earlierHow, boolean sameHash, boolean sameQueue) {
        if (is(lateHow, SteeringReason.ORACLE) || is(earlierHow, SteeringReason.ORACLE)) {
            return HandoverCause.NO_PROMISE;
        }
        if (!sameQueue) {
            return HandoverCause.RX_QUEUE_CHANGED;
        }
        if (!sameHash) {
            return HandoverCause.HASH_CHANGED;
        }
        boolean lateFallback = is(lateHow, SteeringReason.FALLBACK);
        boolean earlierFallback = is(earlierHow, SteeringReason.FALLBACK);
        if (lateFallback == earlierFallback) {
            return null;
        }
        int fallback = lateFallback ? lateHow : earlierHow;
        return (fallback & BEFORE_ENTRY) != 0 ? HandoverCause.FALLBACK_BEFORE_ENTRY : HandoverCause.FALLBACK_ENTRY_LOST;
    }

    private static boolean is(int how, SteeringReason reason) {
        return (how & REASON_MASK) == reason.ordinal();
    }

    private void onViolation(Seen late, int overtaker) {
        if (violations++ == 0) {
            firstViolation = "flow " + late.flow + ": packet " + late.sequence + " ("
                    + Decision.reason(late.decision).label() + " to CPU " + Decision.cpu(late.decision)
                    + ") reached its socket at " + late.nowNs + " ns, after packet " + overtaker
                    + " of the same flow, RX queue and steering";
        }
    }

    /** What was found. */
    public OrderResult result() {
        Map<HandoverCause, Long> byCause = new EnumMap<>(HandoverCause.class);
        for (HandoverCause cause : HandoverCause.values()) {
            byCause.put(cause, handover[cause.ordinal()]);
        }
        return new OrderResult(outOfOrder, violations, byCause, firstViolation);
    }
}
