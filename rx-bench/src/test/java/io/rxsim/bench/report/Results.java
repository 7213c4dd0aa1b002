package io.rxsim.bench.report;

import io.rxsim.bench.scenario.NoWorkload;
import io.rxsim.bench.scenario.Study;
import io.rxsim.bench.scenario.StudyReader;
import io.rxsim.bench.scenario.YamlText;
import io.rxsim.core.run.CpuResult;
import io.rxsim.core.run.Engine;
import io.rxsim.core.run.FlowResults;
import io.rxsim.core.run.HandoverCause;
import io.rxsim.core.run.Latency;
import io.rxsim.core.run.LatencyStage;
import io.rxsim.core.run.OrderResult;
import io.rxsim.core.run.Placement;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.run.Scenario;
import io.rxsim.core.run.Traffic;
import io.rxsim.core.softnet.DropReason;
import io.rxsim.core.steer.SteeringReason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Results with known figures, without an engine. */
public final class Results {
    private Results() {}

    /** A study of none, RPS and RFS on four CPUs. */
    public static Study study() {
        String yaml = "workload: {test: UDP_STREAM}\nonline: 00f\nqueues: {rx-0: {rps_cpus: e}}\nseed: 7\n";
        return StudyReader.read(
                YamlText.parse("s.yaml", yaml.getBytes(StandardCharsets.UTF_8)),
                Path.of("."),
                List.of(),
                (section, folder) -> {
                    section.keys().forEach(section::find);
                    return new NoWorkload();
                });
    }

    /** One run per variant of {@link #study}. */
    static List<RunResult> runs() {
        List<RunResult> results = new ArrayList<>();
        study().variants()
                .forEach(variant ->
                        results.add(result(variant, false, variant.name().equals("RPS"))));
        return results;
    }

    /** A report on {@link #study}. */
    public static Report report() {
        return new Report("9.8.7", study(), runs().stream().map(VariantRuns::of).toList(), false);
    }

    /** An engine that answers with {@link #result}, in order or with one violation. */
    public static Engine engine(boolean violated) {
        return (scenario, observer, stop) -> result(scenario, stop.stopRequested(), violated);
    }

    /** A hundred packets: 90 delivered after 1 to 90 us, 10 dropped. */
    public static RunResult result(Scenario scenario, boolean partial, boolean violated) {
        Histogram total = new Histogram(3);
        for (int i = 1; i <= 90; i++) {
            total.recordValue(i * 1000L);
        }
        Map<LatencyStage, Histogram> stages = new EnumMap<>(LatencyStage.class);
        for (LatencyStage stage : LatencyStage.values()) {
            stages.put(stage, stage == LatencyStage.BACKLOG_WAIT ? new Histogram(3) : total.copy());
        }
        Map<HandoverCause, Long> handover = new EnumMap<>(HandoverCause.class);
        for (HandoverCause cause : HandoverCause.values()) {
            handover.put(cause, cause == HandoverCause.FALLBACK_BEFORE_ENTRY ? 2L : 0L);
        }
        OrderResult order = new OrderResult(
                3, violated ? 1 : 0, handover, violated ? "flow 1: packet 4 overtook, \"quoted\"" : null);
        return new RunResult(
                scenario,
                0xabcL + scenario.name().length(),
                partial,
                traffic(),
                new Latency(total, total.copy(), stages),
                cpus(scenario.machine().cpuCount()),
                order,
                null,
                List.of());
    }

    private static Traffic traffic() {
        Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
        for (DropReason reason : DropReason.values()) {
            dropped.put(reason, reason == DropReason.CPU_BACKLOG ? 10L : 0L);
        }
        Map<SteeringReason, Long> reasons = new EnumMap<>(SteeringReason.class);
        for (SteeringReason reason : SteeringReason.values()) {
            reasons.put(reason, reason == SteeringReason.MIGRATED ? 5L : reason == SteeringReason.MATCH ? 95L : 0L);
        }
        return new Traffic(
                100,
                90,
                dropped,
                10,
                0,
                new Traffic.Timing(1_000_000, 1_100_000),
                new Traffic.Steered(reasons, 12, 90, 81, 4),
                flows());
    }

    private static List<CpuResult> cpus(int count) {
        List<CpuResult> cpus = new ArrayList<>();
        for (int cpu = 0; cpu < count; cpu++) {
            boolean busy = cpu < 2;
            cpus.add(new CpuResult(
                    cpu,
                    cpu < 4,
                    busy
                            ? new CpuResult.Usage(100_000, 200_000, 300_000, 500_000)
                            : new CpuResult.Usage(0, 0, 0, cpu < 4 ? 1_100_000 : 0),
                    new CpuResult.Softnet(busy ? 50 : 0, busy ? 5 : 0, 1, busy ? 6 : 0, busy ? 2 : 0, 0, 0),
                    busy ? 45 : 0));
        }
        return cpus;
    }

    /** Two flows: one with an application, one without. */
    private static FlowResults flows() {
        return new FlowResults() {
            @Override
            public int size() {
                return 2;
            }

            @Override
            public String describe(int flow) {
                return flow == 0 ? "udp:10.0.0.1:1>10.0.0.2:2" : "icmp:10.0.0.1>10.0.0.2";
            }

            @Override
            public int delivered(int flow) {
                return flow == 0 ? 40 : 50;
            }

            @Override
            public int dropped(int flow) {
                return 5;
            }

            @Override
            public int outOfOrder(int flow) {
                return 0;
            }

            @Override
            public int applicationCpu(int flow) {
                return flow == 0 ? 1 : Placement.NO_APPLICATION;
            }

            @Override
            public int lastCpu(int flow) {
                return flow;
            }

            @Override
            public long closed() {
                return 0;
            }
        };
    }
}
