package io.rxsim.workload.netty.replay;

import org.HdrHistogram.Histogram;

/**
 * What a sender did.
 *
 * @param packets taken from the source, sent in whatever form
 * @param datagrams sent as datagrams
 * @param lengthened of those, packets shorter than a header
 * @param cut of those, packets longer than a datagram
 * @param streams connections, what became of TCP flows
 * @param sockets how many carried the datagrams, and how many flows had to share
 * @param timing when they were sent
 * @param failure what went wrong first, in words, or null
 * @param failed whether that ended it early
 */
public record SendResult(
        long packets,
        long datagrams,
        long lengthened,
        long cut,
        Streams streams,
        Sockets sockets,
        Timing timing,
        String failure,
        boolean failed) {
    /**
     * Connections.
     *
     * @param connections made, one per direction of a flow
     * @param packets whose bytes they carried
     * @param withoutBytes TCP packets that carry no bytes: a connection sends its own
     * @param bytes written
     * @param bytesLeft due and not taken by the other side at the end
     * @param asDatagrams packets of TCP flows for which no descriptors were left
     */
    public record Streams(
            int connections, long packets, long withoutBytes, long bytes, long bytesLeft, long asDatagrams) {}

    /**
     * UDP sockets.
     *
     * @param open one per flow while there were descriptors
     * @param sharingFlows flows without one of their own
     * @param refused datagrams that the system would not send
     */
    public record Sockets(int open, long sharingFlows, long refused) {}

    /**
     * Times, in nanoseconds.
     *
     * @param scheduleError of every packet: when the call that sent it returned, less its deadline; empty without deadlines
     * @param capturedNs from the first packet to the last as recorded
     * @param scheduledNs from the first deadline to the last
     * @param durationNs from the first deadline to the end of the last call
     */
    public record Timing(Histogram scheduleError, long capturedNs, long scheduledNs, long durationNs) {}
}
