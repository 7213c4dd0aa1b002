package io.rxsim.bench.micro;

/**
 * A ratio of two benchmarks, and what it is held to.
 *
 * @param label for people
 * @param numerator what is compared
 * @param denominator what it is compared with
 * @param atMost largest ratio that is good enough, or {@link #NONE}
 */
public record Target(String label, BenchmarkCase numerator, BenchmarkCase denominator, double atMost) {
    /** {@link #atMost} of a ratio that is only shown. */
    public static final double NONE = 0;
}
