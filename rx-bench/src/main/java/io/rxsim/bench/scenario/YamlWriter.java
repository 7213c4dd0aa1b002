package io.rxsim.bench.scenario;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes maps, lists, numbers and text as YAML that {@link YamlText} reads back to the same values. */
public final class YamlWriter {
    private static final String PLAIN = "[A-Za-z][A-Za-z0-9_.+/-]*|\\d+(\\.\\d+)?(ns|us|ms|s|k/s|M/s|/s)";

    private YamlWriter() {}

    /** The document. */
    public static String write(Map<String, Object> document) {
        StringBuilder out = new StringBuilder();
        mapping(out, document, "");
        return out.toString();
    }

    private static void mapping(StringBuilder out, Map<?, ?> map, String indent) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(indent).append(text(entry.getKey().toString())).append(':');
            value(out, entry.getValue(), indent);
        }
    }

    private static void value(StringBuilder out, Object value, String indent) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            out.append('\n');
            mapping(out, map, indent + "  ");
        } else if (value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance)) {
            out.append('\n');
            for (Object item : list) {
                StringBuilder block = new StringBuilder();
                mapping(block, (Map<?, ?>) item, indent + "    ");
                out.append(indent).append("  - ").append(block.substring(indent.length() + 4));
            }
        } else {
            out.append(' ').append(flow(value)).append('\n');
        }
    }

    private static String flow(Object value) {
        if (value instanceof Map<?, ?>) {
            return "{}";
        }
        if (value instanceof List<?> list) {
            return list.stream().map(YamlWriter::flow).toList().toString();
        }
        return value instanceof String text ? text(text) : String.valueOf(value);
    }

    private static String text(String text) {
        boolean word = text.matches(PLAIN) && !text.matches("(?i)null|true|false|yes|no|on|off|y|n");
        if (word) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c == 0x7f || c == 0x85 || c == 0xfeff || c >= 0xfffe) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
