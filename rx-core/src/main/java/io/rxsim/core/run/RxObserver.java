package io.rxsim.core.run;

import io.rxsim.core.softnet.DropReason;
import io.rxsim.core.steer.Decision;

/**
 * Hears what happens to every packet, in event order, on the engine's thread. Times are the engine's nanoseconds; a packet is
 * named by flow and sequence.
 */
public interface RxObserver {
    /** {@link #onPolled}: the poll of a backlog. */
    int BACKLOG = Decision.MAX_QUEUES;

    /** Hears nothing. */
    RxObserver NONE = new RxObserver() {};

    /** A packet reached the NIC and was given to a queue. */
    default void onArrived(long nowNs, int flow, int sequence, int rxQueue) {}

    /** {@code cpu} took the decision for it: a packed {@link Decision}. */
    default void onSteered(long nowNs, int flow, int sequence, int cpu, long decision) {}

    /** It was appended to the backlog of {@code cpu}, whose tail is now {@code qtail}. */
    default void onEnqueued(long nowNs, int flow, int sequence, int cpu, int qtail) {}

    /** It was lost; {@code cpu} is the one that counts it, the target's for a backlog. */
    default void onDropped(long nowNs, int flow, int sequence, int cpu, DropReason reason) {}

    /** {@code cpu} finished its protocol processing. */
    default void onProcessed(long nowNs, int flow, int sequence, int cpu) {}

    /**
     * A NAPI poll on {@code cpu} returned (the kernel's tracepoint napi_poll).
     *
     * @param rxQueue the RX queue polled, or {@link #BACKLOG} for the CPU's backlog
     * @param work packets it handled
     * @param weight packets it was allowed
     */
    default void onPolled(long nowNs, int cpu, int rxQueue, int work, int weight) {}

    /** The application on {@code cpu} has received it. */
    default void onConsumed(long nowNs, int flow, int sequence, int cpu) {}
}
