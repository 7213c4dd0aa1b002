package io.rxsim.core.steer;

import io.rxsim.core.softnet.SoftnetView;

/**
 * A policy whose decision can be repeated later: what it read of a table that other threads write is a word that can be logged.
 *
 * <p>{@code steer(rxQueue, hash, nowNs, softnet)} is {@code steerByEntry(rxQueue, hash, entry(hash), softnet)}.
 */
public interface ReplayableSteering extends SteeringPolicy {
    /** The word of the shared table that a decision for this hash reads, u32; 0 where there is no such table. Any thread. */
    int entry(int hash);

    /**
     * Decides for one packet, given that word. Threads as {@link SteeringPolicy#steer}.
     *
     * @param entry what {@link #entry} returned
     */
    long steerByEntry(int rxQueue, int hash, int entry, SoftnetView softnet);
}
