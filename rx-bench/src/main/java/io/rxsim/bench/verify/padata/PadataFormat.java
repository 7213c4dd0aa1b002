package io.rxsim.bench.verify.padata;

import io.rxsim.bench.report.Csv;
import io.rxsim.bench.report.JsonText;
import io.rxsim.bench.report.TextTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How published rows and the model's are written. */
public enum PadataFormat {
    /** Columns for people: published and modelled side by side, and whether the shape holds. */
    TABLE {
        @Override
        public String write(PublishedPadata padata) {
            TextTable table = new TextTable(12, 11);
            table.line(PublishedPadata.SOURCE);
            table.line("requests/s as published, then modelled with its error, with bound and with unbound workers");
            String group = "";
            for (PadataRow row : padata.rows()) {
                if (!group(row).equals(group)) {
                    group = group(row);
                    table.line("").line(group);
                    table.row(
                            "bytes",
                            List.of("bound", "modelled", "error", "unbound", "modelled", "error", "ratio", "modelled"));
                }
                table.row(Integer.toString(row.bytes()), cells(row));
            }
            table.line("").line("shape: published, modelled, allowed");
            padata.shapes().forEach(shape -> table.line("  " + shape.text()).line("    " + verdict(shape)));
            return table.toString();
        }
    },
    /** One object: rows and shapes. */
    JSON {
        @Override
        public String write(PublishedPadata padata) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("source", PublishedPadata.SOURCE);
            document.put("held", padata.held());
            document.put(
                    "shapes", padata.shapes().stream().map(PadataFormat::fields).toList());
            document.put(
                    "rows", padata.rows().stream().map(PadataFormat::fields).toList());
            return JsonText.of(document);
        }
    },
    /** A header line and one line per row. */
    CSV {
        @Override
        public String write(PublishedPadata padata) {
            StringBuilder text =
                    new StringBuilder(Csv.line(fields(padata.rows().get(0)).keySet()));
            padata.rows().forEach(row -> text.append(Csv.line(fields(row).values())));
            return text.toString();
        }
    };

    /** The rows in this format, ending in a newline. */
    public abstract String write(PublishedPadata padata);

    private static String group(PadataRow row) {
        return (row.busy() ? "busy" : "idle") + " machine, " + (row.decryption() ? "decryption" : "encryption")
                + ", mode " + row.mode() + (row.one() ? ": one request outstanding" : ": many requests outstanding");
    }

    private static List<String> cells(PadataRow row) {
        return List.of(
                Long.toString(row.bound()),
                Long.toString(row.modelledBound()),
                error(row.modelledBound(), row.bound()),
                Long.toString(row.unbound()),
                Long.toString(row.modelledUnbound()),
                error(row.modelledUnbound(), row.unbound()),
                format("x%.1f", row.ratio()),
                format("x%.1f", row.modelledRatio()));
    }

    private static String error(long modelled, long published) {
        return format("%+.0f %%", 100.0 * modelled / published - 100);
    }

    private static String verdict(PadataShape shape) {
        return text(shape.published()) + ", " + text(shape.modelled()) + ", " + text(shape.allowed()) + ": "
                + (shape.held() ? "held" : "NOT HELD");
    }

    private static String text(PadataShape.Range range) {
        return format("%.2f to %.2f", range.low(), range.high());
    }

    private static Map<String, Object> fields(PadataShape shape) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("shape", shape.text());
        fields.put("published", list(shape.published()));
        fields.put("modelled", list(shape.modelled()));
        fields.put("allowed", list(shape.allowed()));
        fields.put("held", shape.held());
        return fields;
    }

    private static List<Double> list(PadataShape.Range range) {
        return List.of(rounded(range.low()), rounded(range.high()));
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    private static Map<String, Object> fields(PadataRow row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("system", row.busy() ? "busy" : "idle");
        fields.put("mode", row.mode());
        fields.put("operation", row.decryption() ? "dec" : "enc");
        fields.put("bytes", row.bytes());
        fields.put("bound", row.bound());
        fields.put("modelledBound", row.modelledBound());
        fields.put("unbound", row.unbound());
        fields.put("modelledUnbound", row.modelledUnbound());
        return fields;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
