package io.rxsim.core.live;

import io.rxsim.core.run.CpuResult;
import io.rxsim.core.run.LatencyStage;
import io.rxsim.core.run.OrderResult;
import io.rxsim.core.softnet.DropReason;
import io.rxsim.core.steer.SteeringReason;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What a live host did, from start to stop.
 *
 * @param packets offered to the NIC: accepted, or given up because a ring was full
 * @param delivered handled by an application, or ended with protocol processing where there was no socket
 * @param dropped lost, by reason; every reason is present
 * @param queued still inside
 * @param steered by reason; every reason is present
 * @param ipis interrupts sent for backlogs
 * @param wakeUps sleeps of softirq threads that somebody ended
 * @param moves of receivers between CPUs
 * @param softnet counters per CPU, in order
 * @param order what the order audit found at the receivers
 * @param total latency from arrival to the end of the application's work, nanoseconds
 * @param stages the same by stage
 * @param cpus stages of each CPU, in order
 * @param remarks what a user must know: failures of handlers, packets left behind, threads that did not end; empty if all went well
 * @param brokenLaws laws that do not hold; empty in every correct engine
 */
public record LiveReport(
        long packets,
        long delivered,
        Map<DropReason, Long> dropped,
        long queued,
        Map<SteeringReason, Long> steered,
        long ipis,
        long wakeUps,
        long moves,
        List<CpuResult.Softnet> softnet,
        OrderResult order,
        Histogram total,
        Map<LatencyStage, Histogram> stages,
        List<LiveInterval.Cpu> cpus,
        List<String> remarks,
        List<String> brokenLaws) {
    /** Packets lost for any reason. */
    public long droppedTotal() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }
}
