package io.rxsim.workload.netty;

import io.rxsim.core.live.LiveReport;
import io.rxsim.workload.netty.replay.SendResult;
import org.HdrHistogram.Histogram;

/**
 * What a live replay did.
 *
 * @param sent by the sender
 * @param received by the engine
 * @param report of the engine
 * @param response of datagrams that an application received: from deadline to receipt, nanoseconds
 * @param partial whether it was stopped early, or the source failed
 */
public record LiveReplayResult(
        SendResult sent, Received received, LiveReport report, Histogram response, boolean partial) {
    /** p99 of the schedule error up to which a replay was on time. */
    public static final long ON_TIME_BOUND_NS = 1_000_000;

    private static final double ON_TIME_PERCENT = 99;

    /**
     * What came through the sockets.
     *
     * @param datagrams of this replay
     * @param foreignDatagrams of others, not counted otherwise
     * @param bytes of connections, at the applications
     * @param misplacedPieces of connections whose bytes were not those of their offset
     * @param firstMisplaced the first of them in words, or null
     * @param bufferBytes the smallest receive buffer of the sockets, as the system counts it
     */
    public record Received(
            long datagrams,
            long foreignDatagrams,
            long bytes,
            long misplacedPieces,
            String firstMisplaced,
            int bufferBytes) {}

    /** Datagrams that were sent and never read: the receive buffer was full. */
    public long lostInSocketBuffers() {
        return sent.datagrams() - received.datagrams();
    }

    /** Whether the p99 of the schedule error is within {@link #ON_TIME_BOUND_NS}. */
    public boolean onTime() {
        Histogram errors = sent.timing().scheduleError();
        return errors.getTotalCount() == 0 || errors.getValueAtPercentile(ON_TIME_PERCENT) <= ON_TIME_BOUND_NS;
    }

    /** Whether every law held and all that was received came in order. */
    public boolean held() {
        return report.brokenLaws().isEmpty()
                && report.order().violations() == 0
                && received.misplacedPieces() == 0
                && lostInSocketBuffers() >= 0;
    }
}
