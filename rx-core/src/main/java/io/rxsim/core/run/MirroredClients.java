package io.rxsim.core.run;

/**
 * A closed loop between two modelled hosts: the client host is a second one like the host under test, with the same NIC, settings,
 * policy and scheduler, on which one thread per connection sends a request, receives the answer, works, and sends the next.
 *
 * <p>{@link #next} gives what arrives unasked at the start; everything after that is due to the two hosts. One object per run,
 * one thread.
 */
public interface MirroredClients extends ArrivalSource {
    /** Connections, numbered from 0. */
    int connections();

    /** Requests that a connection keeps outstanding. */
    int burst();

    /** Interval at which each connection is meant to send, in nanoseconds, if one is stated; otherwise 0. */
    default long expectedIntervalNs() {
        return 0;
    }

    /** One way between the two NICs, in nanoseconds. */
    long networkDelayNs();

    /** Describes the request of a flow that reaches the NIC of the host under test at {@link Arrival#timeNs}, which the caller has set. */
    void describeRequest(int flow, Arrival out);

    /** Describes the answer of a flow that reaches the client host's NIC at {@link Arrival#timeNs}, which the caller has set. */
    void describeAnswer(int flow, Arrival out);
}
