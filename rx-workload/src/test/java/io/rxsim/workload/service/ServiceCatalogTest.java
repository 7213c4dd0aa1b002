package io.rxsim.workload.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rxsim.core.run.RandomStreams;
import io.rxsim.core.run.ServiceTime;
import io.rxsim.workload.random.Exponential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceCatalogTest {
    private static final int DRAWS = 500_000;

    @ParameterizedTest
    @CsvSource({"0, 0", "1us, 1000", "constant:20us, 20000", "constant:7ns, 7"})
    void shouldTakeTheSameTimeForEveryPacket(String text, long ns) {
        ServiceTime times = ServiceCatalog.parse(text, 1).open();
        for (int flow = 0; flow < 100; flow++) {
            assertThat(times.nextNs(flow)).isEqualTo(ns);
        }
    }

    @Test
    void shouldHaveMeanAndVarianceOfTheExponentialDistribution() {
        ServiceTime times = ServiceCatalog.parse("exponential:20us", 3).open();
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double one = times.nextNs(0) / 20_000.0;
            sum += one;
            squares += one * one;
        }
        double mean = sum / DRAWS;
        // Standard errors: 1/sqrt(n) of the mean, sqrt(8/n) of the variance; four of each.
        assertThat(mean).isCloseTo(1, within(4 / StrictMath.sqrt(DRAWS)));
        assertThat(squares / DRAWS - mean * mean).isCloseTo(1, within(4 * StrictMath.sqrt(8.0 / DRAWS)));
    }

    @Test
    void shouldDrawFromTheStreamNamedService() {
        ServiceTime.Factory factory = ServiceCatalog.parse("exponential:20us", 3);
        ServiceTime times = factory.open();
        ServiceTime again = factory.open();
        ServiceTime other = ServiceCatalog.parse("exponential:20us", 4).open();
        Exponential named = Exponential.ofMeanNs(20_000, RandomStreams.stream(3, "service"));
        int same = 0;
        for (int i = 0; i < 1000; i++) {
            long ns = times.nextNs(i);
            assertThat(ns).isEqualTo(named.nextNs()).isEqualTo(again.nextNs(i));
            same += ns == other.nextNs(i) ? 1 : 0;
        }
        assertThat(same).isLessThan(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "exponential", "exponential:", "exponential:0", "expo:1us", "61s", "constant:1us,2us"})
    void shouldRefuseWhatIsNoServiceTimeAndSayWhatIsAllowed(String text) {
        assertThatThrownBy(() -> ServiceCatalog.parse(text, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("service")
                .hasMessageContaining("allowed");
    }
}
