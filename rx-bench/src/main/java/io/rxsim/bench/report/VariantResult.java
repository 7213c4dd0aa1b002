package io.rxsim.bench.report;

import io.rxsim.core.run.FlowResults;
import io.rxsim.core.run.Latency;
import io.rxsim.core.run.Scenario;
import java.util.List;
import java.util.Map;

/**
 * What a variant showed, over all its repetitions: the figures under their names in JSON, which the table and CSV show too.
 *
 * @param scenario the first repetition
 * @param figures names and means of the document docs/result.schema.json describes, without CPUs and flows
 * @param cpus names and means, one map per CPU
 * @param flows those of the first repetition with most packets
 * @param merged the packets of all repetitions together
 * @param partial whether a run was stopped before its end
 * @param violations of order, one per repetition that has any
 */
public record VariantResult(
        Scenario scenario,
        Map<String, Object> figures,
        List<Map<String, Object>> cpus,
        FlowResults flows,
        Merged merged,
        boolean partial,
        List<Violation> violations) {
    /**
     * All repetitions together.
     *
     * @param latency histograms of all packets
     * @param deliveriesNs measured time, summed
     * @param fewestSamples packets delivered in the repetition that delivered least
     */
    public record Merged(Latency latency, long deliveriesNs, long fewestSamples) {}

    /**
     * Order that was violated.
     *
     * @param seed of the repetition
     * @param first its first violation in words
     */
    public record Violation(long seed, String first) {}

    /** A mean by its path in JSON, for example {@code latencyNs.p99}. */
    double number(String path) {
        return ((Number) at(figures, path)).doubleValue();
    }

    /** Whether there is something at a path in JSON. */
    boolean has(String path) {
        return at(figures, path) != null;
    }

    /** A text by its path in JSON. */
    String text(String path) {
        return at(figures, path).toString();
    }

    /** Half the width of the 95 % confidence interval of a figure, or null where there is none. */
    Number interval(String path) {
        return figures.get("ci95") instanceof Map<?, ?> intervals ? (Number) at(intervals, path) : null;
    }

    /** Runs that the means are over. */
    int repetitions() {
        return ((Number) figures.get("repetitions")).intValue();
    }

    /** What a document has at a path, or null. */
    static Object at(Map<?, ?> map, String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return map.get(path);
        }
        return map.get(path.substring(0, dot)) instanceof Map<?, ?> below ? at(below, path.substring(dot + 1)) : null;
    }
}
