package io.rxsim.workload.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rxsim.core.run.RandomStreams;
import io.rxsim.workload.spec.Rate;
import org.junit.jupiter.api.Test;

class ExponentialTest {
    private static final int DRAWS = 1_000_000;

    @Test
    void shouldHaveMeanAndVarianceOfItsRate() {
        Exponential gaps = Exponential.ofRate(Rate.perSecond(1000), RandomStreams.stream(5, "gaps"));
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double gap = gaps.nextNs() / 1e6;
            sum += gap;
            squares += gap * gap;
        }
        double mean = sum / DRAWS;
        // Standard errors: 1/sqrt(n) of the mean, sqrt(8/n) of the variance; four of each.
        assertThat(mean).isCloseTo(1, within(4e-3));
        assertThat(squares / DRAWS - mean * mean).isCloseTo(1, within(4 * StrictMath.sqrt(8.0 / DRAWS)));
    }

    @Test
    void shouldFallIntoEquallyLikelyBinsEvenly() {
        int bins = 64;
        long[] edges = new long[bins - 1];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = (long) (-StrictMath.log(1 - (i + 1.0) / bins) * 1e6);
        }
        Exponential gaps = Exponential.ofMeanNs(1_000_000, RandomStreams.stream(6, "gaps"));
        int[] counts = new int[bins];
        for (int i = 0; i < DRAWS; i++) {
            long gap = gaps.nextNs();
            int bin = 0;
            while (bin < edges.length && gap >= edges[bin]) {
                bin++;
            }
            counts[bin]++;
        }
        assertThat(ChiSquare.evenly(counts))
                .as("chi-square, 63 degrees of freedom")
                .isLessThan(ChiSquare.P001_DF63);
    }

    @Test
    void shouldNotRoundAShortMeanAway() {
        // Gaps of 1.5 ns on average, rounded one by one, would be off by a quarter or more.
        Exponential gaps = Exponential.ofRate(new Rate(666_666_666_666_667L), RandomStreams.stream(7, "gaps"));
        long total = 0;
        for (int i = 0; i < DRAWS; i++) {
            total += gaps.nextNs();
        }
        assertThat(total / (double) DRAWS).isCloseTo(1.5, within(4 * 1.5e-3));
    }

    @Test
    void shouldReachFromANanosecondToTheSlowestRate() {
        Exponential slow = Exponential.ofRate(new Rate(Rate.MIN), RandomStreams.stream(8, "gaps"));
        Exponential fast = Exponential.ofRate(new Rate(Rate.MAX), RandomStreams.stream(8, "gaps"));
        double slowSum = 0;
        double fastSum = 0;
        for (int i = 0; i < DRAWS; i++) {
            slowSum += slow.nextNs();
            fastSum += fast.nextNs();
        }
        assertThat(slowSum / DRAWS / 1e12).isCloseTo(1, within(4e-3));
        assertThat(fastSum / DRAWS).isCloseTo(1, within(4e-3));
        assertThat(slowSum / fastSum / 1e12).as("same variates, other scale").isCloseTo(1, within(1e-6));
    }

    @Test
    void shouldRefuseAMeanBelowANanosecond() {
        assertThatThrownBy(() -> Exponential.ofMeanNs(0, RandomStreams.stream(1, "gaps")))
                .hasMessageContaining("mean=0ns");
    }
}
