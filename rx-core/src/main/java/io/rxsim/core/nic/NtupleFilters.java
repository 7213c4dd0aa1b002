package io.rxsim.core.nic;

import java.util.Arrays;

/**
 * The n-tuple filter table of a NIC: flows whose packets go to a queue of their own instead of RSS's, by exact match.
 *
 * <p>A filter takes effect some time after it was asked for; until then packets go where they went. A second request for a flow
 * keeps the filter's number and changes its queue. Few requests are under way at once: a driver has places for
 * {@link #MAX_IN_FLIGHT} (drivers/net/ethernet/sfc/rx_common.c {@code efx_filter_rfs}, EFX_RPS_MAX_IN_FLIGHT, 6.18).
 *
 * <p>Deviation: the tuple is the number of the connection, its generation and direction, which addresses and ports stand for. One
 * thread; nothing is allocated after construction.
 */
public final class NtupleFilters {
    /** {@link #find}: the flow has no filter. */
    public static final int NONE = -1;

    /** Most filters: a filter's number must differ from RPS_NO_FILTER, 0xffff. */
    public static final int MAX_CAPACITY = 0xffff;

    /** Requests under way at once. */
    public static final int MAX_IN_FLIGHT = 8;

    private final long latencyNs;
    private final int[] flow;
    private final int[] generation;
    private final byte[] direction;
    private final int[] queue;
    /** Queue until {@link #effectiveNs}; {@link #NONE} for RSS's. */
    private final int[] oldQueue;

    private final int[] slot;
    private final long[] effectiveNs;
    /** Filters by hash of their tuple, plus one; open addressing. */
    private final int[] places;

    private final int[] free;
    private int frees;
    /** When the requests under way take effect, a ring. */
    private final long[] inFlightNs = new long[MAX_IN_FLIGHT];

    private int nextInFlight;

    /** An empty table; a request takes effect after {@code latencyNs}. */
    public NtupleFilters(int capacity, long latencyNs) {
        if (capacity < 1 || capacity > MAX_CAPACITY) {
            throw new IllegalArgumentException("ntuple_filters=" + capacity + ", allowed is 1 to " + MAX_CAPACITY);
        }
        if (latencyNs < 0) {
            throw new IllegalArgumentException("ntuple_latency=" + latencyNs + "ns, allowed is 0 or more");
        }
        this.latencyNs = latencyNs;
        flow = new int[capacity];
        generation = new int[capacity];
        direction = new byte[capacity];
        queue = new int[capacity];
        oldQueue = new int[capacity];
        slot = new int[capacity];
        effectiveNs = new long[capacity];
        places = new int[4 * Integer.highestOneBit(capacity)];
        free = new int[capacity];
        frees = capacity;
        Arrays.setAll(free, i -> capacity - 1 - i);
        Arrays.fill(flow, NONE);
        Arrays.fill(inFlightNs, Long.MIN_VALUE);
    }

    /** Number of filters that fit. */
    public int capacity() {
        return flow.length;
    }

    /** Number of filters in use. */
    public int size() {
        return flow.length - frees;
    }

    /** Whether a filter number is in use. */
    public boolean isUsed(int filter) {
        return flow[filter] != NONE;
    }

    /** The filter of a flow, or {@link #NONE}. */
    public int find(int itsFlow, int itsDirection, int itsGeneration) {
        for (int at = home(itsFlow, itsDirection); places[at] != 0; at = at + 1 & places.length - 1) {
            final int filter = places[at] - 1;
            if (flow[filter] == itsFlow && direction[filter] == itsDirection && generation[filter] == itsGeneration) {
                return filter;
            }
        }
        return NONE;
    }

    /** Whether a filter's last request has taken effect. */
    public boolean isEffective(int filter, long nowNs) {
        return effectiveNs[filter] <= nowNs;
    }

    /** Where a filter's packets go now, or {@link #NONE} where RSS decides still. */
    public int queueNow(int filter, long nowNs) {
        return isEffective(filter, nowNs) ? queue[filter] : oldQueue[filter];
    }

    /** The queue that was asked for last. */
    public int queue(int filter) {
        return queue[filter];
    }

    /** The slot of the queue's flow table that the request named. */
    public int slot(int filter) {
        return slot[filter];
    }

    /** Whether no more requests can be under way now. */
    public boolean isBusy(long nowNs) {
        return inFlightNs[nextInFlight] > nowNs;
    }

    /** Whether no filter is free. */
    public boolean isFull() {
        return frees == 0;
    }

    /** A flow without a filter gets one; the table must be neither busy nor full. Returns its number. */
    public int insert(int itsFlow, int itsDirection, int itsGeneration, int toQueue, int itsSlot, long nowNs) {
        final int filter = free[--frees];
        flow[filter] = itsFlow;
        direction[filter] = (byte) itsDirection;
        generation[filter] = itsGeneration;
        queue[filter] = NONE;
        int at = home(itsFlow, itsDirection);
        while (places[at] != 0) {
            at = at + 1 & places.length - 1;
        }
        places[at] = filter + 1;
        effectiveNs[filter] = nowNs;
        request(filter, toQueue, itsSlot, nowNs);
        return filter;
    }

    /** A filter is to send to another queue; the table must not be busy. */
    public void move(int filter, int toQueue, int itsSlot, long nowNs) {
        request(filter, toQueue, itsSlot, nowNs);
    }

    private void request(int filter, int toQueue, int itsSlot, long nowNs) {
        oldQueue[filter] = queueNow(filter, nowNs);
        queue[filter] = toQueue;
        slot[filter] = itsSlot;
        effectiveNs[filter] = nowNs + latencyNs;
        inFlightNs[nextInFlight] = effectiveNs[filter];
        nextInFlight = (nextInFlight + 1) % MAX_IN_FLIGHT;
    }

    /** A filter is taken out. */
    public void remove(int filter) {
        int hole = home(flow[filter], direction[filter]);
        while (places[hole] != filter + 1) {
            hole = hole + 1 & places.length - 1;
        }
        flow[filter] = NONE;
        free[frees++] = filter;
        places[hole] = 0;
        // What follows without a gap may have been put off by the one removed.
        for (int at = hole + 1 & places.length - 1; places[at] != 0; at = at + 1 & places.length - 1) {
            final int home = home(flow[places[at] - 1], direction[places[at] - 1]);
            if ((at - home & places.length - 1) >= (at - hole & places.length - 1)) {
                places[hole] = places[at];
                places[at] = 0;
                hole = at;
            }
        }
    }

    private int home(int itsFlow, int itsDirection) {
        return (itsFlow * 2 + itsDirection) * 0x61c88647 >>> Integer.numberOfLeadingZeros(places.length - 1);
    }
}
