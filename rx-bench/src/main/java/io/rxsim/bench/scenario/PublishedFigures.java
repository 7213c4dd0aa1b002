package io.rxsim.bench.scenario;

import java.util.List;
import java.util.Map;

/**
 * What others measured for the same variants, shown beside what the model gives. Nothing of it reaches a run.
 *
 * @param source where it was published
 * @param variants by variant's name, figures by their path in JSON ({@link #PATHS}), in the order of the file
 */
public record PublishedFigures(String source, Map<String, Map<String, Double>> variants) {
    /** Answers that clients received per second. */
    public static final String TRANSACTIONS = "transactionsPerSecond";

    /** Payload that applications received from streams, bits per second. */
    public static final String BITS = "bitsPerSecond";

    /** Share of the machine's CPU time in use, 0 to 1. */
    public static final String CPU = "cpu";

    /** All figures that can be compared, by their path in JSON. */
    public static final List<String> PATHS =
            List.of(TRANSACTIONS, BITS, CPU, "latencyNs.p50", "latencyNs.p90", "latencyNs.p99", "latencyNs.stddev");

    /** Nothing published. */
    public static final PublishedFigures NONE = new PublishedFigures("", Map.of());

    /** Whether there is none. */
    public boolean isEmpty() {
        return variants.isEmpty();
    }

    /** A figure of a variant, or null if it was not published. */
    public Double of(String variant, String path) {
        return variants.getOrDefault(variant, Map.of()).get(path);
    }
}
