package io.rxsim.core.live;

import io.rxsim.core.run.LatencyStage;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Latencies of a while, in nanoseconds, three digits.
 *
 * @param total from arrival to the end of the application's work, or of protocol processing where there is no socket
 * @param stages per stage: ring, backlogWait, wakeup, application; only those that occurred
 * @param cpus one per simulated CPU
 */
public record LiveInterval(Histogram total, Map<LatencyStage, Histogram> stages, List<Cpu> cpus) {
    /**
     * One simulated CPU.
     *
     * @param cpu its number
     * @param processed packets whose protocol processing it ran since the start
     * @param stages ring and backlogWait of the packets it took in or processed
     */
    public record Cpu(int cpu, long processed, Map<LatencyStage, Histogram> stages) {}
}
