package io.rxsim.core.live;

import io.rxsim.core.run.LatencyStage;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Histograms added up over threads: one per stage that was measured, and the total. One thread. */
final class StageSums {
    private final Map<LatencyStage, Histogram> stages = new EnumMap<>(LatencyStage.class);
    private final Histogram total = StageTimes.newHistogram();

    /** Adds a histogram of a stage, or of the total where {@code stage} is null. */
    void add(LatencyStage stage, Histogram times) {
        if (stage == null) {
            total.add(times);
        } else if (times.getTotalCount() > 0) {
            stages.computeIfAbsent(stage, first -> StageTimes.newHistogram()).add(times);
        }
    }

    void addAll(StageSums others) {
        others.stages.forEach(this::add);
        total.add(others.total);
    }

    Map<LatencyStage, Histogram> stages() {
        return stages;
    }

    Histogram total() {
        return total;
    }
}
