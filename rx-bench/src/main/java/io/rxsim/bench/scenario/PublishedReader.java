package io.rxsim.bench.scenario;

import io.rxsim.workload.spec.Decimal;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code published:}, a source and figures per variant. One thread. */
final class PublishedReader {
    /** The key. */
    static final String KEY = "published";

    private static final String SOURCE = "source";
    private static final String LATENCY = "latencyNs";
    private static final long MAX_RATE = 1_000_000_000;
    private static final long MAX_BITS = 400_000_000_000L;
    private static final long MAX_NS = 100_000_000_000L;

    private PublishedReader() {}

    /**
     * Reads the part and records it as effective.
     *
     * @param root the scenario's top, which may lack the key
     * @param variants the names that figures may be given for
     */
    static PublishedFigures read(Section root, List<String> variants) {
        if (!root.has(KEY)) {
            return PublishedFigures.NONE;
        }
        Section section = root.section(KEY);
        String source = section.requiredText(SOURCE);
        Map<String, Map<String, Double>> figures = new LinkedHashMap<>();
        for (String variant : variants) {
            if (section.has(variant)) {
                figures.put(variant, figures(section, variant));
            }
        }
        section.finish();
        if (figures.isEmpty()) {
            throw section.error(
                    KEY, "published has no figures, allowed are those of the variants " + String.join(", ", variants));
        }
        return new PublishedFigures(source, figures);
    }

    private static Map<String, Double> figures(Section published, String variant) {
        Section section = published.section(variant);
        Map<String, Double> figures = new LinkedHashMap<>();
        number(section, PublishedFigures.TRANSACTIONS, PublishedFigures.TRANSACTIONS, 0, MAX_RATE, figures);
        number(section, PublishedFigures.BITS, PublishedFigures.BITS, 1, MAX_BITS, figures);
        number(section, PublishedFigures.CPU, PublishedFigures.CPU, 1, 1, figures);
        if (section.has(LATENCY)) {
            Section latency = section.section(LATENCY);
            for (String path : PublishedFigures.PATHS) {
                if (path.startsWith(LATENCY + ".")) {
                    number(latency, path.substring(LATENCY.length() + 1), path, 1, MAX_NS, figures);
                }
            }
            latency.finish();
        }
        section.finish();
        if (figures.isEmpty()) {
            throw published.error(
                    variant, variant + " has no figures, allowed are " + String.join(", ", PublishedFigures.PATHS));
        }
        return figures;
    }

    /** Reads one figure, at least {@code minMillionths}. */
    private static void number(
            Section section, String key, String path, long minMillionths, long max, Map<String, Double> figures) {
        String text = section.text(key);
        if (text == null) {
            return;
        }
        try {
            long millionths = Decimal.parse(key, text, minMillionths, max * Decimal.ONE);
            section.record(key, new BigDecimal(Decimal.format(millionths)));
            figures.put(path, millionths / (double) Decimal.ONE);
        } catch (IllegalArgumentException e) {
            throw section.error(key, e.getMessage());
        }
    }
}
