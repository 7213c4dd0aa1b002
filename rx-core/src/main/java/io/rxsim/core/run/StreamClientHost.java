package io.rxsim.core.run;

/**
 * A client host whose connections send data for as long as their windows let them, in segments of one size, numbered from 0 in
 * each connection. {@link #next} gives flow and time at which the first segment of each has left the client's NIC; all others are due
 * to those before and to acknowledgements. What leaves reaches the host's NIC in this order, and is described then.
 *
 * <p>What {@link #onLost} and {@link #describeAgain} call lost is the number of a segment. Nothing is answered, so {@link
 * #onResponse} is never called. One object per run, one thread.
 */
public interface StreamClientHost extends ClientHost {
    /** Payload of a segment in bytes. */
    int segmentBytes();

    /** The host advertises this many segments before anything is sent. Called once, before {@link #next}. */
    void begin(int windowSegments);

    /** One way between the two NICs, in nanoseconds. */
    long networkDelayNs();

    /**
     * A segment of a flow has left the client's NIC, and reaches the host's one network delay later.
     *
     * @return when the next one has left, or {@link #NEVER} while the window is used up
     */
    long onLeft(int flow, long nowNs);

    /**
     * An acknowledgement leaves the host's NIC, and reaches the client one network delay later.
     *
     * @param flow the connection
     * @param next the segment that the host expects next
     * @param windowSegments how many from that on it takes
     */
    void onAckLeft(int flow, int next, int windowSegments);

    /**
     * The first acknowledgement under way reaches the client.
     *
     * @return when the flow's next segment has left, or {@link #NEVER} if none is due to this
     */
    long onAck(int flow, long nowNs);

    /** How long senders have waited for a limit so far, in nanoseconds, summed over connections. */
    long waitedNs(StreamLimit limit);
}
