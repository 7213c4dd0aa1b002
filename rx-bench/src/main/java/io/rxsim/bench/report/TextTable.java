package io.rxsim.bench.report;

import java.util.ArrayList;
import java.util.List;

/** Rows of a label and right-aligned cells, in columns of one width. */
public final class TextTable {
    private final int labelWidth;
    private final int cellWidth;
    private final List<String> lines = new ArrayList<>();

    /** An empty table; widths in characters. */
    public TextTable(int labelWidth, int cellWidth) {
        this.labelWidth = labelWidth;
        this.cellWidth = cellWidth;
    }

    /** A row. */
    public TextTable row(String label, List<String> cells) {
        StringBuilder line = new StringBuilder(padded(label, labelWidth));
        for (String cell : cells) {
            line.append(" ".repeat(Math.max(1, cellWidth - cell.length()))).append(cell);
        }
        lines.add(line.toString().stripTrailing());
        return this;
    }

    /** A line across the columns. */
    public TextTable line(String text) {
        lines.add(text);
        return this;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** Text broken at blanks to lines of at most 100 characters, the later ones indented. */
    static List<String> wrapped(String text, String indent) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() > indent.length() && line.length() + 1 + word.length() > TableReport.WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
                line.append(indent).append(word);
            } else {
                line.append(line.isEmpty() ? "" : " ").append(word);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
