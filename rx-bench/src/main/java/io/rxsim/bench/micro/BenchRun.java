package io.rxsim.bench.micro;

import io.rxsim.core.run.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Measures benchmarks, round by round. One thread. */
public final class BenchRun {
    private final MicroBenchmarks benchmarks;
    private final List<Measurement> measurements = new ArrayList<>();

    /** A run of all benchmarks of some groups. */
    public BenchRun(MicroBenchmarks benchmarks, List<String> groups) {
        this.benchmarks = benchmarks;
        for (String group : groups) {
            benchmarks.cases(group).forEach(benchmark -> measurements.add(new Measurement(benchmark)));
        }
    }

    /**
     * Measures everything, or until stopped.
     *
     * @param stop asked before each benchmark
     * @param progress told what is measured next
     * @return what was measured at least once
     * @throws BenchmarkFailure of the first benchmark that throws
     */
    public List<Measurement> measure(Effort effort, StopSignal stop, Consumer<String> progress)
            throws BenchmarkFailure {
        if (effort == Effort.QUICK) {
            measurements.removeIf(measurement -> !benchmarks.isInLook(measurement.benchmark()));
        }
        int total = effort.rounds() * measurements.size();
        int count = 0;
        for (int round = 0; round < effort.rounds(); round++) {
            for (Measurement measurement : measurements) {
                if (stop.stopRequested()) {
                    return measured();
                }
                progress.accept(measurement.benchmark().label() + " (" + ++count + " of " + total + ")");
                try {
                    measurement.add(benchmarks.measure(measurement.benchmark(), effort));
                } catch (BenchmarkFailure failure) {
                    // Ctrl-C also ends the JVM that measures.
                    if (stop.stopRequested()) {
                        return measured();
                    }
                    throw failure;
                }
            }
        }
        return measured();
    }

    private List<Measurement> measured() {
        return measurements.stream()
                .filter(measurement -> measurement.rounds() > 0)
                .toList();
    }
}
