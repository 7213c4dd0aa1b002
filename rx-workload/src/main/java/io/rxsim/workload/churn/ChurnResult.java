package io.rxsim.workload.churn;

import io.rxsim.core.kernel.Errno;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What a {@link PortChurn} showed.
 *
 * @param counts of connects
 * @param peaks of tables
 * @param uses how often each port was given
 * @param blocked per service port, in how many samples it was owned, so that an explicit bind would have failed
 * @param samples how often that was looked at, once per virtual second
 * @param reuseDistance connects between two that were given the same port, whatever their destinations
 * @param portsTried ports that a connect asked about, the one it was given included
 */
public record ChurnResult(
        Counts counts,
        Peaks peaks,
        long[] uses,
        long[] blocked,
        long samples,
        Histogram reuseDistance,
        Histogram portsTried) {
    /**
     * Connects.
     *
     * @param elapsedNs virtual time of the last one
     * @param connects calls
     * @param failed those that were given no port, by errno
     * @param firstFailureNs virtual time of the first of these, -1 if there was none
     * @param collisions those that were given a service's port
     */
    public record Counts(long elapsedNs, long connects, Map<Errno, Long> failed, long firstFailureNs, long collisions) {
        /** Calls that were given no port. */
        public long failedTotal() {
            return failed.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * Tables.
     *
     * @param open most sockets open at once, TIME_WAIT included
     * @param timeWaits most connections in TIME_WAIT at once
     * @param timeWaitReuses connects that took over a port in TIME_WAIT
     * @param timeWaitOverflows connections forgotten beyond tcp_max_tw_buckets
     * @param memoryBytes of all tables at the end; they do not shrink
     */
    public record Peaks(int open, int timeWaits, long timeWaitReuses, long timeWaitOverflows, long memoryBytes) {}
}
