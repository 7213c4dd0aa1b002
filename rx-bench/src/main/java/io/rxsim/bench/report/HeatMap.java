package io.rxsim.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A matrix as a picture (SVG): the first half of the axes are rows, the rest columns; a cell has the colour of its best
 * variant, the stronger the further it leads, and says by how much. Stateless.
 */
public final class HeatMap {
    private static final List<String> COLOURS =
            List.of("#4477aa", "#ccbb44", "#228833", "#ee6677", "#66ccee", "#aa3377", "#bbbbbb");
    private static final int WIDTH = 62;
    private static final int HEIGHT = 26;
    private static final int LEFT = 170;
    private static final int TOP = 92;
    /** A lead from which a colour is full. */
    private static final double FULL_LEAD = 3;

    private HeatMap() {}

    /** The picture. */
    public static String of(MatrixReport report) {
        List<String> axes = new ArrayList<>(report.cells().get(0).labels().keySet());
        List<String> rowAxes = axes.subList(0, (axes.size() + 1) / 2);
        List<String> columnAxes = axes.subList(rowAxes.size(), axes.size());
        Set<String> rows = new LinkedHashSet<>();
        Set<String> columns = new LinkedHashSet<>();
        report.cells().forEach(cell -> {
            rows.add(label(cell, rowAxes));
            columns.add(label(cell, columnAxes));
        });
        List<String> rowList = new ArrayList<>(rows);
        List<String> columnList = new ArrayList<>(columns);
        int width = LEFT + WIDTH * columnList.size() + 20;
        int height = TOP + HEIGHT * rowList.size() + 20;
        StringBuilder svg = new StringBuilder(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height
                        + "\" font-family=\"sans-serif\" font-size=\"11\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        legend(report, svg);
        text(svg, LEFT - 8, TOP - 8, "end", String.join(" / ", rowAxes) + "  \\  " + String.join(" / ", columnAxes));
        for (int row = 0; row < rowList.size(); row++) {
            text(svg, LEFT - 8, TOP + HEIGHT * row + 17, "end", rowList.get(row));
        }
        for (int column = 0; column < columnList.size(); column++) {
            text(svg, LEFT + WIDTH * column + WIDTH / 2, TOP - 8, "middle", columnList.get(column));
        }
        for (MatrixReport.Cell cell : report.cells()) {
            int x = LEFT + WIDTH * columnList.indexOf(label(cell, columnAxes));
            int y = TOP + HEIGHT * rowList.indexOf(label(cell, rowAxes));
            cell(svg, cell, x, y);
        }
        return svg.append("</svg>\n").toString();
    }

    private static String label(MatrixReport.Cell cell, List<String> axes) {
        return String.join(" / ", axes.stream().map(cell.labels()::get).toList());
    }

    private static void legend(MatrixReport report, StringBuilder svg) {
        text(svg, 8, 18, "start", report.title());
        text(svg, 8, 36, "start", "best by packets per second, and its lead over the next");
        int x = 8;
        List<String> names = report.names();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            svg.append("<rect x=\"" + x + "\" y=\"46\" width=\"12\" height=\"12\" fill=\"" + colour(i) + "\"/>\n");
            text(svg, x + 16, 56, "start", name);
            x += 34 + 7 * name.length();
        }
    }

    private static String colour(int variant) {
        return COLOURS.get(variant % COLOURS.size());
    }

    private static void cell(StringBuilder svg, MatrixReport.Cell cell, int x, int y) {
        double strength = Math.min(1, 0.2 + 0.8 * (cell.lead() - 1) / (FULL_LEAD - 1));
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\" fill-opacity=\"%.2f\" stroke=\"white\"/>\n",
                x,
                y,
                WIDTH,
                HEIGHT,
                colour(cell.best()),
                strength));
        text(svg, x + WIDTH / 2, y + 17, "middle", String.format(Locale.ROOT, "x%.2f", cell.lead()));
    }

    private static void text(StringBuilder svg, int x, int y, String anchor, String content) {
        String escaped = content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        svg.append("<text x=\"" + x + "\" y=\"" + y + "\" text-anchor=\"" + anchor + "\">" + escaped + "</text>\n");
    }
}
