package io.rxsim.workload.esp;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.packet.FlowKey;
import io.rxsim.workload.capture.CaptureReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A capture that another implementation (Scapy) made of six associations. */
class RecordedEspTest {
    private static final EspPackets PACKETS = new EspPackets();

    private static List<String> keys() throws IOException {
        try (InputStream in = RecordedEspTest.class.getResourceAsStream("/captures/esp-keys.csv")) {
            return new ArrayList<>(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        }
    }

    /** Decrypted packets by association number, then counts of verdicts -4 to -1. */
    private static int[] receive(List<String> keys, Set<String> flows) throws IOException {
        SecurityAssociations associations = SaFile.parse("esp-keys.csv", keys);
        EspReceiver receiver = new EspReceiver(associations, 64);
        int[] counts = new int[associations.size() + 4];
        try (CaptureReader reader =
                CaptureReader.open(RecordedEspTest.class.getResourceAsStream("/captures/esp.pcap.gz"), "esp")) {
            while (reader.next(PACKETS.packet)) {
                PACKETS.hash.classify(PACKETS.packet, PACKETS.headers);
                assertThat(EspInbound.isEsp(PACKETS.headers)).isTrue();
                int bytes = receiver.receive(PACKETS.packet, PACKETS.headers, PACKETS.inner);
                if (bytes < 0) {
                    counts[associations.size() + 4 + bytes]++;
                } else {
                    counts[associations.find(PACKETS.headers.spi())]++;
                    PACKETS.hash.classify(PACKETS.inner, PACKETS.innerHeaders);
                    flows.add(FlowKey.of(PACKETS.innerHeaders).toString());
                }
            }
        }
        return counts;
    }

    @Test
    void shouldDecryptEveryPacket() throws IOException {
        Set<String> flows = new TreeSet<>();
        int[] counts = receive(keys(), flows);

        int decrypted = 0;
        for (int number = 0; number < 6; number++) {
            assertThat(counts[number] > 0).isTrue();
            decrypted += counts[number];
        }
        assertThat(decrypted).isEqualTo(1500);
        assertThat(flows.stream().allMatch(flow -> flow.startsWith("udp:")))
                .as(flows.toString())
                .isTrue();
    }

    @Test
    void shouldFailExactlyTheAssociationWhoseKeyHasOneOtherByte() throws IOException {
        int[] before = receive(keys(), new TreeSet<>());
        List<String> keys = keys();
        keys.set(2, keys.get(2).replace("0b0c0d0e", "0b0c0d0f"));

        int[] after = receive(keys, new TreeSet<>());

        assertThat(after[1]).isEqualTo(0);
        assertThat(after[6]).isEqualTo(before[1]);
        for (int number : new int[] {0, 2, 3, 4, 5}) {
            assertThat(after[number]).isEqualTo(before[number]);
        }
    }
}
