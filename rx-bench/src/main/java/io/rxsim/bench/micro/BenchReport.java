package io.rxsim.bench.micro;

import io.rxsim.bench.report.JsonText;
import io.rxsim.bench.report.TextTable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Figures of benchmarks with the conditions they were measured under.
 *
 * @param version the program's
 * @param quick whether the figures are a look only
 * @param measurements in the order of measurement
 * @param ratios of those
 * @param limits of those
 * @param conditions under which they hold
 */
public record BenchReport(
        String version,
        boolean quick,
        List<Measurement> measurements,
        List<Ratio> ratios,
        List<Limit.Outcome> limits,
        Conditions conditions) {
    private static final List<Double> PERCENTILES = List.of(50.0, 90.0, 99.0);
    private static final int LABEL_WIDTH = 54;
    private static final int CELL_WIDTH = 9;

    /** Copies the lists. */
    public BenchReport {
        measurements = List.copyOf(measurements);
        ratios = List.copyOf(ratios);
        limits = List.copyOf(limits);
    }

    /** For people. Ratios come first: they say more than figures on a machine that does other work too. */
    public String table() {
        TextTable table = new TextTable(LABEL_WIDTH, CELL_WIDTH);
        table.line("rxsim " + version + " bench" + (quick ? " --quick: a look, not figures to quote" : ""));
        if (!ratios.isEmpty()) {
            table.line("");
            table.line("ratios of medians" + (quick ? "" : " (in brackets: of each round)"));
            ratios.forEach(ratio -> table.line(line(ratio)));
        }
        if (!limits.isEmpty()) {
            table.line("");
            table.line("limits");
            limits.forEach(limit -> table.line(line(limit)));
        }
        String group = "";
        for (Measurement measurement : measurements) {
            if (!measurement.benchmark().group().equals(group)) {
                group = measurement.benchmark().group();
                table.line("");
                table.row(group + ", ns per operation", List.of("p50", "p90", "p99", "mean", "M/s", "B/op"));
            }
            table.row(
                    ("  " + measurement.benchmark().name() + " "
                                    + measurement.benchmark().parametersText())
                            .stripTrailing(),
                    cells(measurement));
        }
        table.line("");
        table.line("Percentiles are those of batches of " + Sample.OPERATIONS + " operations in a row.");
        namedConditions().forEach((name, value) -> table.line(name + ": " + value));
        return table.toString();
    }

    private static String line(Ratio ratio) {
        String line = label(ratio.target().label()) + format("%.2f", ratio.value());
        if (ratio.low() != ratio.high()) {
            line += format(" (%.2f to %.2f)", ratio.low(), ratio.high());
        }
        double atMost = ratio.target().atMost();
        return atMost == Target.NONE ? line : line + format(", at most %s: ", bound(atMost)) + verdict(ratio.met());
    }

    private static String line(Limit.Outcome outcome) {
        Limit limit = outcome.limit();
        String bound = format(" %s, at most %s: ", limit.figure().unit(), bound(limit.atMost()));
        return label(limit.label()) + format("%.2f", outcome.value()) + bound + verdict(outcome.met());
    }

    private static String label(String text) {
        String line = "  " + text;
        return line + " ".repeat(Math.max(1, LABEL_WIDTH + 8 - line.length()));
    }

    /** As few digits as it has, for example 1.25 and 150. */
    private static String bound(double atMost) {
        return BigDecimal.valueOf(atMost)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String verdict(boolean met) {
        return met ? "met" : "MISSED";
    }

    private static List<String> cells(Measurement measurement) {
        List<String> cells = new ArrayList<>();
        PERCENTILES.forEach(percent -> cells.add(format("%.2f", measurement.percentileNs(percent))));
        cells.add(format("%.2f", measurement.meanNs()));
        cells.add(format("%.1f", measurement.perSecond() / 1e6));
        double bytes = measurement.bytesPerOperation();
        cells.add(Double.isNaN(bytes) ? "-" : format("%.1f", bytes));
        return cells;
    }

    /** One object with everything. */
    public String json() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", version);
        document.put("quick", quick);
        document.put("conditions", namedConditions());
        document.put("ratios", ratios.stream().map(BenchReport::document).toList());
        document.put("limits", limits.stream().map(BenchReport::document).toList());
        document.put(
                "benchmarks", measurements.stream().map(BenchReport::document).toList());
        return JsonText.of(document);
    }

    private Map<String, Object> namedConditions() {
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("cpu", conditions.cpu());
        named.put("processors", conditions.processors());
        named.put("jdk", conditions.jdk());
        named.put("flags", conditions.flags());
        named.put("commit", conditions.commit());
        named.put("loadAverage", conditions.loadAverage());
        return named;
    }

    private static Map<String, Object> document(Ratio ratio) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("label", ratio.target().label());
        document.put("value", rounded(ratio.value()));
        document.put("low", rounded(ratio.low()));
        document.put("high", rounded(ratio.high()));
        if (ratio.target().atMost() != Target.NONE) {
            document.put("atMost", ratio.target().atMost());
            document.put("met", ratio.met());
        }
        return document;
    }

    private static Map<String, Object> document(Limit.Outcome outcome) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("label", outcome.limit().label());
        document.put("value", rounded(outcome.value()));
        document.put("unit", outcome.limit().figure().unit());
        document.put("atMost", outcome.limit().atMost());
        document.put("met", outcome.met());
        return document;
    }

    private static Map<String, Object> document(Measurement measurement) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("group", measurement.benchmark().group());
        document.put("name", measurement.benchmark().name());
        document.put("parameters", measurement.benchmark().parameters());
        document.put("batches", measurement.batchNs().getTotalCount());
        document.put("operationsPerBatch", Sample.OPERATIONS);
        Map<String, Object> times = new LinkedHashMap<>();
        times.put("min", rounded(measurement.percentileNs(0)));
        times.put("mean", rounded(measurement.meanNs()));
        times.put("p50", rounded(measurement.percentileNs(50)));
        times.put("p90", rounded(measurement.percentileNs(90)));
        times.put("p99", rounded(measurement.percentileNs(99)));
        times.put("p999", rounded(measurement.percentileNs(99.9)));
        times.put("max", rounded(measurement.percentileNs(100)));
        document.put("operationNs", times);
        document.put("perSecond", Math.round(measurement.perSecond()));
        double bytes = measurement.bytesPerOperation();
        document.put("bytesPerOperation", Double.isNaN(bytes) ? null : rounded(bytes));
        return document;
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
