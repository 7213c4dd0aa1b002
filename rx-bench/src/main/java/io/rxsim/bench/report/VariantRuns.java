package io.rxsim.bench.report;

import io.rxsim.core.run.FlowResults;
import io.rxsim.core.run.Latency;
import io.rxsim.core.run.LatencyStage;
import io.rxsim.core.run.RunDigest;
import io.rxsim.core.run.RunResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * Takes in the runs of one variant, in whatever order they end, and keeps of each only what results show: a thousand
 * repetitions cost no more than their figures. Any thread.
 */
public final class VariantRuns {
    private final Map<Integer, Run> byRepetition = new TreeMap<>();
    private RunResult first;
    private FlowResults firstFlows;
    private Histogram total;
    private Histogram service;
    /** Null where no interval is stated. */
    private Histogram corrected;

    private final Map<LatencyStage, Histogram> stages = new EnumMap<>(LatencyStage.class);
    private long deliveriesNs;
    private long fewestSamples = Long.MAX_VALUE;

    /** What is kept of a run. */
    private record Run(
            Map<String, Object> figures,
            List<Map<String, Object>> cpus,
            long digest,
            boolean partial,
            VariantResult.Violation violation) {}

    /** One variant that ran once. */
    public static VariantResult of(RunResult result) {
        VariantRuns runs = new VariantRuns();
        runs.add(0, result);
        return runs.result();
    }

    /** Takes in the run of a repetition, counted from 0. The first one's flows are copied, so that its state can go. */
    public void add(int repetition, RunResult result) {
        VariantResult.Violation violation = result.order().violations() == 0
                ? null
                : new VariantResult.Violation(
                        result.scenario().seed(), result.order().firstViolation());
        Run run = new Run(
                ResultDocument.figures(result),
                ResultDocument.cpus(result),
                result.digest(),
                result.partial(),
                violation);
        synchronized (this) {
            byRepetition.put(repetition, run);
            if (repetition == firstRepetition()) {
                firstFlows = new TopFlows(result.traffic().flows(), Report.MAX_JSON_FLOWS);
                first = result.withFlows(firstFlows);
            }
            merge(result.latency());
            fewestSamples = Math.min(fewestSamples, result.latency().total().getTotalCount());
            deliveriesNs += result.traffic().timing().deliveriesNs();
        }
    }

    private int firstRepetition() {
        return byRepetition.keySet().iterator().next();
    }

    private void merge(Latency latency) {
        if (total == null) {
            total = latency.total().copy();
            service = latency.service().copy();
            corrected = latency.corrected() == null ? null : latency.corrected().copy();
            latency.stages().forEach((stage, histogram) -> stages.put(stage, histogram.copy()));
        } else {
            total.add(latency.total());
            service.add(latency.service());
            if (corrected != null) {
                corrected.add(latency.corrected());
            }
            latency.stages().forEach((stage, histogram) -> stages.get(stage).add(histogram));
        }
    }

    /** What all runs so far show together. */
    public synchronized VariantResult result() {
        List<Run> runs = new ArrayList<>(byRepetition.values());
        List<Map<String, Object>> figures = runs.stream().map(Run::figures).toList();
        Map<String, Object> means = Means.of(figures);
        means.put("digest", RunResult.digestText(digest(runs)));
        means.put("repetitions", runs.size());
        if (runs.size() > 1) {
            means.put("ci95", Means.intervals(figures));
        }
        List<VariantResult.Violation> violations = new ArrayList<>();
        runs.stream().map(Run::violation).filter(v -> v != null).forEach(violations::add);
        return new VariantResult(
                first.scenario(),
                means,
                cpus(runs),
                firstFlows,
                new VariantResult.Merged(new Latency(total, service, stages, corrected), deliveriesNs, fewestSamples),
                runs.stream().anyMatch(Run::partial),
                violations);
    }

    /** The run's own for a single one, else the fold of all in order of repetition. */
    private static long digest(List<Run> runs) {
        if (runs.size() == 1) {
            return runs.get(0).digest();
        }
        RunDigest digest = new RunDigest();
        runs.forEach(run -> digest.fold(run.digest()));
        return digest.value();
    }

    private static List<Map<String, Object>> cpus(List<Run> runs) {
        List<Map<String, Object>> cpus = new ArrayList<>();
        for (int cpu = 0; cpu < runs.get(0).cpus().size(); cpu++) {
            int number = cpu;
            cpus.add(Means.of(runs.stream().map(run -> run.cpus().get(number)).toList()));
        }
        return cpus;
    }
}
