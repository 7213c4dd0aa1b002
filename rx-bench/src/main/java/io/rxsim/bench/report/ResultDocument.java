package io.rxsim.bench.report;

import io.rxsim.bench.scenario.PublishedFigures;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.run.CpuResult;
import io.rxsim.core.run.FlowResults;
import io.rxsim.core.run.LatencyStage;
import io.rxsim.core.run.OrderResult;
import io.rxsim.core.run.Placement;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.run.Traffic;
import io.rxsim.core.softnet.DropReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * A report as maps, lists and numbers: the names of JSON and of CSV columns are chosen here, once. The schema is
 * docs/result.schema.json.
 */
final class ResultDocument {
    /** Latency of closed loops, corrected for a stated interval. */
    static final String CORRECTED = "correctedLatencyNs";

    private ResultDocument() {}

    /** The whole report. */
    static Map<String, Object> of(Report report) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", report.version());
        document.put("kernel", report.study().kernel());
        document.put("seed", report.study().seed());
        document.put("repeat", report.study().repetitions().count());
        document.put("workload", report.study().workload().describe());
        document.put("input", report.study().workload().counts());
        PublishedFigures published = report.study().published();
        if (!published.isEmpty()) {
            document.put("publishedSource", published.source());
        }
        List<Object> variants = new ArrayList<>();
        for (VariantResult result : report.results()) {
            Map<String, Object> variant = head(report, result);
            if (published.variants().containsKey(result.scenario().name())) {
                variant.put("published", PublishedRows.published(published, result));
                variant.put("error", PublishedRows.errors(published, result));
            }
            variant.put("cpus", result.cpus());
            variant.put("flows", flows(result.flows()));
            variants.add(variant);
        }
        document.put("warnings", Warnings.of(report.results()));
        document.put("variants", variants);
        return document;
    }

    /** A variant without its lists of CPUs and flows. */
    static Map<String, Object> head(Report report, VariantResult result) {
        Map<String, Object> variant = new LinkedHashMap<>(result.figures());
        variant.put("partial", report.partial(result));
        return variant;
    }

    /** The figures of one run, without its lists of CPUs and flows. */
    static Map<String, Object> figures(RunResult result) {
        Traffic traffic = result.traffic();
        Map<String, Object> variant = new LinkedHashMap<>();
        variant.put("name", result.scenario().name());
        variant.put("policy", result.scenario().steering().name());
        variant.put("kernel", result.scenario().machine().rules().toString());
        variant.put("digest", result.digestText());
        variant.put("partial", result.partial());
        variant.put("packets", traffic.packets());
        variant.put("delivered", traffic.delivered());
        variant.put("queued", traffic.queued());
        Map<String, Object> dropped = new LinkedHashMap<>();
        traffic.dropped().forEach((reason, count) -> dropped.put(reason.label(), count));
        variant.put("dropped", dropped);
        variant.put("device", device(result));
        variant.put("offeredPerSecond", LatencySummary.rounded(traffic.offeredPerSecond()));
        variant.put("deliveredPerSecond", LatencySummary.rounded(traffic.deliveredPerSecond()));
        WorkloadFigures.putClient(variant, result.client());
        variant.put("latencyNs", LatencySummary.of(result.latency().total()));
        if (result.latency().corrected() != null) {
            variant.put(CORRECTED, LatencySummary.of(result.latency().corrected()));
        }
        variant.put("serviceNs", LatencySummary.of(result.latency().service()));
        Map<String, Object> stages = new LinkedHashMap<>();
        for (LatencyStage stage : LatencyStage.values()) {
            Histogram histogram = result.latency().stages().get(stage);
            if (histogram != null) {
                stages.put(stage.label(), LatencySummary.of(histogram));
            }
        }
        variant.put("stages", stages);
        Map<String, Object> steering = new LinkedHashMap<>();
        traffic.steered().reasons().forEach((reason, count) -> steering.put(reason.label(), count));
        variant.put("steering", steering);
        variant.put("ipis", traffic.steered().ipis());
        variant.put("migrations", traffic.steered().migrations());
        variant.put("threadMoves", traffic.steered().threadMoves());
        variant.put("socketPackets", traffic.steered().socketPackets());
        variant.put("onApplicationCpu", traffic.steered().onApplicationCpu());
        if (result.ntuple() != null) {
            variant.put(NtupleFigures.KEY, NtupleFigures.of(result.ntuple()));
        }
        variant.put("order", order(result.order()));
        if (result.esp() != null) {
            variant.put("crypto", result.scenario().xfrm().crypto().label());
            variant.put("esp", EspDocument.of(result.esp()));
        }
        variant.put("flowCount", traffic.flows().size());
        variant.put("flowsClosed", traffic.flows().closed());
        if (!result.workloads().isEmpty()) {
            variant.put(WorkloadFigures.KEY, WorkloadFigures.of(result));
        }
        return variant;
    }

    /** The counters of the device, as {@code ip -s link} shows them. */
    private static Map<String, Object> device(RunResult result) {
        boolean counts = result.scenario().machine().rules().has(Rule.DEVICE_RX_DROPPED);
        Map<String, Object> device = new LinkedHashMap<>();
        device.put("rxDropped", counts ? result.traffic().rxDropped() : 0L);
        device.put("rxMissedErrors", result.traffic().dropped().get(DropReason.RX_RING));
        return device;
    }

    private static Map<String, Object> order(OrderResult result) {
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("outOfOrder", result.outOfOrder());
        order.put("violations", result.violations());
        Map<String, Object> handover = new LinkedHashMap<>();
        result.handover().forEach((cause, count) -> handover.put(cause.label(), count));
        order.put("handover", handover);
        order.put("firstViolation", result.firstViolation());
        return order;
    }

    /** One map per CPU. */
    static List<Map<String, Object>> cpus(RunResult result) {
        List<Map<String, Object>> cpus = new ArrayList<>();
        for (CpuResult cpu : result.cpus()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("cpu", cpu.cpu());
            row.put("online", cpu.online());
            row.put("hardirqNs", cpu.usage().hardirqNs());
            row.put("softirqNs", cpu.usage().softirqNs());
            row.put("napiThreadNs", cpu.usage().napiThreadNs());
            row.put("applicationNs", cpu.usage().applicationNs());
            row.put("idleNs", cpu.usage().idleNs());
            row.put("processed", cpu.softnet().processed());
            row.put("dropped", cpu.softnet().dropped());
            row.put("timeSqueeze", cpu.softnet().timeSqueeze());
            row.put("receivedRps", cpu.softnet().receivedRps());
            row.put("flowLimitCount", cpu.softnet().flowLimitCount());
            row.put("inputLength", cpu.softnet().inputLength());
            row.put("processLength", cpu.softnet().processLength());
            row.put("consumed", cpu.consumed());
            cpus.add(row);
        }
        return cpus;
    }

    /** One map for a flow; CPUs are null where there is none. */
    static Map<String, Object> flow(FlowResults flows, int flow) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("flow", flows.describe(flow));
        row.put("delivered", flows.delivered(flow));
        row.put("dropped", flows.dropped(flow));
        row.put("outOfOrder", flows.outOfOrder(flow));
        row.put("applicationCpu", cpuOrNull(flows.applicationCpu(flow)));
        row.put("lastCpu", cpuOrNull(flows.lastCpu(flow)));
        return row;
    }

    private static Integer cpuOrNull(int cpu) {
        return cpu == Placement.NO_APPLICATION ? null : cpu;
    }

    private static List<Map<String, Object>> flows(FlowResults flows) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int flow = 0; flow < flows.listed(); flow++) {
            rows.add(flow(flows, flow));
        }
        return rows;
    }
}
