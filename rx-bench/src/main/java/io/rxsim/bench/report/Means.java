package io.rxsim.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Folds the documents of a variant's repetitions, which all have the same keys, into one: each number becomes its mean, and of
 * rates and latencies the width of the confidence interval is known. What is no number is that of the first repetition.
 *
 * <p>The figures of an empty histogram say nothing: they are left out of the means, its count is not.
 */
final class Means {
    private static final String COUNT = "count";
    private static final List<String> WITHOUT_INTERVAL = List.of(COUNT, "min", "max");

    private Means() {}

    /** The mean of every number. */
    static Map<String, Object> of(List<Map<String, Object>> repetitions) {
        Map<String, Object> means = new LinkedHashMap<>();
        for (Map.Entry<String, Object> entry : repetitions.get(0).entrySet()) {
            String key = entry.getKey();
            Object value = entry.getValue();
            if (value instanceof Map) {
                means.put(key, of(below(repetitions, key)));
            } else if (value instanceof Number) {
                means.put(key, sample(repetitions, key).mean());
            } else {
                means.put(key, value);
            }
        }
        return means;
    }

    /**
     * Half the width of the 95 % confidence interval of every rate ({@code ...PerSecond}) and of the mean, percentiles and
     * standard deviation of every latency ({@code ...Ns}), of each of several workloads too; null where fewer than two repetitions have one.
     */
    static Map<String, Object> intervals(List<Map<String, Object>> repetitions) {
        Map<String, Object> intervals = new LinkedHashMap<>();
        repetitions.get(0).forEach((key, value) -> {
            if (key.endsWith("PerSecond") && value instanceof Number) {
                intervals.put(key, sample(repetitions, key).halfWidth());
            } else if (key.endsWith("Ns") && value instanceof Map) {
                intervals.put(key, ofLatency(below(repetitions, key)));
            } else if (key.equals(WorkloadFigures.KEY)) {
                intervals.put(key, ofWorkloads(below(repetitions, key)));
            }
        });
        return intervals;
    }

    private static Map<String, Object> ofWorkloads(List<Map<String, Object>> repetitions) {
        Map<String, Object> intervals = new LinkedHashMap<>();
        repetitions.get(0).keySet().forEach(name -> intervals.put(name, intervals(below(repetitions, name))));
        return intervals;
    }

    private static Map<String, Object> ofLatency(List<Map<String, Object>> repetitions) {
        Map<String, Object> intervals = new LinkedHashMap<>();
        for (String key : repetitions.get(0).keySet()) {
            if (!WITHOUT_INTERVAL.contains(key)) {
                intervals.put(key, sample(repetitions, key).halfWidth());
            }
        }
        return intervals;
    }

    private static Sample sample(List<Map<String, Object>> repetitions, String key) {
        List<Map<String, Object>> used = key.equals(COUNT) ? repetitions : withSamples(repetitions);
        Sample sample = new Sample();
        used.forEach(repetition -> sample.add((Number) repetition.get(key)));
        return sample;
    }

    private static List<Map<String, Object>> withSamples(List<Map<String, Object>> repetitions) {
        List<Map<String, Object>> used = repetitions.stream()
                .filter(repetition -> !(repetition.get(COUNT) instanceof Number count) || count.longValue() > 0)
                .toList();
        return used.isEmpty() ? repetitions : used;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> below(List<Map<String, Object>> repetitions, String key) {
        List<Map<String, Object>> below = new ArrayList<>();
        repetitions.forEach(repetition -> below.add((Map<String, Object>) repetition.get(key)));
        return below;
    }
}
