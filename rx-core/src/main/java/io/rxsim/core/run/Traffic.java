package io.rxsim.core.run;

import io.rxsim.core.softnet.DropReason;
import io.rxsim.core.steer.SteeringReason;
import java.util.Map;

/**
 * Packets of the measured part of a run. {@code packets = delivered + sum(dropped) + queued} holds in every result.
 *
 * @param packets arrived at the modelled NIC
 * @param delivered reached an application, or the end of protocol processing where no application is woken
 * @param dropped lost, by reason; every reason is present
 * @param rxDropped of those, what 6.18 counts in the device's rx_dropped: packets that a backlog refused, not those flushed from one
 * @param queued still inside when the run was stopped; 0 otherwise
 * @param timing over which time
 * @param steered how they were steered
 * @param flows per-flow counts
 */
public record Traffic(
        long packets,
        long delivered,
        Map<DropReason, Long> dropped,
        long rxDropped,
        long queued,
        Timing timing,
        Steered steered,
        FlowResults flows) {
    /** These counts with another list of flows. */
    Traffic withFlows(FlowResults others) {
        return new Traffic(packets, delivered, dropped, rxDropped, queued, timing, steered, others);
    }

    /** Packets lost for any reason. */
    public long droppedTotal() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Arrivals per second over the time in which packets arrived. */
    public double offeredPerSecond() {
        return perSecond(packets, timing.arrivalsNs());
    }

    /** Deliveries per second, up to the last one. */
    public double deliveredPerSecond() {
        return perSecond(delivered, timing.deliveriesNs());
    }

    private static double perSecond(long count, long overNs) {
        return overNs <= 0 ? 0 : count * 1e9 / overNs;
    }

    /**
     * The times that rates refer to, in nanoseconds.
     *
     * @param arrivalsNs from the first measured arrival to the last, or the stated duration
     * @param deliveriesNs from the first measured arrival to the last delivery; at least {@code arrivalsNs}
     */
    public record Timing(long arrivalsNs, long deliveriesNs) {}

    /**
     * What steering did.
     *
     * @param reasons decisions by reason; every reason is present
     * @param ipis inter-processor interrupts sent for backlogs
     * @param socketPackets packets that a socket with an application received
     * @param onApplicationCpu those of them whose protocol processing ran on the CPU of their application's thread
     * @param threadMoves moves of application threads
     */
    public record Steered(
            Map<SteeringReason, Long> reasons, long ipis, long socketPackets, long onApplicationCpu, long threadMoves) {
        /** Times a flow changed its CPU. */
        public long migrations() {
            return reasons.get(SteeringReason.MIGRATED);
        }
    }
}
