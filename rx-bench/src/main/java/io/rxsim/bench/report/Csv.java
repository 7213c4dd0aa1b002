package io.rxsim.bench.report;

import java.util.ArrayList;
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

    /** Names of nested maps joined by dots. */
    static List<String> names(Map<?, ?> map) {
        List<String> names = new ArrayList<>();
        flatten("", map, names, new ArrayList<>());
        return names;
    }

    /** Values in the order of {@link #names}. */
    static List<Object> values(Map<?, ?> map) {
        List<Object> values = new ArrayList<>();
        flatten("", map, new ArrayList<>(), values);
        return values;
    }

    private static void flatten(String prefix, Map<?, ?> map, List<String> names, List<Object> values) {
        map.forEach((key, value) -> {
            if (value instanceof Map<?, ?> below) {
                flatten(prefix + key + ".", below, names, values);
            } else {
                names.add(prefix + key);
                values.add(value);
            }
        });
    }
}
