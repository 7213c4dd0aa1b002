package io.rxsim.workload.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayOptionsTest {
    @ParameterizedTest
    @CsvSource({
        "1, 5",
        "10, 123456789",
        "3, 1000000000000",
        "0.000001, 9223372036854",
        "999999.999999, 9223372036854775807",
        "1.000001, 9223372036854775807",
        "0.3, 2"
    })
    void shouldDivideByTheSpeedWithoutRounding(String text, long recordedNs) {
        Speed speed = Speed.parse(text);
        BigInteger exact = BigInteger.valueOf(recordedNs)
                .multiply(BigInteger.valueOf(1_000_000))
                .divide(BigInteger.valueOf(speed.millionths()));
        assertThat(speed.scaleNs(recordedNs)).isEqualTo(exact.longValueExact());
    }

    @Test
    void shouldStopAtTheEndOfTime() {
        assertThat(Speed.parse("0.5").scaleNs(Long.MAX_VALUE - 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(Speed.parse("0.000001").scaleNs(Long.MAX_VALUE / 1000)).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "fast", "", "1000000.000001", "0.0000001", "1e3"})
    void shouldRefuseWhatIsNoSpeed(String text) {
        assertThatThrownBy(() -> Speed.parse(text))
                .hasMessage("speed=" + text + ", allowed is a number from 0.000001 to 1000000 with up to 6 decimals");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0", "10.0.0.1,", "example.org", "10.0.0.1;10.0.0.2", "fe80::1%eth0"})
    void shouldRefuseWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> HostAddresses.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("to=" + text + ": ")
                .hasMessageContaining("allowed");
    }

    @Test
    void shouldPrintTheAddresses() {
        assertThat(HostAddresses.ALL).hasToString("all");
        assertThat(HostAddresses.parse("10.0.0.1,2001:db8::1")).hasToString("10.0.0.1,2001:db8::1");
    }

    @Test
    void shouldNameTheRangeOfMaxFlows() {
        assertThatThrownBy(() -> new ReplayOptions(Speed.ORIGINAL, HostAddresses.ALL, 0))
                .hasMessage("max-flows=0, allowed is 1 to 67108864");
    }
}
