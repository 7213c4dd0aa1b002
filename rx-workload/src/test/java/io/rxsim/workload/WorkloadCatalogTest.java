package io.rxsim.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.ClientHost;
import io.rxsim.core.run.HashKeys;
import io.rxsim.workload.spec.PacketHashing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every member of the catalog keeps, and what UDP_STREAM does besides. */
class WorkloadCatalogTest {
    private static final long SEED = 42;
    private static final Map<String, String> IMIX = settings("sizes", "64:7,594:4,1518:1");

    static List<String> tests() {
        return WorkloadCatalog.catalog().names();
    }

    @ParameterizedTest
    @MethodSource("tests")
    void shouldGiveTheSamePacketsTwiceInTimeOrder(String test) {
        ArrivalSource.Factory factory = prepare(test, Map.of(), SEED);
        try (ArrivalSource one = factory.open();
                ArrivalSource other = factory.open()) {
            Arrival a = new Arrival();
            Arrival b = new Arrival();
            long lastNs = 0;
            for (int i = 0; i < 20_000; i++) {
                boolean more = one.next(a);
                assertThat(other.next(b)).isEqualTo(more);
                if (!more) {
                    // A closed loop goes on only when it is answered.
                    assertThat(one).isInstanceOf(ClientHost.class);
                    break;
                }
                assertThat(fields(a)).as("packet %d, seed %d", i, SEED).isEqualTo(fields(b));
                assertThat(a.timeNs).as("packet %d, seed %d", i, SEED).isGreaterThanOrEqualTo(lastNs);
                lastNs = a.timeNs;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tests")
    void shouldGiveOtherPacketsUnderAnotherSeed(String test) {
        assertThat(digest(prepare(test, Map.of(), SEED))).isNotEqualTo(digest(prepare(test, Map.of(), SEED + 1)));
    }

    @ParameterizedTest
    @MethodSource("tests")
    void shouldAllocateNothingPerPacket(String test) {
        try (ArrivalSource source = prepare(test, Map.of(), SEED).open()) {
            Arrival arrival = new Arrival();
            drain(source, arrival, 100_000);
            long before = Allocation.bytes();
            drain(source, arrival, 1_000_000);
            assertThat(Allocation.bytes() - before).isLessThan(1_000_000);
        }
    }

    @ParameterizedTest
    @MethodSource("tests")
    void shouldRefuseASettingThatItDoesNotKnow(String test) {
        assertThatThrownBy(() -> prepare(test, settings("colour", "red"), SEED))
                .hasMessageContaining("colour is unknown");
    }

    @Test
    void shouldNameTheWorkloadsForAnUnknownOne() {
        assertThatThrownBy(() -> prepare("UDP_STEAM", Map.of(), SEED))
                .hasMessage(
                        "test=UDP_STEAM is unknown, did you mean UDP_STREAM?, allowed: UDP_STREAM, ESP_STREAM, TCP_RR,"
                                + " UDP_RR, TCP_STREAM, TCP_CRR, TCP_CHURN");
    }

    @Test
    void shouldFillEveryFieldOfAnArrival() {
        Arrival arrival = new Arrival();
        arrival.cpu = 7;
        arrival.direction = 7;
        arrival.generation = 7;
        arrival.rxQueue = 7;
        try (ArrivalSource source =
                prepare("UDP_STREAM", settings("sizes", "100"), SEED).open()) {
            source.next(arrival);
            assertThat(arrival.direction).isZero();
            assertThat(arrival.generation).isZero();
            assertThat(arrival.sequence).isZero();
            assertThat(arrival.rxQueue).isEqualTo(Arrival.BY_RSS);
            assertThat(arrival.cpu).isEqualTo(Arrival.BY_IRQ);
            assertThat(arrival.socket).isTrue();
            assertThat(arrival.lengthBytes).isEqualTo(100);
            assertThat(arrival.payloadBytes).isEqualTo(58);
            assertThat(source.describeFlow(arrival.flow)).matches("udp:10\\.\\d+\\.\\d+\\.\\d+:\\d+>192\\.0\\.2\\.1:9");
        }
    }

    @Test
    void shouldNumberThePacketsOfEachFlow() {
        try (ArrivalSource source =
                prepare("UDP_STREAM", settings("flows", "50"), SEED).open()) {
            int[] next = new int[50];
            Arrival arrival = new Arrival();
            for (int i = 0; i < 10_000; i++) {
                source.next(arrival);
                assertThat(arrival.sequence).as("packet %d", i).isEqualTo(next[arrival.flow]++);
            }
        }
    }

    @Test
    void shouldMixSizesByWeight() {
        try (ArrivalSource source = prepare("UDP_STREAM", IMIX, SEED).open()) {
            Arrival arrival = new Arrival();
            long bytes = 0;
            int packets = 1_000_000;
            for (int i = 0; i < packets; i++) {
                source.next(arrival);
                bytes += arrival.lengthBytes;
            }
            // Standard deviation of one length is 412 bytes.
            assertThat(bytes / (double) packets).isCloseTo((64 * 7 + 594 * 4 + 1518) / 12.0, within(4 * 0.412));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rate=200000", "arrivals=constant", "sizes=64:7,594:4,1518:1"})
    void shouldKeepTheFlowsWhenSomethingElseChanges(String change) {
        String[] setting = change.split("=", 2);
        try (ArrivalSource usual = prepare("UDP_STREAM", Map.of(), SEED).open();
                ArrivalSource changed = prepare("UDP_STREAM", settings(setting[0], setting[1]), SEED)
                        .open()) {
            Arrival a = new Arrival();
            Arrival b = new Arrival();
            for (int i = 0; i < 10_000; i++) {
                usual.next(a);
                changed.next(b);
                assertThat(b.flow).as("packet %d", i).isEqualTo(a.flow);
            }
        }
    }

    @Test
    void shouldKeepTimesAndSizesWhenThePopulationChanges() {
        try (ArrivalSource usual = prepare("UDP_STREAM", IMIX, SEED).open();
                ArrivalSource changed = prepare(
                                "UDP_STREAM",
                                settings("sizes", "64:7,594:4,1518:1", "population", "elephants:5,0.5"),
                                SEED)
                        .open()) {
            Arrival a = new Arrival();
            Arrival b = new Arrival();
            for (int i = 0; i < 10_000; i++) {
                usual.next(a);
                changed.next(b);
                assertThat(b.timeNs).as("packet %d", i).isEqualTo(a.timeNs);
                assertThat(b.lengthBytes).as("packet %d", i).isEqualTo(a.lengthBytes);
            }
        }
    }

    @Test
    void shouldGiveTheSamePacketsOnEveryJdk() {
        Map<String, String> all =
                settings("population", "zipf:1.1", "sizes", "64:7,594:4,1518:1", "arrivals", "on-off:1ms,3ms");
        assertThat(digest(prepare("UDP_STREAM", Map.of(), SEED))).isEqualTo(-1_822_176_281_641_584_708L);
        assertThat(digest(prepare("UDP_STREAM", all, SEED))).isEqualTo(-4_319_133_184_455_701_267L);
    }

    @Test
    void shouldNameTheRangeOfAWrongValue() {
        assertRefused("rate", "fast", "rate=fast, allowed is 0.001/s to 1G/s, e.g. 1000/s, 500k/s, 1.2M/s");
        assertRefused("rate", "0", "rate=0, allowed is 0.001/s");
        assertRefused("flows", "0", "flows=0, allowed is 1 to 4194304");
        assertRefused("sizes", "41", "sizes=41: 41, allowed is 42 to 65549");
        assertRefused("sizes", "64:1,", "allowed is SIZE or SIZE:WEIGHT");
        assertRefused("sizes", "64,128", "allowed is SIZE or SIZE:WEIGHT");
        assertRefused("sizes", "64:0", "weight 0, allowed is 1 or more");
        assertRefused("population", "zipf:-1", "allowed is a number from 0 to 10");
    }

    private static void assertRefused(String name, String value, String message) {
        assertThatThrownBy(() -> prepare("UDP_STREAM", settings(name, value), SEED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static ArrivalSource.Factory prepare(String test, Map<String, String> settings, long seed) {
        return WorkloadCatalog.prepare(
                test, settings, new PacketHashing(KernelRules.V6_18, HashKeys.ofSeed(seed)), seed);
    }

    private static Map<String, String> settings(String... namesAndValues) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return settings;
    }

    private static void drain(ArrivalSource source, Arrival arrival, int packets) {
        for (int i = 0; i < packets; i++) {
            source.next(arrival);
        }
    }

    private static long digest(ArrivalSource.Factory factory) {
        long folded = 0;
        try (ArrivalSource source = factory.open()) {
            Arrival arrival = new Arrival();
            for (int i = 0; i < 20_000 && source.next(arrival); i++) {
                // what a closed loop sends is decided when it reaches the NIC
                if (source instanceof ClientHost clients
                        && clients.readyNs(arrival.flow, arrival.timeNs) == arrival.timeNs) {
                    clients.describe(arrival.flow, arrival);
                }
                for (long field : fields(arrival)) {
                    folded = folded * 31 + field;
                }
            }
        }
        return folded;
    }

    private static List<Long> fields(Arrival a) {
        return List.of(
                a.timeNs,
                (long) a.flow,
                (long) a.direction,
                (long) a.generation,
                (long) a.sequence,
                (long) a.hash,
                (long) a.rssHash,
                (long) a.lengthBytes,
                (long) a.payloadBytes,
                a.socket ? 1L : 0L,
                (long) a.rxQueue,
                (long) a.cpu);
    }
}
