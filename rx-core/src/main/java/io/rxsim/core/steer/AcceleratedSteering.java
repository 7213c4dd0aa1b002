package io.rxsim.core.steer;

import io.rxsim.core.softnet.SoftnetView;

/** A policy that steers in hardware as well as in software. Same threads as {@link SteeringPolicy#steer}. */
public interface AcceleratedSteering extends SteeringPolicy {
    /** The interface whose packets are steered, if it takes filters; called once, before any packet. */
    void attach(FlowSteering device);

    /**
     * Whether a driver may remove a filter ({@code rps_may_expire_flow}, net/core/dev.c).
     *
     * @param rxQueue the queue that the filter's packets go to
     * @param slot the slot that the request named
     * @param filter the filter's number
     */
    boolean mayExpire(int rxQueue, int slot, int filter, SoftnetView softnet);

    /** Moves for which no filter was asked because an active flow of another hash, or the flow itself, had one in the slot. */
    long heldByActive();
}
