package io.rxsim.workload.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecTest {
    private static final long HOUR_NS = 3_600_000_000_000L;

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "2.5, 2500000",
        "0.000001, 1",
        "100, 100000000",
        "1.50, 1500000",
        "999999999999, 999999999999000000"
    })
    void shouldKeepADecimalExactly(String text, long millionths) {
        assertThat(Decimal.parse("x", text, 0, Long.MAX_VALUE)).isEqualTo(millionths);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".5", "5.", "-1", "+1", "1e3", "0.1234567", "1,5", " 1", "1_000", "٣", "1000000000000"})
    void shouldRefuseWhatIsNoDecimal(String text) {
        assertThatThrownBy(() -> Decimal.parse("speed", text, 0, 10 * Decimal.ONE))
                .hasMessage("speed=" + text + ", allowed is a number from 0 to 10 with up to 6 decimals");
    }

    @ParameterizedTest
    @CsvSource({
        "100, 100/s",
        "100/s, 100/s",
        "2.5/s, 2.5/s",
        "0.001, 0.001/s",
        "1000000000/s, 1000000000/s",
        "1.2M/s, 1200000/s",
        "500k, 500000/s",
        "1G/s, 1000000000/s"
    })
    void shouldReadRates(String text, String printed) {
        assertThat(Rate.parse("rate", text)).hasToString(printed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "100/m",
                "100 /s",
                "/s",
                "0.0009",
                "1000000001",
                "100/s/s",
                "1.000000001G/s",
                "1m/s",
                "2G/s",
                "1.0000005M/s",
                "1.2.3"
            })
    void shouldRefuseWhatIsNoRate(String text) {
        assertThatThrownBy(() -> Rate.parse("rate", text)).hasMessageStartingWith("rate=");
    }

    @ParameterizedTest
    @CsvSource({
        "1ns, 1",
        "1.5us, 1500",
        "10ms, 10000000",
        "0.25s, 250000000",
        "3600s, 3600000000000",
        "0.000001s, 1000",
        "2m, 120000000000",
        "1h, 3600000000000"
    })
    void shouldReadTimes(String text, long nanos) {
        assertThat(TimeSpan.parseNs("on", text, 1, HOUR_NS)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10",
                "0",
                "ms",
                "0s",
                "1.5ns",
                "1.000001h",
                "2h",
                "999999999999h",
                "3601s",
                "-1s",
                "1 s",
                "1..5s"
            })
    void shouldRefuseWhatIsNoTime(String text) {
        assertThatThrownBy(() -> TimeSpan.parseNs("on", text, 1, HOUR_NS))
                .hasMessage("on=" + text
                        + ", allowed is 1ns to 3600s in whole nanoseconds, with a unit: ns, us, ms, s, m, h");
    }

    @Test
    void shouldTakeZeroWithoutAUnitWhereZeroIsAllowed() {
        assertThat(TimeSpan.parseNs("warmup", "0", 0, HOUR_NS)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 0ns", "1500, 1500ns", "20000, 20us", "90000000000, 90s", "3600000000000, 3600s"})
    void shouldWriteTimesInTheLargestUnitThatFits(long nanos, String text) {
        assertThat(TimeSpan.format(nanos)).isEqualTo(text);
    }

    @Test
    void shouldSplitATermAtItsFirstColon() {
        assertThat(Term.parse("placement", "migrating:100/s")).isEqualTo(new Term("placement", "migrating", "100/s"));
        assertThat(Term.parse("placement", "pinned")).isEqualTo(new Term("placement", "pinned", ""));
        assertThat(Term.parse("a", "b:c:d").argument()).isEqualTo("c:d");
    }
}
