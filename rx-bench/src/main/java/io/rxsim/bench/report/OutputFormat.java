package io.rxsim.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How results are written on standard output. */
public enum OutputFormat {
    /** Columns for people. */
    TABLE {
        @Override
        public String write(Report report) {
            return TableReport.of(report);
        }
    },
    /** One object, described by docs/result.schema.json. */
    JSON {
        @Override
        public String write(Report report) {
            return JsonText.of(ResultDocument.of(report));
        }
    },
    /** A header line and one line per variant. */
    CSV {
        @Override
        public String write(Report report) {
            List<Map<String, Object>> rows = new ArrayList<>();
            report.results().forEach(result -> rows.add(Csv.flat(ResultDocument.head(report, result))));
            return Csv.table(rows);
        }
    },
    /** {@code /proc/net/softnet_stat} of the modelled host in its kernel's text; with several variants, each under its name. */
    SOFTNET_STAT {
        @Override
        public String write(Report report) {
            StringBuilder text = new StringBuilder();
            for (VariantResult result : report.results()) {
                if (report.results().size() > 1) {
                    text.append("# ").append(result.scenario().name()).append('\n');
                }
                text.append(SoftnetStatText.of(result));
            }
            return text.toString();
        }
    };

    /** The report in this format, ending in a newline. */
    public abstract String write(Report report);
}
