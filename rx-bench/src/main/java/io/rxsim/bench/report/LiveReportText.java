package io.rxsim.bench.report;

import io.rxsim.core.live.LiveInterval;
import io.rxsim.core.live.LiveReport;
import io.rxsim.core.run.CpuResult;
import io.rxsim.core.run.LatencyStage;
import io.rxsim.core.softnet.DropReason;
import io.rxsim.core.steer.SteeringReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What a live host did: a few lines per interval, and everything at the end, as a table or as one JSON object. */
public final class LiveReportText {
    private static final int LABEL = 26;
    private static final int CELL = 12;

    private LiveReportText() {}

    /** An interval: rate, latency, and the stages of each CPU. */
    public static String interval(double atSeconds, double overSeconds, LiveInterval interval) {
        StringBuilder text = new StringBuilder();
        Histogram total = interval.total();
        text.append(String.format(
                Locale.ROOT,
                "%7.1f s  %s  p50 %s  p99 %s  max %s",
                atSeconds,
                Units.rate(total.getTotalCount() / overSeconds),
                Units.time(LatencySummary.percentile(total, 50)),
                Units.time(LatencySummary.percentile(total, 99)),
                Units.time(total.getTotalCount() == 0 ? 0 : total.getMaxValue())));
        interval.stages().forEach((stage, histogram) -> text.append("  ").append(stage(stage, histogram)));
        text.append('\n');
        for (LiveInterval.Cpu cpu : interval.cpus()) {
            text.append(String.format(Locale.ROOT, "%9s cpu %-3d processed %-10d", "", cpu.cpu(), cpu.processed()));
            cpu.stages().forEach((stage, histogram) -> text.append("  ").append(stage(stage, histogram)));
            text.append('\n');
        }
        return text.toString();
    }

    private static String stage(LatencyStage stage, Histogram histogram) {
        return stage.label() + " " + Units.time(LatencySummary.percentile(histogram, 50)) + "/"
                + Units.time(LatencySummary.percentile(histogram, 99));
    }

    /** The end of a run for people. {@code counts} are figures of what feeds the host, shown first. */
    public static String table(LiveReport report, Map<String, Object> counts) {
        TextTable table = new TextTable(LABEL, CELL);
        counts.forEach((name, value) -> table.row(name, List.of(String.valueOf(value))));
        table.row("packets", List.of(String.valueOf(report.packets())))
                .row("delivered", List.of(String.valueOf(report.delivered())))
                .row("dropped", List.of(String.valueOf(report.droppedTotal())));
        report.dropped().forEach((reason, count) -> optional(table, "  " + reason.name(), count));
        optional(table, "queued", report.queued());
        for (SteeringReason reason : SteeringReason.values()) {
            optional(table, "steered: " + reason.label(), report.steered().get(reason));
        }
        table.row("IPIs, wake-ups", List.of(String.valueOf(report.ipis()), String.valueOf(report.wakeUps())))
                .row("out of order", List.of(String.valueOf(report.order().outOfOrder())))
                .row(
                        "  violations of order",
                        List.of(String.valueOf(report.order().violations())))
                .line("")
                .row("latency", List.of("p50", "p90", "p99", "p99.9", "max"))
                .row("  total", percentiles(report.total()));
        report.stages().forEach((stage, histogram) -> {
            if (histogram.getTotalCount() > 0) {
                table.row("  " + stage.label(), percentiles(histogram));
            }
        });
        table.line("").row("CPU", List.of("processed", "dropped", "squeezed", "IPIs"));
        for (int cpu = 0; cpu < report.softnet().size(); cpu++) {
            var softnet = report.softnet().get(cpu);
            table.row(
                    "  " + cpu,
                    List.of(
                            String.valueOf(softnet.processed()),
                            String.valueOf(softnet.dropped()),
                            String.valueOf(softnet.timeSqueeze()),
                            String.valueOf(softnet.receivedRps())));
        }
        flowLimited(table, report);
        table.line("").row("CPU, stage", List.of("p50", "p90", "p99", "p99.9", "max"));
        for (LiveInterval.Cpu cpu : report.cpus()) {
            cpu.stages()
                    .forEach((stage, histogram) ->
                            table.row("  " + cpu.cpu() + "  " + stage.label(), percentiles(histogram)));
        }
        report.remarks().forEach(table::line);
        report.brokenLaws().forEach(law -> table.line("BROKEN: " + law));
        return table.toString();
    }

    private static void flowLimited(TextTable table, LiveReport report) {
        for (int cpu = 0; cpu < report.softnet().size(); cpu++) {
            optional(
                    table,
                    "  " + cpu + "  flow limit",
                    report.softnet().get(cpu).flowLimitCount());
        }
    }

    private static void optional(TextTable table, String label, long count) {
        if (count > 0) {
            table.row(label, List.of(String.valueOf(count)));
        }
    }

    private static List<String> percentiles(Histogram histogram) {
        List<String> cells = new ArrayList<>();
        for (double percent : new double[] {50, 90, 99, 99.9}) {
            cells.add(Units.time(LatencySummary.percentile(histogram, percent)));
        }
        cells.add(Units.time(histogram.getTotalCount() == 0 ? 0 : histogram.getMaxValue()));
        return cells;
    }

    /** The end of a run as one object; names are those of {@code rx run}. */
    public static Map<String, Object> json(LiveReport report, Map<String, Object> counts) {
        Map<String, Object> json = new LinkedHashMap<>(counts);
        json.put("packets", report.packets());
        json.put("delivered", report.delivered());
        Map<String, Object> dropped = new LinkedHashMap<>();
        for (DropReason reason : DropReason.values()) {
            dropped.put(reason.name(), report.dropped().get(reason));
        }
        json.put("dropped", dropped);
        json.put("queued", report.queued());
        Map<String, Object> reasons = new LinkedHashMap<>();
        for (SteeringReason reason : SteeringReason.values()) {
            reasons.put(reason.label(), report.steered().get(reason));
        }
        json.put("steering", reasons);
        json.put("ipis", report.ipis());
        json.put("wakeUps", report.wakeUps());
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("outOfOrder", report.order().outOfOrder());
        order.put("violations", report.order().violations());
        json.put("order", order);
        json.put("latencyNs", LatencySummary.of(report.total()));
        Map<String, Object> stages = new LinkedHashMap<>();
        report.stages().forEach((stage, histogram) -> stages.put(stage.label(), LatencySummary.of(histogram)));
        json.put("stages", stages);
        json.put("cpus", cpus(report));
        json.put("remarks", report.remarks());
        json.put("brokenLaws", report.brokenLaws());
        return json;
    }

    private static List<Map<String, Object>> cpus(LiveReport report) {
        List<Map<String, Object>> cpus = new ArrayList<>();
        for (LiveInterval.Cpu cpu : report.cpus()) {
            CpuResult.Softnet softnet = report.softnet().get(cpu.cpu());
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("processed", softnet.processed());
            json.put("dropped", softnet.dropped());
            json.put("timeSqueeze", softnet.timeSqueeze());
            json.put("receivedRps", softnet.receivedRps());
            json.put("flowLimitCount", softnet.flowLimitCount());
            Map<String, Object> stages = new LinkedHashMap<>();
            cpu.stages().forEach((stage, histogram) -> stages.put(stage.label(), LatencySummary.of(histogram)));
            json.put("stages", stages);
            cpus.add(json);
        }
        return cpus;
    }
}
