package io.rxsim.core.run;

import io.rxsim.core.kernel.Errno;
import java.util.EnumMap;
import java.util.Map;

/**
 * A closed loop: clients that send their next request when the host has answered the last. {@link #next} gives flow
 * and time of what they send unasked at the start; everything after that is due to answers. Every request, the first ones
 * too, is described when it reaches the modelled NIC, in the order in which requests do.
 *
 * <p>The client host's own costs and the network between are the implementation's: it says when the next request reaches the
 * modelled NIC. One object per run, one thread.
 */
public interface ClientHost extends ArrivalSource {
    /** Instead of a time: the flow sends nothing more for this. */
    long NEVER = Long.MAX_VALUE;

    /**
     * An answer of the host leaves its NIC.
     *
     * @param flow the connection
     * @param sequence {@link Arrival#sequence} of the request that it answers
     * @param nowNs virtual time
     * @return virtual time, not before {@code nowNs}, at which the flow's next request reaches the NIC, or {@link #NEVER}
     */
    long onResponse(int flow, int sequence, long nowNs);

    /**
     * A packet without payload, SYN or FIN, was processed, and the protocol answers it by itself.
     *
     * @param flow the connection
     * @param sequence {@link Arrival#sequence} of the packet
     * @param nowNs virtual time
     * @return virtual time, not before {@code nowNs}, at which the flow's next packet reaches the NIC, or {@link #NEVER}
     */
    default long onHandshake(int flow, int sequence, long nowNs) {
        return NEVER;
    }

    /**
     * Whether a flow can send the packet that is due at the NIC.
     *
     * @return {@code nowNs} if it can; else the later time at which it tries again, and nothing is sent now
     */
    default long readyNs(int flow, long nowNs) {
        return nowNs;
    }

    /** Transactions so far that failed, by the errno of connect. */
    default Map<Errno, Long> failed() {
        return new EnumMap<>(Errno.class);
    }

    /** Describes the request of a flow that reaches the NIC at {@link Arrival#timeNs}, which the caller has set. */
    void describe(int flow, Arrival out);

    /**
     * The host lost a packet of the flow.
     *
     * @param flow the connection
     * @param lost {@link Arrival#sequence} of the packet
     * @param nowNs virtual time
     * @return virtual time, not before {@code nowNs}, at which the packet, sent again, reaches the NIC, or {@link #NEVER}
     */
    long onLost(int flow, int lost, long nowNs);

    /** Describes the repetition of a lost packet; {@link Arrival#timeNs} is set. It has a sequence of its own. */
    void describeAgain(int flow, int lost, Arrival out);

    /** What was lost so far, and what was done about it. */
    Losses losses();

    /**
     * How long the transaction took that {@link #onResponse} was told of last: from the client's send call to the end of its
     * receive call, in nanoseconds.
     */
    long lastTransactionNs();

    /** Interval at which each connection is meant to send, in nanoseconds, if one is stated; otherwise 0. */
    default long expectedIntervalNs() {
        return 0;
    }

    /** Share of the client host's CPU time in use so far, 0 to 1; near 1 means that the client is the bottleneck. */
    double busy(long nowNs);
}
