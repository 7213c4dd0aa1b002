package io.rxsim.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lines of comma-separated values (RFC 4180; lines end in LF, as Unix tools expect). */
public final class Csv {
    private Csv() {}

    /** One line with its end; null is an empty field. */
    public static String line(Iterable<?> fields) {
        StringBuilder line = new StringBuilder();
        String separator = "";
        for (Object field : fields) {
            line.append(separator).append(field == null ? "" : quoted(field.toString()));
            separator = ",";
        }
        return line.append('\n').toString();
    }

    private static String quoted(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }

    /** Nested maps as one, their names joined by dots. */
    static Map<String, Object> flat(Map<?, ?> map) {
        Map<String, Object> flat = new LinkedHashMap<>();
        flatten("", map, flat);
        return flat;
    }

    private static void flatten(String prefix, Map<?, ?> map, Map<String, Object> into) {
        map.forEach((key, value) -> {
            if (value instanceof Map<?, ?> below) {
                flatten(prefix + key + ".", below, into);
            } else {
                into.put(prefix + key, value);
            }
        });
    }

    /** A header line of all names, each where the first row that has it has it, and a line per row; what a row lacks is empty. */
    static String table(List<Map<String, Object>> rows) {
        List<String> names = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            int at = 0;
            for (String name : row.keySet()) {
                int known = names.indexOf(name);
                if (known < 0) {
                    names.add(at++, name);
                } else {
                    at = known + 1;
                }
            }
        }
        StringBuilder csv = new StringBuilder(line(names));
        rows.forEach(row -> csv.append(line(names.stream().map(row::get).toList())));
        return csv.toString();
    }
}
