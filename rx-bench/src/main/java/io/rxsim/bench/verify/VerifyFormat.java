package io.rxsim.bench.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How the result of a verification is written: one line, object or record per file. */
public enum VerifyFormat {
    /** Columns for people. */
    TABLE {
        @Override
        public String write(VerifyReport report) {
            StringBuilder text = new StringBuilder(String.format(
                    Locale.ROOT,
                    "%-28s %8s %9s %9s  %s%n",
                    "file",
                    "rows",
                    "compared",
                    "agreeing",
                    "first disagreement, skipped"));
            for (FileResult file : report.files()) {
                text.append(tableLine(file));
            }
            text.append("kernel ").append(report.kernel().rules());
            text.append(", seed ").append(report.kernel().seed()).append('\n');
            return text.toString().replace("\r\n", "\n");
        }
    },
    /** One object. */
    JSON {
        @Override
        public String write(VerifyReport report) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("kernel", report.kernel().rules().toString());
            document.put("seed", report.kernel().seed());
            document.put("agrees", report.agrees());
            document.put(
                    "files", report.files().stream().map(VerifyFormat::fields).toList());
            return JsonMapper.builder()
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .build()
                            .writeValueAsString(document)
                            .replace("\r\n", "\n")
                    + "\n";
        }
    },
    /** A header line and one line per file. */
    CSV {
        @Override
        public String write(VerifyReport report) {
            StringBuilder text =
                    new StringBuilder("name,file,covered,rows,compared,agreeing,skipped,firstDisagreement\n");
            for (FileResult file : report.files()) {
                List<String> cells = new ArrayList<>();
                for (Object value : fields(file).values()) {
                    cells.add(csvCell(value));
                }
                text.append(String.join(",", cells)).append('\n');
            }
            return text.toString();
        }
    };

    /**
     * The format with a name.
     *
     * @throws IllegalArgumentException for any other name
     */
    public static VerifyFormat of(String name) {
        for (VerifyFormat format : values()) {
            if (format.toString().equals(name)) {
                return format;
            }
        }
        throw new IllegalArgumentException("format=" + name + " is unknown, allowed: table, json, csv");
    }

    /** The report in this format, ending in a newline. */
    public abstract String write(VerifyReport report);

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String tableLine(FileResult file) {
        if (!file.covered()) {
            return String.format(Locale.ROOT, "%-28s %s%n", file.name(), "not covered");
        }
        List<String> notes = new ArrayList<>();
        if (file.firstDisagreement() != null) {
            notes.add(file.firstDisagreement());
        }
        file.skipped().forEach((reason, rows) -> notes.add("skipped " + rows + ": " + reason));
        String line = String.format(
                Locale.ROOT,
                "%-28s %8d %9d %9d  %s",
                file.name(),
                file.rows(),
                file.compared(),
                file.agreeing(),
                String.join("; ", notes));
        return line.stripTrailing() + "\n";
    }

    private static Map<String, Object> fields(FileResult file) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", file.name());
        fields.put("file", file.file());
        fields.put("covered", file.covered());
        fields.put("rows", file.covered() ? file.rows() : null);
        fields.put("compared", file.covered() ? file.compared() : null);
        fields.put("agreeing", file.covered() ? file.agreeing() : null);
        fields.put("skipped", file.skipped());
        fields.put("firstDisagreement", file.firstDisagreement());
        return fields;
    }

    /** Maps become {@code reason: rows} joined by semicolons; null is an empty field. */
    private static String csvCell(Object value) {
        if (value == null) {
            return "";
        }
        String text = value instanceof Map<?, ?> map
                ? map.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .reduce((a, b) -> a + "; " + b)
                        .orElse("")
                : value.toString();
        return text.matches("[^,\"\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
