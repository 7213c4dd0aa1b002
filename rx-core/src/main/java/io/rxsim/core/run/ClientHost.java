package io.rxsim.core.run;

/**
 * A closed loop: clients that send their next request when the host has answered the last. {@link #next} gives flow
 * and time of what they send unasked at the start; everything after that is due to answers. Every request, the first ones
 * too, is described when it reaches the modelled NIC, in the order in which requests do.
 *
 * <p>The client host's own costs and the network between are the implementation's: it says when the next request reaches the
 * modelled NIC. One object per run, one thread.
 */
public interface ClientHost extends ArrivalSource {
    /** {@link #onResponse}: the flow sends nothing more for this answer. */
    long NEVER = Long.MAX_VALUE;

    /**
     * An answer of the host leaves its NIC.
     *
     * @param flow the connection
     * @param lengthBytes length on the wire
     * @param nowNs virtual time
     * @return virtual time, not before {@code nowNs}, at which the flow's next request reaches the NIC, or {@link #NEVER}
     */
    long onResponse(int flow, int lengthBytes, long nowNs);

    /** Describes the request of a flow that reaches the NIC at {@link Arrival#timeNs}, which the caller has set. */
    void describe(int flow, Arrival out);

    /**
     * How long the transaction took that {@link #onResponse} was told of last: from the client's send call to the end of its
     * receive call, in nanoseconds.
     */
    long lastTransactionNs();

    /** Share of the client host's CPU time in use so far, 0 to 1; near 1 means that the client is the bottleneck. */
    double busy(long nowNs);
}
