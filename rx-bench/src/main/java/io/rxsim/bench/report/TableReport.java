package io.rxsim.bench.report;

import io.rxsim.core.run.CpuResult;
import io.rxsim.core.run.HandoverCause;
import io.rxsim.core.run.LatencyStage;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.softnet.DropReason;
import io.rxsim.core.steer.SteeringReason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** A report for a terminal: one column per variant, three side by side, no line over {@link #WIDTH} characters. */
final class TableReport {
    /** Longest line. */
    static final int WIDTH = 100;

    private static final int COLUMNS = 3;
    private static final int MAX_DEFAULTS = 40;
    private static final int MAX_DEFAULT_LENGTH = 60;
    private static final int LABEL = 26;
    private static final int CELL = 23;

    private final Report report;
    private final StringBuilder out = new StringBuilder();
    private List<RunResult> shown;
    private TextTable table;

    private TableReport(Report report) {
        this.report = report;
    }

    static String of(Report report) {
        return new TableReport(report).write();
    }

    private String write() {
        paragraph("rxsim " + report.version() + ", kernel " + report.study().kernel() + ", host " + host() + ", seed "
                + report.study().seed());
        paragraph("workload: " + report.study().workload().describe());
        List<RunResult> all = report.results();
        for (int from = 0; from < all.size(); from += COLUMNS) {
            shown = all.subList(from, Math.min(all.size(), from + COLUMNS));
            table = new TextTable(LABEL, CELL);
            table.line("");
            row("", result -> result.scenario().name() + (report.partial(result) ? " (partial)" : ""));
            row("policy", result -> result.scenario().steering().name());
            traffic();
            latency();
            steering();
            order();
            out.append(table);
            out.append(CpuTable.of(shown));
        }
        out.append('\n');
        for (RunResult result : all) {
            if (result.order().firstViolation() != null) {
                paragraph("first violation in " + result.scenario().name() + ": "
                        + result.order().firstViolation());
            }
        }
        for (String remark : report.study().workload().remarks()) {
            paragraph("input: " + remark);
        }
        defaults(report.study().defaults());
        return out.toString();
    }

    private void defaults(List<String> taken) {
        if (taken.isEmpty()) {
            return;
        }
        String shownText = taken.stream()
                .limit(MAX_DEFAULTS)
                .map(text -> text.length() <= MAX_DEFAULT_LENGTH ? text : text.substring(0, MAX_DEFAULT_LENGTH) + "...")
                .collect(Collectors.joining(" "));
        int more = taken.size() - MAX_DEFAULTS;
        paragraph("defaults: " + shownText + (more > 0 ? " and " + more + " more, -o DIR keeps all" : ""));
    }

    private String host() {
        return report.study().variants().get(0).machine().profile().name();
    }

    private void paragraph(String text) {
        TextTable.wrapped(text, "  ").forEach(line -> out.append(line).append('\n'));
    }

    private void row(String label, Function<RunResult, String> cell) {
        table.row(label, shown.stream().map(cell).toList());
    }

    private void count(String label, ToLongFunction<RunResult> value) {
        row(label, result -> Long.toString(value.applyAsLong(result)));
    }

    /** A row that is left out where every variant has 0. */
    private void countIfAny(String label, ToLongFunction<RunResult> value) {
        if (shown.stream().anyMatch(result -> value.applyAsLong(result) != 0)) {
            count(label, value);
        }
    }

    private void traffic() {
        count("packets", result -> result.traffic().packets());
        row("offered", result -> Units.rate(result.traffic().offeredPerSecond()));
        row("delivered", result -> Units.rate(result.traffic().deliveredPerSecond()));
        count("delivered packets", result -> result.traffic().delivered());
        row(
                "dropped",
                result -> result.traffic().droppedTotal() + " ("
                        + Units.percent(
                                result.traffic().droppedTotal(),
                                result.traffic().packets()) + ")");
        for (DropReason reason : DropReason.values()) {
            countIfAny(
                    "  " + reason.label(), result -> result.traffic().dropped().get(reason));
        }
        countIfAny("still queued", result -> result.traffic().queued());
        count("flows", result -> result.traffic().flows().size());
        if (shown.stream().allMatch(result -> result.client() != null)) {
            row("transactions", result -> Units.rate(result.client().perSecond()));
            row(
                    "client host busy",
                    result -> Units.percent(Math.round(result.client().busy() * 1e6), 1_000_000));
        }
        countIfAny("flows closed early", result -> result.traffic().flows().closed());
    }

    private void latency() {
        table.line("")
                .line(
                        shown.stream().allMatch(result -> result.client() != null)
                                ? "latency of transactions, as the clients measure it"
                                : "latency");
        row(
                "  min",
                result -> Units.time(
                        result.latency().total().getTotalCount() == 0
                                ? 0
                                : result.latency().total().getMinValue()));
        row("  mean", result -> Units.time(result.latency().total().getMean()));
        percentile("  p50", 50);
        percentile("  p90", 90);
        percentile("  p99", 99);
        percentile("  p99.9", 99.9);
        percentile("  p99.99", 99.99);
        row("  max", result -> Units.time(result.latency().total().getMaxValue()));
        row("  stddev", result -> Units.time(result.latency().total().getStdDeviation()));
        table.line("by stage, p50 / p99");
        for (LatencyStage stage : LatencyStage.values()) {
            row("  " + stage.label(), result -> {
                Histogram histogram = result.latency().stages().get(stage);
                return histogram.getTotalCount() == 0
                        ? "-"
                        : Units.time(LatencySummary.percentile(histogram, 50)) + " / "
                                + Units.time(LatencySummary.percentile(histogram, 99));
            });
        }
    }

    private void percentile(String label, double percent) {
        row(
                label,
                result -> Units.time(LatencySummary.percentile(result.latency().total(), percent)));
    }

    private void steering() {
        table.line("").line("steering (packets)");
        for (SteeringReason reason : SteeringReason.values()) {
            countIfAny(
                    "  " + reason.label(),
                    result -> result.traffic().steered().reasons().get(reason));
        }
        row(
                "on application's CPU",
                result -> Units.percent(
                        result.traffic().steered().onApplicationCpu(),
                        result.traffic().steered().socketPackets()));
        count("IPIs for backlogs", result -> result.traffic().steered().ipis());
        count("flow migrations", result -> result.traffic().steered().migrations());
        countIfAny("thread moves", result -> result.traffic().steered().threadMoves());
    }

    private void order() {
        table.line("");
        count("out of order", result -> result.order().outOfOrder());
        count("  violations of order", result -> result.order().violations());
        for (HandoverCause cause : HandoverCause.values()) {
            countIfAny("  " + cause.label(), result -> result.order().handover().get(cause));
        }
        row("digest", RunResult::digestText);
        if (shown.stream().anyMatch(this::otherKernel)) {
            row("kernel", result -> result.scenario().machine().rules().toString());
        }
        table.line("");
        row("busy CPUs (of online)", TableReport::busyCpus);
        usage("  hardirq", CpuResult.Usage::hardirqNs);
        usage("  softirq", CpuResult.Usage::softirqNs);
        usage("  application", CpuResult.Usage::applicationNs);
        usage("  idle", CpuResult.Usage::idleNs);
    }

    private boolean otherKernel(RunResult result) {
        return !result.scenario()
                .machine()
                .rules()
                .toString()
                .equals(report.study().kernel());
    }

    private static String busyCpus(RunResult result) {
        List<CpuResult> online = online(result);
        double busy = online.stream().mapToDouble(cpu -> cpu.usage().busy()).sum();
        return String.format(java.util.Locale.ROOT, "%.2f of %d", busy, online.size());
    }

    private void usage(String label, ToLongFunction<CpuResult.Usage> part) {
        row(label, result -> {
            long some = 0;
            long whole = 0;
            for (CpuResult cpu : online(result)) {
                CpuResult.Usage usage = cpu.usage();
                some += part.applyAsLong(usage);
                whole += usage.hardirqNs() + usage.softirqNs() + usage.applicationNs() + usage.idleNs();
            }
            return Units.percent(some, whole);
        });
    }

    private static List<CpuResult> online(RunResult result) {
        List<CpuResult> online = new ArrayList<>();
        result.cpus().stream().filter(CpuResult::online).forEach(online::add);
        return online;
    }
}
