package io.rxsim.core.run;

import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.SteeringReason;
import io.rxsim.core.table.IntColumn;
import io.rxsim.core.table.IntRows;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Watches the order in which packets of each flow and direction leave protocol processing.
 *
 * <p>A packet that comes after a later one is an inversion. It breaks the promise when both packets hash alike, came over the
 * same RX queue, and were both steered by the flow's slot, or both by the map, with no change of what steers between; every other
 * inversion is handover, counted by cause. Memory is three numbers per flow and direction, and one more once something has
 * changed: a packet that a slot steered is forgotten as overtaker when 32,766 packets of its flow that no slot steered, or one
 * with another hash, queue or epoch, have come since. One thread.
 */
public final class OrderAudit {
    /** Initial value of the first of an audit's fields. */
    public static final int NOTHING = -1;

    /** {@link Seen#rxQueue} of a packet that went into the slot of another queue: it came the way of no other packet. */
    public static final int OTHER_SLOT = 0xfff;

    /** Initial value of the third of an audit's fields. */
    public static final int NO_PACKET_YET = 0x7fff << 17;

    /** Largest sequence seen. */
    private static final int LATEST = 0;
    /** Hash of the packet that had it. */
    private static final int LATEST_HASH = 1;
    /**
     * How that packet was steered: reason, before-entry flag, queue; and how many packets before it the last one was that a
     * slot steered under the same hash and queue.
     */
    private static final int LATEST_HOW = 2;

    private static final int REASON_MASK = 0xf;
    private static final int BEFORE_ENTRY = 1 << 4;
    private static final int QUEUE_SHIFT = 5;
    private static final int QUEUE_MASK = 0xfff;
    private static final int TRACKED_SHIFT = 17;
    private static final int NOT_TRACKED = 0x7fff;

    private final IntRows[] rows;
    private final int[] first;
    private final long[] handover = new long[HandoverCause.values().length];
    /** Number of changes of what steers: packets steered under the same number were steered under the same tables. */
    private int epoch;
    /** What ended each epoch. */
    private HandoverCause[] ended = new HandoverCause[8];
    /** Per direction and flow, epoch of the packet that had the largest sequence; null while nothing has changed. */
    private IntColumn[] latestEpoch;

    private long outOfOrder;
    private long violations;
    private String firstViolation;

    /** An audit that keeps its own rows. */
    public OrderAudit() {
        this(newRows(), 0, newRows(), 0);
    }

    /**
     * An audit over rows that hold more about a flow: per direction three fields, which start as {@link #NOTHING}, 0 and
     * {@link #NO_PACKET_YET}.
     *
     * @param rows0 rows of direction 0
     * @param first0 where its fields begin
     * @param rows1 rows of direction 1
     * @param first1 where its fields begin
     */
    public OrderAudit(IntRows rows0, int first0, IntRows rows1, int first1) {
        rows = new IntRows[] {rows0, rows1};
        first = new int[] {first0, first1};
    }

    private static IntRows newRows() {
        return new IntRows(NOTHING, 0, NO_PACKET_YET);
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
        /** {@link OrderAudit#epoch} when it was steered. */
        public int epoch;
        /** Whether it was steered before its socket had recorded a CPU. */
        public boolean beforeEntry;
        /** Time of leaving protocol processing. */
        public long nowNs;
    }

    /** What steers is changed: a new epoch begins. */
    public void onSteeringChanged(HandoverCause cause) {
        if (latestEpoch == null) {
            latestEpoch = new IntColumn[] {new IntColumn(0), new IntColumn(0)};
        }
        if (epoch == ended.length) {
            ended = Arrays.copyOf(ended, epoch * 2);
        }
        ended[epoch++] = cause;
    }

    /** How often what steers has changed. */
    public int epoch() {
        return epoch;
    }

    /**
     * A packet left protocol processing.
     *
     * @return whether it came after a later one
     */
    public boolean onProcessed(Seen packet) {
        final int[] page = rows[packet.direction].page(packet.flow);
        final int at = rows[packet.direction].at(packet.flow) + first[packet.direction];
        final int reason = Decision.reasonOrdinal(packet.decision);
        final boolean tracked = SteeringReason.of(reason).tracked();
        final int how = reason | (packet.beforeEntry ? BEFORE_ENTRY : 0) | packet.rxQueue << QUEUE_SHIFT;
        final int latest = page[at + LATEST];
        if (packet.sequence < latest) {
            onInversion(packet, page, at, how);
            return true;
        }
        int trackedBefore = 0;
        if (!tracked) {
            boolean same = page[at + LATEST_HASH] == packet.hash
                    && sameQueue(page[at + LATEST_HOW], packet)
                    && latestEpoch(packet) == packet.epoch;
            int before = page[at + LATEST_HOW] >>> TRACKED_SHIFT;
            trackedBefore = same ? Math.min(NOT_TRACKED, before + packet.sequence - latest) : NOT_TRACKED;
        }
        if (latestEpoch != null) {
            latestEpoch[packet.direction].set(packet.flow, packet.epoch);
        }
        page[at + LATEST] = packet.sequence;
        page[at + LATEST_HASH] = packet.hash;
        page[at + LATEST_HOW] = how | trackedBefore << TRACKED_SHIFT;
        return false;
    }

    private int latestEpoch(Seen packet) {
        return latestEpoch == null ? 0 : latestEpoch[packet.direction].get(packet.flow);
    }

    /** A flow's number is given to a new connection. */
    public void onReused(int flow) {
        for (int direction = 0; direction < rows.length; direction++) {
            final int[] page = rows[direction].page(flow);
            final int at = rows[direction].at(flow) + first[direction];
            page[at + LATEST] = NOTHING;
            page[at + LATEST_HASH] = 0;
            page[at + LATEST_HOW] = NO_PACKET_YET;
        }
    }

    private static boolean sameQueue(int how, Seen packet) {
        return (how >>> QUEUE_SHIFT & QUEUE_MASK) == packet.rxQueue && packet.rxQueue != OTHER_SLOT;
    }

    private void onInversion(Seen late, int[] page, int at, int how) {
        outOfOrder++;
        final int latest = page[at + LATEST];
        final int latestHow = page[at + LATEST_HOW];
        final boolean sameHash = page[at + LATEST_HASH] == late.hash;
        final boolean sameQueue = sameQueue(latestHow, late);
        final int otherEpoch = latestEpoch(late);
        final int trackedBefore = latestHow >>> TRACKED_SHIFT;
        final boolean lateTracked = SteeringReason.of(how & REASON_MASK).tracked();
        final boolean sameSlot = sameHash && sameQueue && lateTracked && otherEpoch == late.epoch;
        if (sameSlot && trackedBefore != NOT_TRACKED && late.sequence < latest - trackedBefore) {
            onViolation(late, latest - trackedBefore);
            return;
        }
        if (sameSlot && latest - late.sequence < trackedBefore) {
            // Overtaken by a packet that no slot steered, it may itself overtake one of its slot.
            page[at + LATEST_HOW] =
                    latestHow & ~(NOT_TRACKED << TRACKED_SHIFT) | latest - late.sequence << TRACKED_SHIFT;
        }
        HandoverCause cause = sameHash && sameQueue && otherEpoch != late.epoch
                ? ended[Math.min(otherEpoch, late.epoch)]
                : cause(how, latestHow, sameHash, sameQueue);
        if (cause == null) {
            onViolation(late, latest);
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
