package io.rxsim.core.run;

import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Latencies of measured, delivered packets in nanoseconds, three significant digits.
 *
 * @param total of an open load: from the NIC to the end of the application's work, or of protocol processing where nobody is
 *     woken; of a closed loop: from a client's send call to the end of its receive call, as measured
 * @param service CPU time of the host spent on the packet itself: driver and steering, protocol, recv, the application's work
 *     and its answer, without any waiting and without what is paid for many packets at once (interrupts, polls, wake-ups,
 *     switches). On the {@code netif_rx} path the sender pays the driver
 * @param stages per stage, of the packets that went through it
 * @param corrected of a closed loop whose connections are meant to send at a stated interval: {@code total} corrected by
 *     HdrHistogram's rule, which adds for a transaction longer than the interval those that would have begun meanwhile; otherwise null
 */
public record Latency(Histogram total, Histogram service, Map<LatencyStage, Histogram> stages, Histogram corrected) {
    /** Latencies that need no correction, or for which no interval is stated. */
    public Latency(Histogram total, Histogram service, Map<LatencyStage, Histogram> stages) {
        this(total, service, stages, null);
    }
}
