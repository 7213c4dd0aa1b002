package io.rxsim.steering;

import java.util.Arrays;

/**
 * What accelerated RFS adds to the slots of a queue's flow table: the NIC filter that sends a slot's flow to this queue, and
 * the flow's hash.
 *
 * <p>Source: {@code filter} and {@code hash} of {@code struct rps_dev_flow} (include/net/rps.h), 6.18. Threads: as
 * {@link RpsDevFlowTable}, but for the slots of other queues, which a move writes too, as the kernel does without a lock.
 */
final class RpsDevFlowFilters {
    /** The filter of a slot that has none (RPS_NO_FILTER). */
    static final int NO_FILTER = 0xffff;

    private final char[] filters;
    private final int[] hashes;

    RpsDevFlowFilters(int slots) {
        filters = new char[slots];
        Arrays.fill(filters, (char) NO_FILTER);
        hashes = new int[slots];
    }

    int filter(int slot) {
        return filters[slot];
    }

    int hash(int slot) {
        return hashes[slot];
    }

    void set(int slot, int filter, int hash) {
        filters[slot] = (char) filter;
        hashes[slot] = hash;
    }

    /** The slot's filter has gone to a slot of another queue. */
    void clear(int slot) {
        filters[slot] = NO_FILTER;
    }
}
