package io.rxsim.bench.ports;

import io.rxsim.bench.report.Csv;
import io.rxsim.bench.report.JsonText;
import io.rxsim.bench.report.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Named values of one answer, and rows of one kind, written as a table, JSON or CSV. One thread. */
public final class Answer {
    private static final int LABEL = 34;
    private static final int CELL = 14;

    /** Forms. */
    public enum Form {
        /** Columns for people. */
        TABLE,
        /** One object. */
        JSON,
        /** The rows, or else the values, with a header line. */
        CSV
    }

    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private final String rowsName;

    /** An answer whose rows have a name. */
    public Answer(String rowsName) {
        this.rowsName = rowsName;
    }

    /** Adds a value, for people under a label, else by its name. */
    public Answer value(String name, String label, Object value) {
        values.put(name, value);
        labels.put(name, label);
        return this;
    }

    /** Adds a row; all rows have the same names. */
    public Answer row(Map<String, Object> row) {
        rows.add(row);
        return this;
    }

    /** The text in a form, ending in a newline. */
    public String write(Form form) {
        return switch (form) {
            case TABLE -> table();
            case JSON -> json();
            case CSV -> csv();
        };
    }

    private String table() {
        TextTable table = new TextTable(LABEL, CELL);
        values.forEach((name, value) -> {
            if (value instanceof List<?> list) {
                for (Object line : list) {
                    table.line(padded(labels.get(name)) + line);
                }
            } else if (value != null) {
                table.line(padded(labels.get(name)) + text(value));
            }
        });
        if (!rows.isEmpty()) {
            List<String> names = List.copyOf(rows.get(0).keySet());
            table.line("").row(names.get(0), names.subList(1, names.size()));
            for (Map<String, Object> row : rows) {
                List<String> cells = row.values().stream().map(Answer::text).toList();
                table.row(cells.get(0), cells.subList(1, cells.size()));
            }
        }
        return table.toString();
    }

    private static String padded(String label) {
        return label + " ".repeat(Math.max(1, LABEL - label.length()));
    }

    private static String text(Object value) {
        if (value instanceof Double number) {
            return String.format(java.util.Locale.ROOT, Math.abs(number) >= 100 ? "%.1f" : "%.4f", number);
        }
        return value == null ? "-" : value.toString();
    }

    private String json() {
        Map<String, Object> document = new LinkedHashMap<>(values);
        if (!rows.isEmpty()) {
            document.put(rowsName, rows);
        }
        return JsonText.of(document);
    }

    private String csv() {
        StringBuilder text = new StringBuilder();
        if (rows.isEmpty()) {
            text.append(Csv.line(values.keySet()));
            text.append(Csv.line(values.values().stream()
                    .map(value -> value instanceof List<?> list ? join(list) : value)
                    .toList()));
            return text.toString();
        }
        text.append(Csv.line(rows.get(0).keySet()));
        rows.forEach(row -> text.append(Csv.line(row.values())));
        return text.toString();
    }

    private static String join(List<?> list) {
        return list.stream().map(String::valueOf).collect(java.util.stream.Collectors.joining("; "));
    }
}
