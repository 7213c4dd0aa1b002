package io.rxsim.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnitsTest {
    @Test
    void shouldChooseReadableUnits() {
        assertThat(Units.time(0)).isEqualTo("0 ns");
        assertThat(Units.time(999)).isEqualTo("999 ns");
        assertThat(Units.time(12_345)).isEqualTo("12.35 us");
        assertThat(Units.time(123_456)).isEqualTo("123.5 us");
        assertThat(Units.time(2_500_000_000.0)).isEqualTo("2.50 s");
        assertThat(Units.rate(1_203_000)).isEqualTo("1.203 M/s");
        assertThat(Units.rate(12.34)).isEqualTo("12.3 /s");
        assertThat(Units.percent(1, 0)).isEqualTo("-");
    }

    @Test
    void shouldNameRunsOfCpus() {
        assertThat(CpuTable.ranges(List.of(0, 1, 2, 5, 7, 8))).isEqualTo("0-2,5,7-8");
    }
}
