package io.rxsim.workload.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Arrival;
import io.rxsim.workload.Allocation;
import io.rxsim.workload.capture.CaptureException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replays recorded captures; counts that stand here were found by an independent program. */
class CaptureArrivalsTest {
    private static final String REDIS = "redis.pcap.gz";
    private static final String WEB = "web.pcapng.gz";
    private static final String MIXED = "mixed.pcap.gz";

    @ParameterizedTest
    @CsvSource({
        // packets, those with a socket, their flows, their payload
        "redis.pcap.gz, 25027, 25026, 101, 570306",
        "sockperf-udp.pcap.gz, 8082, 8082, 1, 517248",
        "mixed.pcap.gz, 6728, 5792, 108, 4098659"
    })
    void shouldFindSocketsFlowsAndPayload(String file, int packets, int sockets, int flows, long payload) {
        CaptureReplay replay = Captures.replay(file, ReplayOptions.DEFAULT);
        List<Arrival> arrivals = Captures.arrivals(replay);
        List<Arrival> withSocket = arrivals.stream().filter(a -> a.socket).toList();

        assertThat(arrivals).hasSize(packets);
        assertThat(withSocket).hasSize(sockets);
        assertThat(withSocket.stream().mapToInt(a -> a.flow).distinct().count()).isEqualTo(flows);
        assertThat(withSocket.stream().mapToLong(a -> a.payloadBytes).sum()).isEqualTo(payload);
        ReplayCounts counts = replay.counts();
        assertThat(counts.packetsInFile()).isEqualTo(packets);
        assertThat(counts.packetsToHost()).isEqualTo(packets);
        assertThat(counts.socketPackets()).isEqualTo(sockets);
        assertThat(counts.packetsWithoutSocket()).isEqualTo(packets - sockets);
        assertThat(counts.file().ended()).isTrue();
        assertThat(counts.file().cut()).isFalse();
    }

