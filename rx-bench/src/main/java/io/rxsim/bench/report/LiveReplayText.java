package io.rxsim.bench.report;

import io.rxsim.core.run.CpuResult;
import io.rxsim.core.softnet.SoftnetStat;
import io.rxsim.workload.netty.LiveReplayResult;
import io.rxsim.workload.netty.replay.ReplayHeader;
import io.rxsim.workload.netty.replay.SendResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** A live replay for people. */
final class LiveReplayText {
    private static final int LABEL = 26;
    private static final int CELL = 12;
    private static final int BAR = 40;
    private static final long[] STEPS_NS = {
        5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000
    };

    private LiveReplayText() {}

    static String table(LiveReplayReport report) {
        StringBuilder text = new StringBuilder();
        text.append("rxsim ")
                .append(report.version())
                .append(", live engine, kernel ")
                .append(report.study().kernel())
                .append('\n')
                .append(report.study().workload().describe())
                .append(", sent ")
                .append(report.options().pacing())
                .append('\n');
        report.study()
                .workload()
                .remarks()
                .forEach(remark -> text.append(remark).append('\n'));
        if (!report.study().defaults().isEmpty()) {
            TextTable.wrapped("defaults: " + String.join(", ", report.study().defaults()), "  ")
                    .forEach(line -> text.append(line).append('\n'));
        }
        for (LiveReplayReport.Variant variant : report.variants()) {
            text.append('\n').append(variant.scenario().name()).append('\n');
            text.append(LiveReportText.table(variant.result().report(), counts(variant.result())));
            text.append(scheduleError(variant.result().sent().timing().scheduleError()));
        }
        return text.toString();
    }

    private static Map<String, Object> counts(LiveReplayResult result) {
        SendResult sent = result.sent();
        SendResult.Timing timing = sent.timing();
        Map<String, Object> rows = new LinkedHashMap<>();
        rows.put("sent", sent.packets());
        if (sent.streams().connections() > 0) {
            rows.put("  over connections", sent.streams().packets());
            rows.put("  TCP without bytes", sent.streams().withoutBytes());
            rows.put("  connections", sent.streams().connections());
            rows.put("  bytes sent", sent.streams().bytes());
            rows.put("  bytes received", result.received().bytes());
            rows.put("  pieces out of place", result.received().misplacedPieces());
        }
        rows.put("  as datagrams", sent.datagrams());
        rows.put("    lengthened to " + ReplayHeader.BYTES + " B", sent.lengthened());
        rows.put("    cut to 65507 B", sent.cut());
        rows.put("    from sockets", sent.sockets().open());
        rows.put("    flows sharing those", sent.sockets().sharingFlows());
        rows.put("received by the engine", result.received().datagrams());
        rows.put("lost in socket buffers", result.lostInSocketBuffers());
        rows.put("captured duration", Units.time(timing.capturedNs()));
        rows.put("scheduled duration", Units.time(timing.scheduledNs()));
        rows.put("duration", Units.time(timing.durationNs()));
        if (timing.scheduleError().getTotalCount() > 0) {
            rows.put(
                    "on time (p99 <= " + Units.time(LiveReplayResult.ON_TIME_BOUND_NS) + ")",
                    result.onTime() ? "yes" : "NO");
        }
        rows.put("partial", result.partial() ? "yes" : "no");
        return rows;
    }

    /** Percentiles, and how many packets were how late. */
    private static String scheduleError(Histogram errors) {
        if (errors.getTotalCount() == 0) {
            return "";
        }
        TextTable table = new TextTable(LABEL, CELL);
        List<String> cells = new ArrayList<>();
        for (double percent : new double[] {50, 90, 99, 99.9}) {
            cells.add(Units.time(LatencySummary.percentile(errors, percent)));
        }
        cells.add(Units.time(errors.getMaxValue()));
        table.line("").row("schedule error", cells);
        long below = 0;
        for (long step : STEPS_NS) {
            long upTo = errors.getCountBetweenValues(0, step);
            bucket(table, "  up to " + Units.time(step), upTo - below, errors.getTotalCount());
            below = upTo;
        }
        bucket(table, "  more", errors.getTotalCount() - below, errors.getTotalCount());
        return table.toString();
    }

    private static void bucket(TextTable table, String label, long count, long total) {
        if (count > 0) {
            String bar = "#".repeat((int) Math.max(1, BAR * count / total));
            table.row(label, List.of(String.valueOf(count), Units.percent((double) count, (double) total), " " + bar));
        }
    }

    static String softnetStat(LiveReplayReport report) {
        StringBuilder text = new StringBuilder();
        for (LiveReplayReport.Variant variant : report.variants()) {
            if (report.variants().size() > 1) {
                text.append("# ").append(variant.scenario().name()).append('\n');
            }
            List<CpuResult.Softnet> cpus = variant.result().report().softnet();
            for (int cpu : variant.scenario().machine().online().cpus()) {
                CpuResult.Softnet softnet = cpus.get(cpu);
                SoftnetStat stat = new SoftnetStat(
                        cpu,
                        (int) softnet.processed(),
                        (int) softnet.dropped(),
                        (int) softnet.timeSqueeze(),
                        (int) softnet.receivedRps(),
                        (int) softnet.flowLimitCount(),
                        softnet.inputLength(),
                        softnet.processLength());
                text.append(stat.line(variant.scenario().machine().rules())).append('\n');
            }
        }
        return text.toString();
    }
}
