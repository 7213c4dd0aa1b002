package io.rxsim.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the cells of a matrix showed: throughput of every variant, latency, waiting for order where packets are decrypted, and
 * who is best by how much.
 *
 * @param version the program's version
 * @param title what was run, for people
 * @param seed of the first run
 * @param cells in order
 */
public record MatrixReport(String version, String title, long seed, List<Cell> cells) {
    private static final String RATE = "deliveredPerSecond";
    private static final int AXIS = 8;
    private static final int NUMBER = 9;
    private static final int WIN = 16;

    /**
     * A variant in one cell.
     *
     * @param name its name
     * @param figures as {@link VariantResult#figures}; its histograms are not kept
     */
    public record Variant(String name, Map<String, Object> figures) {
        /** What is left of a result. */
        public static Variant of(VariantResult result) {
            return new Variant(result.scenario().name(), result.figures());
        }

        double number(String path) {
            return VariantResult.at(figures, path) instanceof Number number ? number.doubleValue() : 0;
        }
    }

    /**
     * One cell.
     *
     * @param labels by axis
     * @param variants in order; the same in all cells
     */
    public record Cell(Map<String, String> labels, List<Variant> variants) {
        /** Index of the variant with the highest throughput, the first of equals. */
        int best() {
            int best = 0;
            for (int i = 1; i < variants.size(); i++) {
                if (rate(i) > rate(best)) {
                    best = i;
                }
            }
            return best;
        }

        double rate(int variant) {
            return variants.get(variant).number(RATE);
        }

        /** Throughput of the best over that of the second best; 1 if there is one only. */
        double lead() {
            int best = best();
            double second = 0;
            for (int i = 0; i < variants.size(); i++) {
                second = i == best ? second : Math.max(second, rate(i));
            }
            return second == 0 ? 1 : rate(best) / second;
        }
    }

    /** The report as {@code format} has it; softnet_stat has no matrix and is the table. */
    public String write(OutputFormat format) {
        return switch (format) {
            case JSON -> JsonText.of(document());
            case CSV -> csv();
            default -> table();
        };
    }

    private Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", version);
        document.put("seed", seed);
        document.put("title", title);
        List<Object> list = new ArrayList<>();
        for (Cell cell : cells) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("cell", cell.labels());
            one.put("best", cell.variants().get(cell.best()).name());
            one.put("lead", LatencySummary.rounded(cell.lead()));
            one.put("variants", cell.variants().stream().map(Variant::figures).toList());
            list.add(one);
        }
        document.put("cells", list);
        return document;
    }

    private String csv() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Cell cell : cells) {
            for (Variant variant : cell.variants()) {
                Map<String, Object> row = new LinkedHashMap<>(cell.labels());
                row.putAll(Csv.flat(variant.figures()));
                rows.add(row);
            }
        }
        return Csv.table(rows);
    }

    private String table() {
        StringBuilder out = new StringBuilder("rxsim " + version + ", seed " + seed + "\n" + title + "\n");
        out.append(
                "packets/s in thousands, then latency p50 in us, then share of the time spent waiting for order\n\n");
        List<String> names = names();
        StringBuilder head = new StringBuilder();
        cells.get(0).labels().keySet().forEach(axis -> head.append(padded(axis, AXIS)));
        for (int round = 0; round < 2; round++) {
            names.forEach(name -> head.append(right(name, NUMBER)));
        }
        out.append(head).append(right("order", NUMBER)).append("  best\n");
        String previous = "";
        for (Cell cell : cells) {
            String group = cell.labels().values().iterator().next();
            if (!previous.isEmpty() && !group.equals(previous)) {
                out.append('\n');
            }
            previous = group;
            out.append(row(cell)).append('\n');
        }
        return out.append('\n').append(wins(names)).toString();
    }

    private static String row(Cell cell) {
        StringBuilder line = new StringBuilder();
        cell.labels().values().forEach(label -> line.append(padded(label, AXIS)));
        for (int i = 0; i < cell.variants().size(); i++) {
            line.append(right(String.format(Locale.ROOT, "%.0f", cell.rate(i) / 1e3), NUMBER));
        }
        double waiting = 0;
        for (Variant variant : cell.variants()) {
            line.append(right(String.format(Locale.ROOT, "%.2f", variant.number("latencyNs.p50") / 1e3), NUMBER));
            waiting = Math.max(waiting, variant.number("esp.reorderWaitShare"));
        }
        line.append(right(String.format(Locale.ROOT, "%.1f %%", 100 * waiting), NUMBER));
        return line + "  "
                + cell.variants().get(cell.best()).name()
                + String.format(Locale.ROOT, " x%.2f", cell.lead());
    }

    List<String> names() {
        return cells.get(0).variants().stream().map(Variant::name).toList();
    }

    /** Who is best how often: in all cells, then for each value of each axis. */
    private String wins(List<String> names) {
        StringBuilder text = new StringBuilder("best in " + cells.size() + " cells: " + wins(names, cells) + "\n");
        for (String axis : cells.get(0).labels().keySet()) {
            List<String> values = cells.stream()
                    .map(cell -> cell.labels().get(axis))
                    .distinct()
                    .toList();
            for (String value : values) {
                List<Cell> those = cells.stream()
                        .filter(cell -> cell.labels().get(axis).equals(value))
                        .toList();
                text.append("  ")
                        .append(padded(axis + " " + value, WIN))
                        .append(wins(names, those))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static String wins(List<String> names, List<Cell> those) {
        List<String> counts = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int variant = i;
            counts.add(names.get(i) + " "
                    + those.stream().filter(cell -> cell.best() == variant).count());
        }
        return String.join(", ", counts);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(1, width - text.length())) + text;
    }
}
