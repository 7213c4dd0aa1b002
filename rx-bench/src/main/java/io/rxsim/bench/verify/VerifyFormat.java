package io.rxsim.bench.verify;

import io.rxsim.bench.report.Csv;
import io.rxsim.bench.report.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
            return JsonText.of(document);
        }
    },
    /** A header line and one line per file. */
    CSV {
        @Override
        public String write(VerifyReport report) {
            StringBuilder text = new StringBuilder(Csv.line(List.of(
                    "name", "file", "covered", "rows", "compared", "agreeing", "skipped", "firstDisagreement")));
            for (FileResult file : report.files()) {
                Map<String, Object> fields = fields(file);
                fields.put("skipped", skipped(file));
                fields.remove("shown");
                text.append(Csv.line(fields.values()));
            }
            return text.toString();
        }
    };

    /** The report in this format, ending in a newline. */
    public abstract String write(VerifyReport report);

    private static String tableLine(FileResult file) {
        if (!file.covered()) {
            return String.format(Locale.ROOT, "%-28s %s%n", file.name(), "not covered");
        }
        List<String> notes = new ArrayList<>();
        if (file.firstDisagreement() != null) {
            notes.add(file.firstDisagreement());
        }
        file.skipped().forEach((reason, rows) -> notes.add("skipped " + rows + ": " + reason));
        long skipped =
                file.skipped().values().stream().mapToLong(Long::longValue).sum();
        if (file.rows() > file.compared() + skipped) {
            notes.add("shown " + (file.rows() - file.compared() - skipped) + " rows, not compared");
        }
        String line = String.format(
                Locale.ROOT,
                "%-28s %8d %9d %9d  %s",
                file.name(),
                file.rows(),
                file.compared(),
                file.agreeing(),
                String.join("; ", notes));
        StringBuilder lines = new StringBuilder(line.stripTrailing()).append('\n');
        file.shown().forEach(figure -> lines.append("  ").append(figure.line()).append('\n'));
        return lines.toString();
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
        fields.put("shown", file.shown().stream().map(VerifyFormat::shown).toList());
        return fields;
    }

    private static Map<String, Object> shown(Shown figure) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("figure", figure.figure());
        fields.put("rows", figure.rows());
        fields.put("recordedLeast", figure.recordedLeast());
        fields.put("recordedMost", figure.recordedMost());
        fields.put("modelledLeast", figure.modelledLeast());
        fields.put("modelledMost", figure.modelledMost());
        return fields;
    }

    /** {@code reason: rows}, joined by semicolons. */
    private static String skipped(FileResult file) {
        List<String> reasons = new ArrayList<>();
        file.skipped().forEach((reason, rows) -> reasons.add(reason + ": " + rows));
        return String.join("; ", reasons);
    }
}