    @Test
    void shouldGiveBothDirectionsOfARedisConnectionToOneFlow() {
        Map<Integer, int[]> payloadPackets = new TreeMap<>();
        CaptureReplay replay = Captures.replay(REDIS, ReplayOptions.DEFAULT);
        for (Arrival arrival : Captures.arrivals(replay)) {
            if (arrival.payloadBytes > 0 && arrival.socket) {
                payloadPackets.computeIfAbsent(arrival.flow, flow -> new int[2])[arrival.direction]++;
            }
        }
        assertThat(payloadPackets).hasSizeGreaterThanOrEqualTo(100);
        try (CaptureArrivals source = replay.open()) {
            Captures.drain(source);
            payloadPackets.forEach((flow, packets) -> {
                String described = source.describeFlow(flow);
                assertThat(described).matches("tcp:10\\.88\\.0\\.1:\\d+>10\\.88\\.0\\.2:6390");
                assertThat(packets[0]).as("requests of %s", described).isPositive();
                assertThat(packets[1]).as("answers of %s", described).isPositive();
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v6.18", "v2.6.35"})
    void shouldHashBothDirectionsAlike(String kernel) {
        Map<Integer, Set<Integer>> hashes = new TreeMap<>();
        for (Arrival arrival :
                Captures.arrivals(Captures.replay(REDIS, ReplayOptions.DEFAULT, KernelRules.of(kernel)))) {
            if (arrival.socket) {
                hashes.computeIfAbsent(arrival.flow, flow -> new TreeSet<>()).add(arrival.hash);
            }
        }
        assertThat(hashes.values()).hasSize(101).allMatch(ofFlow -> ofFlow.size() == 1 && !ofFlow.contains(0));
        assertThat(hashes.values().stream().distinct().count()).isGreaterThan(95);
    }

    @Test
    void shouldHashDirectionsApartOnlyWhereIpv6FlowLabelsDiffer() {
        CaptureReplay replay = Captures.replay(WEB, ReplayOptions.DEFAULT);
        Map<Integer, Integer> hashes = new TreeMap<>();
        Map<Integer, Boolean> alike = new TreeMap<>();
        for (Arrival arrival : Captures.arrivals(replay)) {
            Integer known = hashes.putIfAbsent(arrival.flow, arrival.hash);
            alike.merge(arrival.flow, known == null || known == arrival.hash, Boolean::logicalAnd);
        }
        int apart = 0;
        try (CaptureArrivals source = replay.open()) {
            Captures.drain(source);
            for (Map.Entry<Integer, Boolean> flow : alike.entrySet()) {
                boolean ipv6 = source.describeFlow(flow.getKey()).contains("[");
                assertThat(flow.getValue() || ipv6)
                        .as(source.describeFlow(flow.getKey()))
                        .isTrue();
                apart += flow.getValue() ? 0 : 1;
            }
        }
        assertThat(apart).as("flows with a label per direction").isPositive();
    }

    @Test
    void shouldLetOnlyPacketsToTheHostArrive() {
        CaptureReplay server = Captures.replay(REDIS, Captures.to("10.88.0.2"));
        List<Arrival> arrivals = Captures.arrivals(server);
        assertThat(arrivals).hasSize(12_720).allMatch(a -> a.direction == 0);
        assertThat(arrivals.get(0).timeNs).isZero();
        assertThat(server.counts().packetsInFile()).isEqualTo(25_027);
        assertThat(server.counts().packetsToHost()).isEqualTo(12_720);

        assertThat(Captures.arrivals(Captures.replay(REDIS, Captures.to("10.88.0.2,10.88.0.1"))))
                .hasSize(25_026);
        assertThat(Captures.arrivals(Captures.replay(MIXED, Captures.to("fd00:88::2"))))
                .hasSize(257);
        assertThat(Captures.arrivals(Captures.replay(REDIS, Captures.to("192.0.2.7"))))
                .isEmpty();
    }

    @Test
    void shouldStartAtZeroAndKeepTheRecordedTimes() {
        CaptureReplay replay = Captures.replay(REDIS, ReplayOptions.DEFAULT);
        List<Arrival> arrivals = Captures.arrivals(replay);
        assertThat(arrivals.get(0).timeNs).isZero();
        assertThat(arrivals).isSortedAccordingTo((a, b) -> Long.compare(a.timeNs, b.timeNs));
        assertThat(replay.counts().file().timestampsOutOfOrder()).isEqualTo(247);
        assertThat(arrivals.get(25_026).timeNs).isEqualTo(1_795_177_746_380_886_545L - 1_795_177_745_780_446_969L);
    }

    @ParameterizedTest
    @CsvSource({"10, 10, 1", "0.5, 1, 2", "1.25, 5, 4", "0.000001, 1, 1000000"})
    void shouldScaleTimesExactly(String speed, long divisor, long factor) {
        List<Arrival> original = Captures.arrivals(Captures.replay(REDIS, ReplayOptions.DEFAULT));
        List<Arrival> scaled = Captures.arrivals(Captures.replay(REDIS, Captures.speed(speed)));
        assertThat(scaled.stream().mapToLong(a -> a.timeNs).toArray())
                .isEqualTo(original.stream()
                        .mapToLong(a -> a.timeNs * factor / divisor)
                        .toArray());
        assertThat(scaled.stream().mapToInt(a -> a.hash).toArray())
                .isEqualTo(original.stream().mapToInt(a -> a.hash).toArray());
    }

    @Test
    void shouldNumberPacketsPerFlowAndDirectionAcrossClosedFlows() {
        CaptureReplay replay = Captures.replay(REDIS, Captures.maxFlows(10));
        int[][] nextSequence = new int[10][2];
        int[] generation = new int[10];
        for (Arrival arrival : Captures.arrivals(replay)) {
            int expected = nextSequence[arrival.flow][arrival.direction]++;
            int newer = arrival.generation - generation[arrival.flow];
            if (arrival.sequence != expected || newer < 0 || newer > 1) {
                fail("flow %d: sequence %d, expected %d; generation +%d"
                        .formatted(arrival.flow, arrival.sequence, expected, newer));
            }
            generation[arrival.flow] = arrival.generation;
        }
        assertThat(replay.counts().closedFlows())
                .isEqualTo(Arrays.stream(generation).sum())
                .isGreaterThan(91);
        assertThat(replay.counts().flows()).isEqualTo(10 + replay.counts().closedFlows());
    }

    @Test
    void shouldGiveTheSamePacketsTwice() {
        CaptureReplay replay = Captures.replay(MIXED, ReplayOptions.DEFAULT);
        assertThat(Captures.text(replay)).isEqualTo(Captures.text(replay)).hasLineCount(6728);
    }

    @Test
    void shouldGiveFragmentsAndTunnelsTheSocketsThatTheyHave() {
        Map<String, Long> sockets = new TreeMap<>();
        CaptureReplay replay = Captures.replay("encapsulated.pcap.gz", ReplayOptions.DEFAULT);
        List<Arrival> arrivals = Captures.arrivals(replay);
        try (CaptureArrivals source = replay.open()) {
            Captures.drain(source);
            for (Arrival arrival : arrivals) {
                String protocol = source.describeFlow(arrival.flow).split(":", 2)[0];
                sockets.merge(protocol + (arrival.socket ? " socket" : " none"), 1L, Long::sum);
            }
        }
        assertThat(sockets).containsKeys("tcp socket", "udp socket", "arp none");
        assertThat(sockets).doesNotContainKeys("arp socket", "ah socket", "icmp socket", "esp socket");
    }

    @Test
    void shouldAllocateNothingPerPacket() {
        try (CaptureArrivals source =
                Captures.replay(REDIS, ReplayOptions.DEFAULT).open()) {
            Arrival arrival = new Arrival();
            for (int i = 0; i < 13_000; i++) {
                source.next(arrival);
            }
            long before = Allocation.bytes();
            int packets = 0;
            while (packets < 11_000 && source.next(arrival)) {
                packets++;
            }
            assertThat(packets).isEqualTo(11_000);
            assertThat(Allocation.bytes() - before).isLessThan(packets);
        }
    }

    @Test
    void shouldReplayWhatIsWholeOfACutCapture(@TempDir Path folder) throws IOException {
        byte[] whole = redis();
        Path file = Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(whole, whole.length - 1));
        CaptureReplay replay = Captures.replay(file, ReplayOptions.DEFAULT, KernelRules.V6_18);
        assertThat(Captures.arrivals(replay)).hasSize(25_026);
        assertThat(replay.counts().file().cut()).isTrue();
    }

    @Test
    void shouldEndWithOneLineWhereACaptureIsMalformed(@TempDir Path folder) throws IOException {
        byte[] broken = redis();
        // Captured length of the first record.
        Arrays.fill(broken, 24 + 8, 24 + 12, (byte) 0x7f);
        Path file = Files.write(folder.resolve("broken.pcap"), broken);
        CaptureReplay replay = Captures.replay(file, ReplayOptions.DEFAULT, KernelRules.V6_18);
        try (CaptureArrivals source = replay.open()) {
            assertThatThrownBy(() -> source.next(new Arrival()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(CaptureException.class)
                    .hasMessageContaining("broken.pcap:offset 24");
        }
    }

    @Test
    void shouldRefuseAFileThatIsNoCapture(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("text.pcap"), "no capture at all, just text");
        CaptureReplay replay = Captures.replay(file, ReplayOptions.DEFAULT, KernelRules.V6_18);
        assertThatThrownBy(replay::open)
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(CaptureException.class);
        assertThatThrownBy(replay::counts).hasMessageContaining("was not opened yet");
    }

    private static byte[] redis() throws IOException {
        try (InputStream in = CaptureArrivalsTest.class.getResourceAsStream("/captures/" + REDIS)) {
            return new GZIPInputStream(in).readAllBytes();
        }
    }
}
