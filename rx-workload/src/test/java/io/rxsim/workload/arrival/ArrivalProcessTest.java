package io.rxsim.workload.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rxsim.core.run.RandomStreams;
import io.rxsim.workload.spec.Rate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalProcessTest {
    private static final long SEED = 42;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "constant",
                "poisson",
                "on-off:10us,30us",
                "on-off:10us,30us,fixed",
                "on-off:1ns,1ns",
                "on-off:10us,30us,exponential,constant"
            })
    void shouldRepeatItselfAndNeverGoBack(String text) {
        ArrivalProcess one = open(text, Rate.perSecond(3_000_000));
        ArrivalProcess other = open(text, Rate.perSecond(3_000_000));
        long lastNs = 0;
        for (int i = 0; i < 20_000; i++) {
            long timeNs = one.nextNs();
            assertThat(timeNs).as("packet %d, seed %d", i, SEED).isGreaterThanOrEqualTo(lastNs);
            assertThat(other.nextNs()).as("packet %d, seed %d", i, SEED).isEqualTo(timeNs);
            lastNs = timeNs;
        }
        assertThat(lastNs).isPositive();
    }

    @Test
    void shouldPutExactlyThreeMillionPacketsIntoEverySecond() {
        ArrivalProcess arrivals = open("constant", Rate.perSecond(3_000_000));
        for (long n = 0; n < 9_000_001; n++) {
            long timeNs = arrivals.nextNs();
            if (timeNs != n * 1_000_000_000 / 3_000_000) {
                assertThat(timeNs).as("packet %d", n).isEqualTo(n * 1_000_000_000 / 3_000_000);
            }
        }
    }

    @Test
    void shouldKeepARateThatIsNoWholeNumber() {
        ArrivalProcess arrivals = open("constant", Rate.parse("rate", "2.5/s"));
        assertThat(new long[] {arrivals.nextNs(), arrivals.nextNs(), arrivals.nextNs()})
                .containsExactly(0, 400_000_000, 800_000_000);
    }

    @Test
    void shouldReachThePoissonRate() {
        assertThat(secondsOf(open("poisson", Rate.perSecond(3_000_000)), 3_000_000))
                .isCloseTo(1, within(4 / StrictMath.sqrt(3e6)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"on-off:100us,300us,fixed", "on-off:100us,300us,fixed,constant"})
    void shouldSendAQuarterOfTheTime(String text) {
        assertThat(secondsOf(open(text, Rate.perSecond(4_000_000)), 1_000_000)).isCloseTo(1, within(5e-3));
    }

    @Test
    void shouldSendAQuarterOfTheTimeInPeriodsOfRandomLength() {
        // About 2500 pairs of periods: the off time of one has a standard error of 1/50.
        assertThat(secondsOf(open("on-off:100us,300us", Rate.perSecond(4_000_000)), 1_000_000))
                .isCloseTo(1, within(0.08));
    }

    @Test
    void shouldSendNothingWhileOff() {
        ArrivalProcess arrivals = open("on-off:10us,90us,fixed,poisson", Rate.perSecond(5_000_000));
        for (int i = 0; i < 20_000; i++) {
            assertThat(arrivals.nextNs() % 100_000)
                    .as("packet %d, seed %d", i, SEED)
                    .isLessThan(10_000);
        }
    }

    @Test
    void shouldStopAtTheEndOfTime() {
        ArrivalProcess arrivals = open("constant", new Rate(Rate.MIN));
        long timeNs = 0;
        int packets = 0;
        while (timeNs != ArrivalProcess.END) {
            timeNs = arrivals.nextNs();
            packets++;
        }
        assertThat(packets).isEqualTo(9_223_374);
        assertThat(arrivals.nextNs()).isEqualTo(ArrivalProcess.END);
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant", "poisson", "on-off:10us,30us"})
    void shouldGiveTheSameTimesOnEveryJdk(String text) {
        ArrivalProcess arrivals = open(text, Rate.parse("rate", "123456.789"));
        long folded = 0;
        for (int i = 0; i < 100_000; i++) {
            folded = folded * 31 + arrivals.nextNs();
        }
        long golden = switch (text) {
            case "constant" -> -2_544_251_359_021_969_275L;
            case "poisson" -> 3_921_823_003_948_606_229L;
            default -> -459_150_816_218_261_822L;
        };
        assertThat(folded).isEqualTo(golden);
    }

    @Test
    void shouldNameWhatIsAllowed() {
        Rate rate = Rate.perSecond(1);
        assertThatThrownBy(() -> ArrivalCatalog.parse("poison", rate))
                .hasMessage("arrivals=poison is unknown, did you mean poisson?, allowed: constant, poisson, on-off");
        assertThatThrownBy(() -> ArrivalCatalog.parse("constant:5", rate))
                .hasMessage("arrivals=constant:5, allowed is constant without arguments");
        assertThatThrownBy(() -> ArrivalCatalog.parse("on-off:5ms", rate)).hasMessageContaining("on-off:ON,OFF");
        assertThatThrownBy(() -> ArrivalCatalog.parse("on-off:5ms,5", rate))
                .hasMessageContaining("off=5")
                .hasMessageContaining("ns, us, ms, s");
        assertThatThrownBy(() -> ArrivalCatalog.parse("on-off:5ms,5ms,sometimes", rate))
                .hasMessageContaining("sometimes")
                .hasMessageContaining("exponential|fixed");
    }

    private static ArrivalProcess open(String text, Rate rate) {
        return ArrivalCatalog.parse(text, rate)
                .open(RandomStreams.stream(SEED, "arrivals/gaps"), RandomStreams.stream(SEED, "arrivals/periods"));
    }

    private static double secondsOf(ArrivalProcess arrivals, int packets) {
        long timeNs = 0;
        for (int i = 0; i < packets; i++) {
            timeNs = arrivals.nextNs();
        }
        return timeNs / 1e9;
    }
}
