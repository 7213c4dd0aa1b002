package io.rxsim.bench.report;

import io.rxsim.bench.scenario.PublishedFigures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleFunction;

/** Published figures beside modelled ones, each with the error of the model: modelled / published - 1. */
final class PublishedRows {
    private PublishedRows() {}

    /** The cells of the row under a modelled figure, one per column; empty if none of them was published. */
    static List<String> cells(
            PublishedFigures published, List<VariantResult> shown, String path, DoubleFunction<String> unit) {
        List<Double> figures = shown.stream()
                .map(result -> published.of(result.scenario().name(), path))
                .toList();
        if (figures.stream().allMatch(Objects::isNull)) {
            return List.of();
        }
        List<String> cells = new ArrayList<>();
        for (int column = 0; column < shown.size(); column++) {
            Double figure = figures.get(column);
            cells.add(figure == null ? "-" : unit.apply(figure) + errorText(shown.get(column), path, figure));
        }
        return cells;
    }

    /** The relative error; of a published 0, which has none, nothing. */
    private static String errorText(VariantResult result, String path, double published) {
        return published == 0 ? "" : String.format(Locale.ROOT, " (%+.0f %%)", 100 * error(result, path, published));
    }

    /** What was published for a variant, under the names of its figures in JSON; empty if nothing was. */
    static Map<String, Object> published(PublishedFigures published, VariantResult result) {
        return nested(published, result, false);
    }

    /** The relative errors of the model, under the names of the figures. */
    static Map<String, Object> errors(PublishedFigures published, VariantResult result) {
        return nested(published, result, true);
    }

    private static Map<String, Object> nested(PublishedFigures published, VariantResult result, boolean errors) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (String path : PublishedFigures.PATHS) {
            Double figure = published.of(result.scenario().name(), path);
            if (figure != null && !(errors && figure == 0)) {
                Object value = LatencySummary.rounded(errors ? error(result, path, figure) : figure);
                int dot = path.indexOf('.');
                if (dot < 0) {
                    all.put(path, value);
                } else {
                    below(all, path.substring(0, dot)).put(path.substring(dot + 1), value);
                }
            }
        }
        return all;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> below(Map<String, Object> map, String key) {
        return (Map<String, Object>) map.computeIfAbsent(key, missing -> new LinkedHashMap<String, Object>());
    }

    /** Modelled / published - 1. */
    static double error(VariantResult result, String path, double published) {
        return modelled(result, path) / published - 1;
    }

    private static double modelled(VariantResult result, String path) {
        if (!path.equals(PublishedFigures.CPU)) {
            return result.number(path);
        }
        double busyNs = 0;
        double wholeNs = 0;
        for (Map<String, Object> cpu : result.cpus()) {
            for (String part : TableReport.USAGE) {
                double ns = CpuTable.number(cpu, part);
                wholeNs += ns;
                busyNs += part.equals("idleNs") ? 0 : ns;
            }
        }
        return wholeNs == 0 ? 0 : busyNs / wholeNs;
    }
}
