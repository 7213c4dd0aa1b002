package io.rxsim.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The benchmarks of {@code src/jmh}, found as the program finds them. */
class EveryBenchmarkTest {
    private static final MicroBenchmarks BENCHMARKS =
            ServiceLoader.load(MicroBenchmarks.class).findFirst().orElseThrow();

    /** Numbers larger than these take long to set up and run the same code. */
    private static final List<String> SMALL = List.of("8", "16", "64", "1000", "1");

    private static Stream<BenchmarkCase> all() {
        return BENCHMARKS.groups().stream().flatMap(group -> BENCHMARKS.cases(group).stream());
    }

    @TestFactory
    Stream<DynamicTest> shouldRunOnce() {
        return all().filter(benchmark -> benchmark.parameters().values().stream()
                        .allMatch(value -> !value.matches("\\d+") || SMALL.contains(value)))
                .map(benchmark -> DynamicTest.dynamicTest(benchmark.label(), () -> {
                    Sample sample = BENCHMARKS.measure(benchmark, Effort.ONCE);
                    assertThat(sample.batchNs().getTotalCount()).isOne();
                    assertThat(sample.batchNs().getMinValue()).isPositive();
                }));
    }

    @Test
    void shouldHaveBenchmarksInEveryGroup() {
        assertThat(BENCHMARKS.groups())
                .containsExactly(
                        "steering",
                        "hash",
                        "dissector",
                        "classify",
                        "capture",
                        "calendar",
                        "backlog",
                        "ports",
                        "engine",
                        "cipher",
                        "padata",
                        "live")
                .allSatisfy(group -> assertThat(BENCHMARKS.cases(group)).isNotEmpty());
    }

    /** A misspelt row would cover nothing. */
    @Test
    void shouldHaveSomeOfEveryGroupButNotAllOfThoseWithManyRowsInALook() {
        assertThat(BENCHMARKS.groups())
                .allSatisfy(group -> assertThat(BENCHMARKS.cases(group)).anyMatch(BENCHMARKS::isInLook));
        assertThat(BENCHMARKS.cases("ports").stream().filter(BENCHMARKS::isInLook))
                .hasSize(9);
        assertThat(BENCHMARKS.cases("engine").stream().filter(BENCHMARKS::isInLook))
                .hasSize(6);
    }

    @Test
    void shouldHaveBothSidesOfEveryTarget() {
        List<BenchmarkCase> all = all().toList();

        assertThat(BENCHMARKS.targets())
                .isNotEmpty()
                .allSatisfy(target -> assertThat(all).contains(target.numerator(), target.denominator()));
    }

    @Test
    void shouldHaveTheBenchmarkOfEveryLimit() {
        assertThat(all().toList())
                .containsAll(BENCHMARKS.limits().stream().map(Limit::benchmark).toList());
        assertThat(BENCHMARKS.limits()).isNotEmpty();
    }
}
