package io.rxsim.bench.report;

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
            StringBuilder csv = new StringBuilder();
            for (VariantResult result : report.results()) {
                Map<String, Object> row = ResultDocument.head(report, result);
                if (csv.isEmpty()) {
                    csv.append(Csv.line(Csv.names(row)));
                }
                csv.append(Csv.line(Csv.values(row)));
            }
            return csv.toString();
        }
    };

    /** The report in this format, ending in a newline. */
    public abstract String write(Report report);
}
