package io.rxsim.core.nic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VethQueueMappingTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "2, 1", "3, 2"})
    void shouldReadTheTransmitQueueAsOneMoreThanTheReceiveQueue(int transmitQueue, int rxQueue) {
        assertThat(VethQueueMapping.rxQueue(transmitQueue)).isEqualTo(rxQueue);
    }
}
