package io.rxsim.workload.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts and sums of the recorded captures, found by an independent program. */
class RecordedCapturesTest {
    @ParameterizedTest
    @CsvSource({
        // packets, captured bytes, bytes on the wire, highest time, timestamps out of order
        "web.pcapng.gz, 24168, 2539686, 20960760, 1795177743666482490, 42",
        "redis.pcap.gz, 25027, 2223933, 2223948, 1795177746380886545, 247",
        "sockperf-udp.pcap.gz, 8082, 856692, 856692, 1795177752309230488, 7",
        "mixed.pcap.gz, 6728, 1618374, 5352501, 1795177757386247383, 0",
        "encapsulated.pcap.gz, 2500, 427340, 427340, 1800000000125420000, 0",
        "esp.pcap.gz, 1500, 623288, 623288, 1800000000074219000, 0"
    })
    void shouldReadEveryPacket(String file, int packets, long captured, long wire, long lastNs, int outOfOrder)
            throws IOException {
        Captured read;
        try (InputStream in = getClass().getResourceAsStream("/captures/" + file)) {
            read = Captured.read(in);
        }

        assertThat(read.data).hasSize(packets);
        assertThat(read.data.stream().mapToLong(bytes -> bytes.length).sum()).isEqualTo(captured);
        assertThat(read.wireLengths.stream().mapToLong(length -> length).sum()).isEqualTo(wire);
        assertThat(read.times.get(packets - 1)).isEqualTo(lastNs);
        assertThat(read.times).isSorted();
        assertThat(read.outOfOrder).isEqualTo(outOfOrder);
        assertThat(read.cut).isFalse();
    }
}
