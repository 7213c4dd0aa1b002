package io.rxsim.bench.verify.perf;

import io.rxsim.bench.report.Csv;
import io.rxsim.bench.report.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How the result of verifying a trace is written: one line, object or record per device. */
public enum PerfFormat {
    /** Columns for people. */
    TABLE {
        @Override
        public String write(PerfReport report) {
            StringBuilder text = new StringBuilder(String.format(
                    Locale.ROOT, "%-16s %10s %10s  %s%n", "device", "compared", "agreeing", "by reason, not compared"));
            for (DeviceResult device : report.devices()) {
                List<String> notes = new ArrayList<>();
                device.byReason().forEach((reason, packets) -> notes.add(reason.label() + " " + packets));
                device.notCompared().forEach((cause, packets) -> notes.add("not compared " + packets + ": " + cause));
                text.append(String.format(
                        Locale.ROOT,
                        "%-16s %10d %10d  %s%n",
                        device.device(),
                        device.compared(),
                        device.agreeing(),
                        String.join("; ", notes)));
            }
            for (DeviceResult device : report.devices()) {
                if (device.firstDisagreement() != null) {
                    text.append(device.firstDisagreement()).append('\n');
                }
            }
            text.append("lines ").append(report.lines()).append(", bad ").append(report.badLines());
            text.append(", events lost ")
                    .append(report.lost())
                    .append(", model ")
                    .append(report.model());
            return text.append('\n').toString().replace("\r\n", "\n");
        }
    },
    /** One object. */
    JSON {
        @Override
        public String write(PerfReport report) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("model", report.model());
            document.put("lines", report.lines());
            document.put("badLines", report.badLines());
            document.put("lost", report.lost());
            document.put("compared", report.compared());
            document.put("agreeing", report.agreeing());
            document.put(
                    "devices", report.devices().stream().map(PerfFormat::fields).toList());
            return JsonText.of(document);
        }
    },
    /** A header line and one line per device. */
    CSV {
        @Override
        public String write(PerfReport report) {
            StringBuilder text = new StringBuilder(
                    Csv.line(List.of("device", "compared", "agreeing", "reasons", "notCompared", "firstDisagreement")));
            for (DeviceResult device : report.devices()) {
                Map<String, Object> fields = fields(device);
                fields.replaceAll((name, value) -> value instanceof Map<?, ?> map ? joined(map) : value);
                text.append(Csv.line(fields.values()));
            }
            return text.toString();
        }
    };

    /** The report in this format, ending in a newline. */
    public abstract String write(PerfReport report);

    private static Map<String, Object> fields(DeviceResult device) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("device", device.device());
        fields.put("compared", device.compared());
        fields.put("agreeing", device.agreeing());
        Map<String, Object> reasons = new LinkedHashMap<>();
        device.byReason().forEach((reason, packets) -> reasons.put(reason.label(), packets));
        fields.put("reasons", reasons);
        fields.put("notCompared", device.notCompared());
        fields.put("firstDisagreement", device.firstDisagreement());
        return fields;
    }

    /** {@code name: packets}, joined by semicolons. */
    private static String joined(Map<?, ?> map) {
        List<String> parts = new ArrayList<>();
        map.forEach((name, packets) -> parts.add(name + ": " + packets));
        return String.join("; ", parts);
    }
}
