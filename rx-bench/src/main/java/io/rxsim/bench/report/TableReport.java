package io.rxsim.bench.report;

import io.rxsim.bench.scenario.PublishedFigures;
import io.rxsim.core.kernel.Errno;
import io.rxsim.core.run.HandoverCause;
import io.rxsim.core.run.LatencyStage;
import io.rxsim.core.softnet.DropReason;
import io.rxsim.core.steer.SteeringReason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A report for a terminal: one column per variant, three side by side, no line over {@link #WIDTH} characters. */
final class TableReport {
    /** Longest line. */
    static final int WIDTH = 100;

    /** Where a CPU's time goes, as JSON names it. */
    static final List<String> USAGE = List.of("hardirqNs", "softirqNs", "napiThreadNs", "applicationNs", "idleNs");

    /** Of these, the rest. */
    static final String IDLE = "idleNs";

    /** Of these, threads that poll NAPI instances. */
    static final String NAPI_THREAD = "napiThreadNs";

    private static final int COLUMNS = 3;
    private static final int MAX_DEFAULTS = 40;
    private static final int MAX_DEFAULT_LENGTH = 60;
    private static final int LABEL = 26;
    private static final int CELL = 23;

    private final Report report;
    private final StringBuilder out = new StringBuilder();
    private List<VariantResult> shown;
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
        int repeat = report.study().repetitions().count();
        if (repeat > 1) {
            paragraph(
                    "means over " + repeat + " repetitions, each with its own seed; ± is the 95 % confidence interval");
        }
        paragraph("workload: " + report.study().workload().describe());
        List<VariantResult> all = report.results();
        for (int from = 0; from < all.size(); from += COLUMNS) {
            shown = all.subList(from, Math.min(all.size(), from + COLUMNS));
            table = new TextTable(LABEL, CELL);
            table.line("");
            row("", result -> result.scenario().name() + (report.partial(result) ? " (partial)" : ""));
            row("policy", result -> result.scenario().steering().name());
            traffic();
            latency();
            WorkloadFigures.rows(table, shown);
            EspDocument.rows(table, shown);
            steering();
            order();
            out.append(table);
            out.append(CpuTable.of(shown));
        }
        out.append('\n');
        for (VariantResult result : all) {
            if (!result.violations().isEmpty()) {
                VariantResult.Violation violation = result.violations().get(0);
                String run = result.repetitions() == 1 ? "" : ", seed " + violation.seed();
                paragraph("first violation in " + result.scenario().name() + run + ": " + violation.first());
            }
        }
        if (!report.study().published().isEmpty()) {
            paragraph("published: " + report.study().published().source() + "; the error is modelled / published - 1");
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

    private void row(String label, Function<VariantResult, String> cell) {
        table.row(label, shown.stream().map(cell).toList());
    }

    private void count(String label, String path) {
        row(label, result -> Units.count(result.number(path)));
    }

    /** A row that is left out where every variant has 0. */
    private void countIfAny(String label, String path) {
        if (shown.stream().anyMatch(result -> result.number(path) != 0)) {
            count(label, path);
        }
    }

    /** A figure, and of a repeated variant its confidence interval. */
    private void measured(String label, String path, DoubleFunction<String> unit) {
        row(label, result -> {
            Number halfWidth = result.interval(path);
            String mean = unit.apply(result.number(path));
            return halfWidth == null ? mean : mean + " ± " + unit.apply(halfWidth.doubleValue());
        });
        published(path, unit);
    }

    /** Under a modelled figure what was published, with the model's error, where anything was. */
    private void published(String path, DoubleFunction<String> unit) {
        List<String> cells = PublishedRows.cells(report.study().published(), shown, path, unit);
        if (!cells.isEmpty()) {
            table.row("    published (error)", cells);
        }
    }

    private void traffic() {
        count("packets", "packets");
        measured("offered", "offeredPerSecond", Units::rate);
        measured("delivered", "deliveredPerSecond", Units::rate);
        count("delivered packets", "delivered");
        row("dropped", result -> {
            double dropped = Warnings.dropped(result);
            return Units.count(dropped) + " (" + Units.percent(dropped, result.number("packets")) + ")";
        });
        for (DropReason reason : DropReason.values()) {
            countIfAny("  " + reason.label(), "dropped." + reason.label());
        }
        countIfAny("rx_dropped of the device", "device.rxDropped");
        countIfAny("still queued", "queued");
        count("flows", "flowCount");
        if (closedLoop()) {
            measured("transactions", "transactionsPerSecond", Units::rate);
        }
        if (shown.stream().allMatch(result -> result.has("bitsPerSecond"))) {
            measured("throughput", "bitsPerSecond", Units::bits);
            row("  limited by", result -> WorkloadFigures.limit(result, ""));
        }
        if (shown.stream().allMatch(result -> result.has("clientBusy"))) {
            row("client host busy", result -> Units.percent(result.number("clientBusy"), 1));
            countIfAny("requests lost", "lostRequests");
            countIfAny("  sent again", "retransmissions");
            countIfAny("  instances stopped", "stoppedInstances");
            for (Errno errno : WorkloadFigures.CONNECT_FAILURES) {
                countIfAny("failed, " + errno.name(), "failedTransactions." + errno.name());
            }
        }
        countIfAny("flows closed early", "flowsClosed");
    }

    /** Whether all columns are of clients that wait for answers. */
    private boolean closedLoop() {
        return shown.stream().allMatch(result -> result.figures().containsKey("transactionsPerSecond"));
    }

    private void latency() {
        table.line("").line(closedLoop() ? "latency of transactions, as the clients measure it" : "latency");
        row("  min", result -> Units.time(result.number("latencyNs.min")));
        latency("  mean", "mean");
        latency("  p50", "p50");
        latency("  p90", "p90");
        latency("  p99", "p99");
        latency("  p99.9", "p999");
        latency("  p99.99", "p9999");
        row("  max", result -> Units.time(result.number("latencyNs.max")));
        latency("  stddev", "stddev");
        if (shown.stream().allMatch(result -> result.has(ResultDocument.CORRECTED))) {
            table.line("the same, corrected for the expected interval (HdrHistogram's rule)");
            for (String figure : List.of("mean", "p50", "p90", "p99", "p999", "p9999", "max")) {
                measured(
                        "  " + figure.replaceFirst("p99(9+)", "p99.$1"),
                        ResultDocument.CORRECTED + "." + figure,
                        Units::time);
            }
        }
        table.line("by stage, p50 / p99");
        for (LatencyStage stage : LatencyStage.values()) {
            if (!stage.ofEsp()
                    || shown.stream().anyMatch(result -> result.scenario().xfrm() != null)) {
                medianAndTail("  " + stage.label(), "stages." + stage.label());
            }
        }
        medianAndTail("work alone (service)", "serviceNs");
    }

    private void medianAndTail(String label, String path) {
        row(
                label,
                result -> !result.has(path) || result.number(path + ".count") == 0
                        ? "-"
                        : Units.time(result.number(path + ".p50")) + " / " + Units.time(result.number(path + ".p99")));
    }

    private void latency(String label, String figure) {
        measured(label, "latencyNs." + figure, Units::time);
    }

    private void steering() {
        table.line("").line("steering (packets)");
        for (SteeringReason reason : SteeringReason.values()) {
            countIfAny("  " + reason.label(), "steering." + reason.label());
        }
        row(
                "on application's CPU",
                result -> Units.percent(result.number("onApplicationCpu"), result.number("socketPackets")));
        count("IPIs for backlogs", "ipis");
        count("flow migrations", "migrations");
        countIfAny("thread moves", "threadMoves");
        NtupleFigures.rows().forEach(row -> ntuple(row.label(), NtupleFigures.KEY + "." + row.path()));
    }

    private void ntuple(String label, String path) {
        if (shown.stream().anyMatch(result -> result.has(path) && result.number(path) != 0)) {
            row(label, result -> result.has(path) ? Units.count(result.number(path)) : "-");
        }
    }

    private void order() {
        table.line("");
        count("out of order", "order.outOfOrder");
        count("  violations of order", "order.violations");
        for (HandoverCause cause : HandoverCause.values()) {
            countIfAny("  " + cause.label(), "order.handover." + cause.label());
        }
        row("digest", result -> result.figures().get("digest").toString());
        if (shown.stream().anyMatch(this::otherKernel)) {
            row("kernel", result -> result.scenario().machine().rules().toString());
        }
        table.line("");
        row("busy CPUs (of online)", TableReport::busyCpus);
        published(PublishedFigures.CPU, share -> Units.percent(share, 1) + " busy");
        usage("  hardirq", "hardirqNs");
        usage("  softirq", "softirqNs");
        if (shown.stream()
                .anyMatch(result -> result.cpus().stream().anyMatch(cpu -> CpuTable.number(cpu, NAPI_THREAD) > 0))) {
            usage("  NAPI threads", NAPI_THREAD);
        }
        usage("  application", "applicationNs");
        usage("  idle", IDLE);
    }

    private boolean otherKernel(VariantResult result) {
        return !result.scenario()
                .machine()
                .rules()
                .toString()
                .equals(report.study().kernel());
    }

    private static String busyCpus(VariantResult result) {
        List<Map<String, Object>> online = online(result);
        double busy = 0;
        for (Map<String, Object> cpu : online) {
            double wholeNs = wholeNs(cpu);
            busy += wholeNs == 0 ? 0 : 1 - CpuTable.number(cpu, IDLE) / wholeNs;
        }
        return String.format(Locale.ROOT, "%.2f of %d", busy, online.size());
    }

    private void usage(String label, String part) {
        row(label, result -> {
            double some = 0;
            double whole = 0;
            for (Map<String, Object> cpu : online(result)) {
                some += CpuTable.number(cpu, part);
                whole += wholeNs(cpu);
            }
            return Units.percent(some, whole);
        });
    }

    /** All of a CPU's time. */
    static double wholeNs(Map<String, Object> cpu) {
        return USAGE.stream().mapToDouble(part -> CpuTable.number(cpu, part)).sum();
    }

    private static List<Map<String, Object>> online(VariantResult result) {
        return result.cpus().stream()
                .filter(cpu -> Boolean.TRUE.equals(cpu.get("online")))
                .toList();
    }
}
