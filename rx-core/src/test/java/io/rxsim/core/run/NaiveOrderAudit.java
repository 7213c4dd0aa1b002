package io.rxsim.core.run;

import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.SteeringReason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Looks at all earlier packets of a flow again for every packet: the reference for {@link OrderAudit}. */
final class NaiveOrderAudit {
    record Packet(
            int flow, int direction, int sequence, int hash, int queue, SteeringReason reason, boolean beforeEntry) {}

    final List<Packet> seen = new ArrayList<>();
    long outOfOrder;
    long violations;
    final Map<HandoverCause, Long> handover = new EnumMap<>(HandoverCause.class);

    NaiveOrderAudit() {
        for (HandoverCause cause : HandoverCause.values()) {
            handover.put(cause, 0L);
        }
    }

    void onProcessed(Packet late) {
        Packet latest = null;
        boolean slotBroken = false;
        for (Packet earlier : seen) {
            if (earlier.flow() != late.flow() || earlier.direction() != late.direction()) {
                continue;
            }
            if (latest == null || earlier.sequence() > latest.sequence()) {
                latest = earlier;
            }
            slotBroken |= earlier.sequence() > late.sequence()
                    && earlier.hash() == late.hash()
                    && earlier.queue() == late.queue()
                    && earlier.reason().tracked()
                    && late.reason().tracked();
        }
        seen.add(late);
        if (latest == null || latest.sequence() <= late.sequence()) {
            return;
        }
        outOfOrder++;
        HandoverCause cause = slotBroken ? null : cause(late, latest);
        if (cause == null) {
            violations++;
        } else {
            handover.merge(cause, 1L, Long::sum);
        }
    }

    private static HandoverCause cause(Packet late, Packet latest) {
        if (late.reason() == SteeringReason.ORACLE || latest.reason() == SteeringReason.ORACLE) {
            return HandoverCause.NO_PROMISE;
        }
        if (late.queue() != latest.queue()) {
            return HandoverCause.RX_QUEUE_CHANGED;
        }
        if (late.hash() != latest.hash()) {
            return HandoverCause.HASH_CHANGED;
        }
        boolean lateFallback = late.reason() == SteeringReason.FALLBACK;
        if (lateFallback == (latest.reason() == SteeringReason.FALLBACK)) {
            return null;
        }
        return (lateFallback ? late : latest).beforeEntry()
                ? HandoverCause.FALLBACK_BEFORE_ENTRY
                : HandoverCause.FALLBACK_ENTRY_LOST;
    }

    static OrderAudit.Seen asSeen(Packet packet, long nowNs) {
        OrderAudit.Seen seen = new OrderAudit.Seen();
        seen.flow = packet.flow();
        seen.direction = packet.direction();
        seen.sequence = packet.sequence();
        seen.hash = packet.hash();
        seen.rxQueue = packet.queue();
        seen.decision = packet.reason().tracked()
                ? Decision.of(1, packet.reason(), packet.queue(), 5)
                : Decision.of(1, packet.reason());
        seen.beforeEntry = packet.beforeEntry();
        seen.nowNs = nowNs;
        return seen;
    }
}
