package io.rxsim.bench.micro;

import java.util.List;

/** The micro-benchmarks. A service: its provider is in {@code rxsim-bench.jar} only. One thread. */
public interface MicroBenchmarks {
    /** Names of the groups, in the order in which they are measured and shown. */
    List<String> groups();

    /** The benchmarks of a group with all values of their parameters, those to be compared next to each other. */
    List<BenchmarkCase> cases(String group);

    /** Whether a benchmark is part of {@link Effort#QUICK}, which leaves out values between those that tell most. */
    boolean isInLook(BenchmarkCase benchmark);

    /** The ratios to show. */
    List<Target> targets();

    /** The bounds of single figures to show. */
    default List<Limit> limits() {
        return List.of();
    }

    /**
     * Measures once, in a JVM of its own unless the effort is {@link Effort#ONCE}.
     *
     * @throws BenchmarkFailure if the benchmark threw; the message names it and what was thrown
     */
    Sample measure(BenchmarkCase benchmark, Effort effort) throws BenchmarkFailure;
}
