package io.rxsim.bench.report;

import io.rxsim.bench.scenario.Study;
import io.rxsim.core.run.Scenario;
import io.rxsim.workload.netty.LiveReplayResult;
import io.rxsim.workload.netty.replay.SendOptions;
import io.rxsim.workload.netty.replay.SendResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What live replays showed, as a document: names are those of {@code rx run} where it has the same figure, and docs/live.md states the others.
 *
 * @param version the program's version
 * @param study what was asked for
 * @param options how it was sent
 * @param variants those that ran, in order
 */
public record LiveReplayReport(String version, Study study, SendOptions options, List<Variant> variants) {
    /** Copies the list. */
    public LiveReplayReport {
        variants = List.copyOf(variants);
    }

    /**
     * One replay.
     *
     * @param scenario what was played
     * @param result what happened
     */
    public record Variant(Scenario scenario, LiveReplayResult result) {}

    /** Whether all laws held and nothing received was out of order. */
    public boolean held() {
        return variants.stream().allMatch(variant -> variant.result().held());
    }

    /** What to know before trusting a figure; one line each. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>(study.notes());
        for (Variant variant : variants) {
            String name = variant.scenario().name() + ": ";
            about(variant.result()).forEach(remark -> remarks.add(name + remark));
            variant.result().report().remarks().forEach(remark -> remarks.add(name + remark));
            variant.result().report().brokenLaws().forEach(law -> remarks.add(name + "BROKEN: " + law));
        }
        return remarks;
    }

    private static List<String> about(LiveReplayResult result) {
        List<String> remarks = new ArrayList<>();
        SendResult sent = result.sent();
        if (!result.onTime()) {
            remarks.add("not on time: p99 of the schedule error is "
                    + Units.time(LatencySummary.percentile(sent.timing().scheduleError(), 99)) + ", allowed is "
                    + Units.time(LiveReplayResult.ON_TIME_BOUND_NS));
        }
        if (sent.sockets().sharingFlows() > 0) {
            remarks.add(sent.sockets().sharingFlows() + " flows share the "
                    + sent.sockets().open()
                    + " sockets of others: no more descriptors (ulimit -n) or sockets are used");
        }
        if (sent.streams().asDatagrams() > 0) {
            remarks.add(
                    sent.streams().asDatagrams()
                            + " packets of TCP flows were sent as datagrams: no descriptors left for more connections (ulimit -n)");
        }
        if (sent.streams().bytesLeft() > 0) {
            remarks.add(sent.streams().bytesLeft() + " bytes of connections were due and not taken");
        }
        if (result.lostInSocketBuffers() > 0) {
            remarks.add(result.lostInSocketBuffers() + " datagrams lost: the receive buffers of "
                    + result.received().bufferBytes() + " bytes were full (net.core.rmem_max sets their limit)");
        }
        if (result.received().foreignDatagrams() > 0) {
            remarks.add(result.received().foreignDatagrams() + " datagrams of others came and were ignored");
        }
        if (result.received().misplacedPieces() > 0) {
            remarks.add("order of bytes is violated: " + result.received().firstMisplaced() + "; "
                    + result.received().misplacedPieces() + " pieces in all");
        }
        if (result.report().order().violations() > 0) {
            remarks.add("order is violated: " + result.report().order().firstViolation());
        }
        if (sent.failure() != null) {
            remarks.add(sent.failure());
        }
        return remarks;
    }

    /** The report in a format, ending in a newline. */
    public String write(OutputFormat format) {
        return switch (format) {
            case TABLE -> LiveReplayText.table(this);
            case JSON -> JsonText.of(document());
            case CSV ->
                Csv.table(variants.stream()
                        .map(variant -> Csv.flat(figures(variant)))
                        .toList());
            case SOFTNET_STAT -> LiveReplayText.softnetStat(this);
        };
    }

    /** Keeps {@code result.json}, {@code result.csv}, {@code table.txt} and the histograms. */
    public void keep(RunDirectory directory) {
        directory.text("result.json", write(OutputFormat.JSON));
        directory.text("result.csv", write(OutputFormat.CSV));
        directory.text("table.txt", write(OutputFormat.TABLE));
        for (Variant variant : variants) {
            String name = variant.scenario().name().replace(' ', '_');
            directory.percentiles(name + ".hgrm", variant.result().response());
            directory.percentiles(
                    name + ".schedule-error.hgrm",
                    variant.result().sent().timing().scheduleError());
        }
    }

    private Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", version);
        document.put("engine", "live");
        document.put("kernel", study.kernel());
        document.put("seed", study.seed());
        document.put("workload", study.workload().describe());
        document.put("pacing", options.pacing().toString());
        document.put("input", study.workload().counts());
        document.put("warnings", remarks());
        document.put(
                "variants", variants.stream().map(LiveReplayReport::figures).toList());
        return document;
    }

    private static Map<String, Object> figures(Variant variant) {
        LiveReplayResult result = variant.result();
        SendResult.Timing timing = result.sent().timing();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("name", variant.scenario().name());
        figures.put("policy", variant.scenario().steering().name());
        figures.put("partial", result.partial());
        figures.put("onTime", result.onTime());
        figures.put("onTimeBoundNs", LiveReplayResult.ON_TIME_BOUND_NS);
        figures.put("durationNs", timing.durationNs());
        figures.put("scheduledDurationNs", timing.scheduledNs());
        figures.put("capturedDurationNs", timing.capturedNs());
        figures.put("scheduleErrorNs", LatencySummary.of(timing.scheduleError()));
        putCounts(figures, result);
        figures.put("responseNs", LatencySummary.of(result.response()));
        figures.putAll(LiveReportText.json(result.report(), Map.of()));
        return figures;
    }

    private static void putCounts(Map<String, Object> figures, LiveReplayResult result) {
        SendResult sent = result.sent();
        figures.put("sent", sent.packets());
        figures.put("datagrams", sent.datagrams());
        figures.put("received", result.received().datagrams());
        figures.put("lostInSocketBuffers", result.lostInSocketBuffers());
        figures.put("foreignDatagrams", result.received().foreignDatagrams());
        figures.put("refused", sent.sockets().refused());
        figures.put("lengthened", sent.lengthened());
        figures.put("cut", sent.cut());
        figures.put("sockets", sent.sockets().open());
        figures.put("flowsSharingSockets", sent.sockets().sharingFlows());
        Map<String, Object> tcp = new LinkedHashMap<>();
        tcp.put("connections", sent.streams().connections());
        tcp.put("packets", sent.streams().packets());
        tcp.put("packetsWithoutBytes", sent.streams().withoutBytes());
        tcp.put("packetsAsDatagrams", sent.streams().asDatagrams());
        tcp.put("bytesSent", sent.streams().bytes());
        tcp.put("bytesNotTaken", sent.streams().bytesLeft());
        tcp.put("bytesReceived", result.received().bytes());
        tcp.put("misplacedPieces", result.received().misplacedPieces());
        figures.put("tcp", tcp);
    }
}
