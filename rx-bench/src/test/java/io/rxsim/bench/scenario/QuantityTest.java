package io.rxsim.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class QuantityTest {
    @Test
    void shouldReadDurationsExactly() {
        assertThat(Quantity.durationNs("0")).isZero();
        assertThat(Quantity.durationNs("250ns")).isEqualTo(250);
        assertThat(Quantity.durationNs("1.5us")).isEqualTo(1500);
        assertThat(Quantity.durationNs("0.000000001s")).isEqualTo(1);
        assertThat(Quantity.durationNs("2h")).isEqualTo(7_200_000_000_000L);
        assertThatThrownBy(() -> Quantity.durationNs("0.5ns")).hasMessageContaining("whole number of nanoseconds");
        assertThatThrownBy(() -> Quantity.durationNs("999999999999999999h")).hasMessageContaining("below 2^63");
        assertThatThrownBy(() -> Quantity.durationNs("-1s")).hasMessageContaining("is no duration");
    }

    @Test
    void shouldReadRatesExactly() {
        assertThat(Quantity.perSecond("1.2M/s")).isEqualTo(1_200_000);
        assertThat(Quantity.perSecond("500k/s")).isEqualTo(500_000);
        assertThat(Quantity.perSecond("7/s")).isEqualTo(7);
        assertThatThrownBy(() -> Quantity.perSecond("1.5/s")).hasMessageContaining("whole number of packets");
        assertThatThrownBy(() -> Quantity.perSecond("1M")).hasMessageContaining("is no rate");
    }

    @Test
    void shouldWriteDurationsInTheLargestUnitThatFits() {
        assertThat(Quantity.formatDuration(0)).isEqualTo("0ns");
        assertThat(Quantity.formatDuration(1500)).isEqualTo("1500ns");
        assertThat(Quantity.formatDuration(20_000)).isEqualTo("20us");
        assertThat(Quantity.formatDuration(90_000_000_000L)).isEqualTo("90s");
    }
}
