package io.rxsim.core.run;

import io.rxsim.core.softnet.DropReason;

/**
 * Hears what happens to every packet, in event order, on the engine's thread. Times are the engine's nanoseconds; a packet is
 * named by flow and sequence.
 */
public interface RxObserver {
    /** Hears nothing. */
    RxObserver NONE = new RxObserver() {};

    /** A packet reached the NIC and was given to a queue. */
    default void onArrived(long nowNs, int flow, int sequence, int rxQueue) {}

    /** {@code cpu} took the decision for it: a packed {@link io.rxsim.core.steer.Decision}. */
    default void onSteered(long nowNs, int flow, int sequence, int cpu, long decision) {}

    /** It was appended to the backlog of {@code cpu}, whose tail is now {@code qtail}. */
    default void onEnqueued(long nowNs, int flow, int sequence, int cpu, int qtail) {}

    /** It was lost; {@code cpu} is the one that counts it, the target's for a backlog. */
    default void onDropped(long nowNs, int flow, int sequence, int cpu, DropReason reason) {}

    /** {@code cpu} finished its protocol processing. */
    default void onProcessed(long nowNs, int flow, int sequence, int cpu) {}

    /** The application on {@code cpu} has received it. */
    default void onConsumed(long nowNs, int flow, int sequence, int cpu) {}
}
