package io.rxsim.bench.ports;

import io.rxsim.core.port.PortSet;
import io.rxsim.core.port.PortSettings;
import io.rxsim.workload.churn.ChurnResult;
import io.rxsim.workload.churn.PortChurn;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** The result of a churn as values and a histogram: ports of a bucket of the range, how often they were given. Stateless. */
public final class ChurnAnswer {
    private static final int BUCKETS = 16;
    private static final double SECOND_NS = 1e9;

    private ChurnAnswer() {}

    /** The answer. */
    public static Answer of(PortSettings settings, PortChurn.Load load, long seed, ChurnResult result) {
        final ChurnResult.Counts counts = result.counts();
        final ChurnResult.Peaks peaks = result.peaks();
        Map<String, Long> failed = new TreeMap<>();
        counts.failed().forEach((errno, count) -> failed.put(errno.name(), count));
        Answer answer = new Answer("buckets")
                .value("kernel", "kernel", settings.rules.toString())
                .value("seed", "seed", seed)
                .value("virtualSeconds", "virtual time, s", counts.elapsedNs() / SECOND_NS)
                .value("connects", "connects", counts.connects())
                .value("failed", "failed", counts.failedTotal())
                .value("failedByErrno", "  by errno", failed)
                .value(
                        "firstFailureSeconds",
                        "  first one, s",
                        counts.firstFailureNs() < 0 ? null : counts.firstFailureNs() / SECOND_NS)
                .value("openAtMost", "sockets at most, with TIME_WAIT", peaks.open())
                .value("timeWaitAtMost", "TIME_WAIT at most", peaks.timeWaits())
                .value("timeWaitReuses", "TIME_WAIT reused", peaks.timeWaitReuses())
                .value("timeWaitOverflows", "beyond tcp_max_tw_buckets", peaks.timeWaitOverflows())
                .value("memoryBytes", "memory of the tables, bytes", peaks.memoryBytes());
        services(answer, load.services(), result);
        distribution(answer, "reuseDistance", "connects until a port is reused", result.reuseDistance());
        distribution(answer, "portsTried", "ports tried per connect", result.portsTried());
        buckets(answer, settings, result);
        return answer;
    }

    private static void services(Answer answer, PortSet services, ChurnResult result) {
        long blocked = 0;
        for (int port = services.next(0); port >= 0; port = services.next(port + 1)) {
            blocked = Math.max(blocked, result.blocked()[port]);
        }
        answer.value("collisions", "connects on service ports", result.counts().collisions());
        answer.value(
                "takenAtStart",
                "service port taken, share of time",
                result.samples() == 0 ? 0.0 : (double) blocked / result.samples());
    }

    private static void distribution(Answer answer, String name, String label, Histogram histogram) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("min", histogram.getTotalCount() == 0 ? 0 : histogram.getMinValue());
        values.put("p50", histogram.getValueAtPercentile(50));
        values.put("p99", histogram.getValueAtPercentile(99));
        values.put("max", histogram.getMaxValue());
        answer.value(name, label, values);
    }

    private static void buckets(Answer answer, PortSettings settings, ChurnResult result) {
        final int count = settings.range.count();
        final int size = Math.max(1, (count + BUCKETS - 1) / BUCKETS);
        for (int from = settings.range.low(); from <= settings.range.high(); from += size) {
            final int to = Math.min(settings.range.high(), from + size - 1);
            long first = 0;
            long other = 0;
            for (int port = from; port <= to; port++) {
                final boolean low = (port - settings.range.low()) % 2 == 0;
                first += low ? result.uses()[port] : 0;
                other += low ? 0 : result.uses()[port];
            }
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("ports", from + "-" + to);
            row.put("lowParity", first);
            row.put("otherParity", other);
            answer.row(row);
        }
    }
}
