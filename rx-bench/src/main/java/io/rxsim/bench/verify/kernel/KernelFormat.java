package io.rxsim.bench.verify.kernel;

import io.rxsim.bench.report.Csv;
import io.rxsim.bench.report.JsonText;
import io.rxsim.core.steer.SteeringReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How the result of verifying the running kernel is written: one line, object or record per configuration. */
public enum KernelFormat {
    /** Columns for people. */
    TABLE {
        @Override
        public String write(KernelReport report) {
            StringBuilder text = new StringBuilder(header());
            report.configurations().forEach(result -> text.append(line(result.name(), result.counts(), result)));
            text.append(line("all", report.total(), sum(report)));
            for (ConfigurationResult result : report.configurations()) {
                if (result.firstDisagreement() != null) {
                    text.append(result.name())
                            .append(" (")
                            .append(result.settings())
                            .append("): ");
                    text.append(result.firstDisagreement()).append('\n');
                }
            }
            for (SettingResult setting : report.settings()) {
                text.append(setting.firstDisagreement() == null ? "" : setting.firstDisagreement() + "\n");
            }
            text.append("settings: ")
                    .append(report.writes())
                    .append(" writes to ")
                    .append(report.settings().size());
            text.append(" files, ")
                    .append(report.disagreeingWrites())
                    .append(" answered otherwise than by the model\n");
            text.append("kernel ").append(report.release()).append(", model ").append(report.rules());
            return text.append(", ").append(verdict(report)).append('\n').toString();
        }
    },
    /** One object. */
    JSON {
        @Override
        public String write(KernelReport report) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("kernel", report.release());
            document.put("model", report.rules().toString());
            document.put("agrees", report.agrees());
            PacketCounts total = report.total();
            document.put("compared", total.compared());
            document.put("agreeing", total.agreeing());
            document.put("apart", total.apart());
            document.put("lost", total.lost());
            document.put(
                    "settings",
                    report.settings().stream().map(KernelFormat::fields).toList());
            document.put(
                    "configurations",
                    report.configurations().stream().map(KernelFormat::fields).toList());
            return JsonText.of(document);
        }
    },
    /** A header line and one line per configuration. */
    CSV {
        @Override
        public String write(KernelReport report) {
            List<String> names = new ArrayList<>(List.of("name", "settings", "compared", "agreeing", "apart", "lost"));
            SHOWN.forEach(reason -> names.add(reason.label()));
            names.addAll(List.of("notCompared", "firstDisagreement"));
            StringBuilder text = new StringBuilder(Csv.line(names));
            for (ConfigurationResult result : report.configurations()) {
                Map<String, Object> fields = fields(result);
                List<Object> values = new ArrayList<>();
                fields.forEach((name, value) -> {
                    if (name.equals("reasons")) {
                        values.addAll(((Map<?, ?>) value).values());
                    } else {
                        values.add(name.equals("notCompared") ? causes(result) : value);
                    }
                });
                text.append(Csv.line(values));
            }
            return text.toString();
        }
    };

    private static final List<SteeringReason> SHOWN = List.of(
            SteeringReason.NONE,
            SteeringReason.RPS,
            SteeringReason.MATCH,
            SteeringReason.MIGRATED,
            SteeringReason.HELD,
            SteeringReason.FALLBACK);

    /** The report in this format, ending in a newline. */
    public abstract String write(KernelReport report);

    private static String header() {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "%-24s %8s %8s %6s", "configuration", "compared", "agreeing", "apart"));
        SHOWN.forEach(reason -> text.append(String.format(Locale.ROOT, " %8s", reason.label())));
        return text.append(" lost  not compared\n").toString();
    }

    private static String line(String name, PacketCounts counts, ConfigurationResult result) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, "%-24s %8d %8d %6d", name, counts.compared(), counts.agreeing(), counts.apart()));
        SHOWN.forEach(reason ->
                text.append(String.format(Locale.ROOT, " %8d", result.byReason().getOrDefault(reason, 0L))));
        text.append(String.format(Locale.ROOT, " %4d  %s", counts.lost(), causes(result)));
        return text.toString().stripTrailing() + "\n";
    }

    private static ConfigurationResult sum(KernelReport report) {
        Map<SteeringReason, Long> reasons = new LinkedHashMap<>();
        Map<String, Long> causes = new LinkedHashMap<>();
        for (ConfigurationResult result : report.configurations()) {
            result.byReason().forEach((reason, packets) -> reasons.merge(reason, packets, Long::sum));
            result.notCompared().forEach((cause, packets) -> causes.merge(cause, packets, Long::sum));
        }
        return new ConfigurationResult("all", "", report.total(), reasons, causes, null);
    }

    private static String verdict(KernelReport report) {
        PacketCounts total = report.total();
        if (report.disagreeingWrites() > 0) {
            return report.disagreeingWrites() + " of " + report.writes() + " writes disagree";
        }
        if (!report.agrees()) {
            return total.disagreeing() + " of " + total.compared() + " packets disagree";
        }
        return report.saysSomething()
                ? "every write and every compared packet agrees"
                : "too little was compared: " + total.compared() + " packets, " + total.apart()
                        + " of them tell the policies apart, needed is a third";
    }

    private static Map<String, Object> fields(SettingResult result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", result.name());
        fields.put("writes", result.writes());
        fields.put("agreeing", result.agreeing());
        fields.put("firstDisagreement", result.firstDisagreement());
        return fields;
    }

    private static Map<String, Object> fields(ConfigurationResult result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", result.name());
        fields.put("settings", result.settings());
        fields.put("compared", result.counts().compared());
        fields.put("agreeing", result.counts().agreeing());
        fields.put("apart", result.counts().apart());
        fields.put("lost", result.counts().lost());
        Map<String, Object> reasons = new LinkedHashMap<>();
        SHOWN.forEach(reason -> reasons.put(reason.label(), result.byReason().getOrDefault(reason, 0L)));
        fields.put("reasons", reasons);
        fields.put("notCompared", result.notCompared());
        fields.put("firstDisagreement", result.firstDisagreement());
        return fields;
    }

    /** {@code packets: cause}, joined by semicolons. */
    private static String causes(ConfigurationResult result) {
        List<String> causes = new ArrayList<>();
        result.notCompared().forEach((cause, packets) -> causes.add(packets + ": " + cause));
        return String.join("; ", causes);
    }
}
