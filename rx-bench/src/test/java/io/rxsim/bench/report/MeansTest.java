package io.rxsim.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeansTest {
    private static Sample sample(long... values) {
        Sample sample = new Sample();
        for (long value : values) {
            sample.add(value);
        }
        return sample;
    }

    @ParameterizedTest
    @CsvSource({
        "1, 12.706205",
        "2, 4.302653",
        "9, 2.262157",
        "30, 2.042272",
        "31, 2.039513",
        "40, 2.021075",
        "60, 2.000298",
        "120, 1.979930",
        "999, 1.962341"
    })
    void shouldKnowThePublishedQuantilesOfStudentsT(int degrees, double expected) {
        assertThat(StudentT.quantile(degrees)).isCloseTo(expected, within(1e-6));
    }

    @Test
    void shouldRefuseAnIntervalWithoutDegreesOfFreedom() {
        assertThatThrownBy(() -> StudentT.quantile(0)).hasMessage("degrees=0, allowed is 1 or more");
    }

    @Test
    void shouldGiveMeanAndIntervalByTheTextbook() {
        Sample sample = sample(10, 12, 14, 16, 18);

        assertThat(sample.mean()).isEqualTo(new BigDecimal("14.000"));
        // Standard deviation sqrt(10), standard error sqrt(2), t of 4 degrees 2.776.
        assertThat(sample.halfWidth()).isEqualTo(new BigDecimal("3.926"));
    }

    @Test
    void shouldKeepAFigureThatNeverChangesAsItIs() {
        assertThat(sample(7, 7, 7).mean()).isEqualTo(7L);
        assertThat(sample(7, 7, 7).halfWidth()).isEqualByComparingTo("0");
        assertThat(sample(7).halfWidth()).isNull();
    }

    @Test
    void shouldNotRoundLargeCounts() {
        assertThat(sample(9_007_199_254_740_993L, 9_007_199_254_740_992L).mean())
                .isEqualTo(new BigDecimal("9007199254740992.500"));
    }

    @Test
    void shouldTakeMeansOfNumbersAndTheFirstOfTheRest() {
        Map<String, Object> one = Map.of("name", "a", "packets", 10L, "dropped", Map.of("RX_RING", 1L));
        Map<String, Object> two = Map.of("name", "a", "packets", 20L, "dropped", Map.of("RX_RING", 2L));

        assertThat(Means.of(List.of(one, two)))
                .containsEntry("name", "a")
                .containsEntry("packets", new BigDecimal("15.000"))
                .containsEntry("dropped", Map.of("RX_RING", new BigDecimal("1.500")));
    }

    @Test
    void shouldLeaveEmptyHistogramsOutOfMeansButNotOutOfCounts() {
        Map<String, Object> one = Map.of("count", 4L, "p50", 100L);
        Map<String, Object> two = Map.of("count", 0L, "p50", 0L);
        Map<String, Object> three = Map.of("count", 8L, "p50", 200L);

        assertThat(Means.of(List.of(one, two, three)))
                .containsEntry("count", new BigDecimal("4.000"))
                .containsEntry("p50", new BigDecimal("150.000"));
        assertThat(Means.of(List.of(two, two))).containsEntry("p50", 0L);
    }

    @Test
    void shouldGiveIntervalsOfRatesAndLatenciesOnly() {
        Map<String, Object> one =
                Map.of("packets", 1L, "offeredPerSecond", 1L, "latencyNs", Map.of("max", 1L, "p99", 5L));
        Map<String, Object> two =
                Map.of("packets", 2L, "offeredPerSecond", 3L, "latencyNs", Map.of("max", 2L, "p99", 5L));

        Map<String, Object> intervals = Means.intervals(List.of(one, two));

        assertThat(intervals).containsOnlyKeys("offeredPerSecond", "latencyNs");
        assertThat(intervals.get("offeredPerSecond")).isEqualTo(new BigDecimal("12.706"));
        assertThat(intervals.get("latencyNs")).isEqualTo(Map.of("p99", new BigDecimal("0.000")));
    }
}
