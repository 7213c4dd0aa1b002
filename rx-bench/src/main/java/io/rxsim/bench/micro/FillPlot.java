package io.rxsim.bench.micro;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A plot of medians against a parameter called {@value #PARAMETER}, in percent, one line per benchmark; times on a logarithmic axis.
 * SVG 1.1, complete in itself. Stateless; any thread.
 */
final class FillPlot {
    static final String PARAMETER = "full";

    private static final int WIDTH = 720;
    private static final int HEIGHT = 420;
    private static final int LEFT = 90;
    private static final int RIGHT = 110;
    private static final int TOP = 40;
    private static final int BOTTOM = 60;
    private static final double MEDIAN = 50;
    private static final int DECADES = 7;
    private static final List<String> COLOURS = List.of("#0b5cad", "#c2410c", "#15803d", "#7e22ce");

    private FillPlot() {}

    /** The plots of a report by group; empty where no benchmark has the parameter. */
    static Map<String, String> of(List<Measurement> measurements) {
        Map<String, Map<String, List<double[]>>> groups = new LinkedHashMap<>();
        for (Measurement measurement : measurements) {
            String full = measurement.benchmark().parameters().get(PARAMETER);
            if (full != null && measurement.rounds() > 0) {
                groups.computeIfAbsent(measurement.benchmark().group(), group -> new LinkedHashMap<>())
                        .computeIfAbsent(measurement.benchmark().name(), name -> new ArrayList<>())
                        .add(new double[] {Double.parseDouble(full), measurement.percentileNs(MEDIAN)});
            }
        }
        Map<String, String> plots = new LinkedHashMap<>();
        groups.forEach((group, lines) -> plots.put(group, svg(group, lines)));
        return plots;
    }

    private static String svg(String group, Map<String, List<double[]>> lines) {
        StringBuilder svg = new StringBuilder(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n",
                WIDTH, HEIGHT));
        svg.append(format("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>%n", WIDTH, HEIGHT));
        svg.append(
                format("<text x=\"%d\" y=\"24\" font-size=\"15\">%s: median time of one choice</text>%n", LEFT, group));
        axes(svg);
        int line = 0;
        for (Map.Entry<String, List<double[]>> entry : lines.entrySet()) {
            line(svg, entry.getKey(), entry.getValue(), COLOURS.get(line++ % COLOURS.size()));
        }
        return svg.append("</svg>\n").toString().replace("\r\n", "\n");
    }

    private static void axes(StringBuilder svg) {
        for (int decade = 0; decade <= DECADES; decade++) {
            final double ns = Math.pow(10, decade + 1);
            svg.append(format(
                    "<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
                    LEFT, y(ns), WIDTH - RIGHT, LEFT - 8, y(ns) + 4, time(ns)));
        }
        for (int percent = 0; percent <= 100; percent += 25) {
            svg.append(format(
                    "<path d=\"M%.1f %dV%d\" stroke=\"#ddd\"/><text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d %%</text>%n",
                    x(percent), TOP, HEIGHT - BOTTOM, x(percent), HEIGHT - BOTTOM + 20, percent));
        }
        svg.append(format(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">of the range in use</text>%n",
                (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14));
    }

    private static void line(StringBuilder svg, String name, List<double[]> points, String colour) {
        StringBuilder path = new StringBuilder();
        for (double[] point : points) {
            path.append(format("%s%.1f %.1f", path.isEmpty() ? "M" : "L", x(point[0]), y(point[1])));
            svg.append(format(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"><title>%s, %.0f %%: %.1f ns</title></circle>%n",
                    x(point[0]), y(point[1]), colour, name, point[0], point[1]));
        }
        final double[] last = points.get(points.size() - 1);
        svg.append(format(
                "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/><text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>%n",
                path, colour, x(last[0]) + 10, y(last[1]) + 4, colour, name));
    }

    private static double x(double percent) {
        return LEFT + percent / 100 * (WIDTH - RIGHT - LEFT);
    }

    /** 10 ns at the bottom. */
    private static double y(double ns) {
        final double decades = Math.min(DECADES, Math.max(0, Math.log10(ns) - 1));
        return HEIGHT - BOTTOM - decades / DECADES * (HEIGHT - BOTTOM - TOP);
    }

    private static String time(double ns) {
        if (ns < 1e3) {
            return format("%.0f ns", ns);
        }
        return ns < 1e6 ? format("%.0f us", ns / 1e3) : format("%.0f ms", ns / 1e6);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
