package io.rxsim.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The traces of kernel-semantics 12.4 and 12.5, and what each order covers. */
class PortSearchTest {
    private static final PortSet NOTHING = new PortSet();

    /** A number for every question. */
    private record Fixed(int number) implements PortRandom {
        @Override
        public int below(int bound) {
            return number % bound;
        }

        @Override
        public int word() {
            return number;
        }
    }

    /** Refuses every port and remembers the order in which it was asked. */
    private static final class Asked implements PortSearch.Check {
        private final List<Integer> ports = new ArrayList<>();

        @Override
        public boolean free(int port) {
            ports.add(port);
            return false;
        }
    }

    private static PortWindow window(String range) {
        String[] bounds = range.split("-");
        return new PortWindow(Integer.parseInt(bounds[0]), Integer.parseInt(bounds[1]), false);
    }

    @ParameterizedTest
    @CsvSource({
        "10-15, 3, false, 13 15 11 12 14 10",
        "10-14, 0, false, 11 13 10 12",
        "10-14, 2, false, 13 11 12 14",
        "10-17, 1, true, 11 13 10 12 15 17 14 16",
        "10-10, 0, false, 10 10",
        "10-12, 0, true, 11 10",
    })
    void shouldBindInTheRecordedOrder(String range, int random, boolean reuse, String order) {
        Asked asked = new Asked();
        assertThat(PortSearch.bind618(window(range), reuse, NOTHING, new Fixed(random), asked))
                .isEqualTo(PortSearch.NONE);
        assertThat(asked.ports).extracting(String::valueOf).containsExactly(order.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "10-15, 3, '', 12 14 10 13 15 11",
        "10-15, 3, '12,13', 14 10 15 11",
        "10-14, 0, '', 10 12 11 13",
        "10-10, 7, '', 10",
    })
    void shouldConnectInTheRecordedOrder(String range, int base, String reserved, String order) {
        Asked asked = new Asked();
        assertThat(PortSearch.connect618(window(range), base, PortSet.parse(reserved), asked))
                .isEqualTo(PortSearch.NO_PORT);
        assertThat(asked.ports).extracting(String::valueOf).containsExactly(order.split(" "));
    }

    @Test
    void shouldConnectThroughAllPortsInTurnUnderTheSocketsOwnRange() {
        Asked asked = new Asked();
        PortSearch.connect618(new PortWindow(10, 14, true), 8, NOTHING, asked);
        assertThat(asked.ports).containsExactly(13, 14, 10, 11, 12);
    }

    @Test
    void shouldSayHowFarBehindItsPlaceAConnectWent() {
        long found = PortSearch.connect618(window("10-19"), 8, PortSet.parse("18,10"), port -> true);
        assertThat(PortSearch.port(found)).isEqualTo(12);
        assertThat(PortSearch.passed(found)).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"32768-60999, 256", "40000-40019, 4096", "1-65535, 65536", "1-1, 256"})
    void shouldAskUdpForEveryPortExactlyOnce(String range, int slots) {
        PortWindow window = window(range);
        for (int word : new int[] {0, -1, 0x12345678, 1 << 31}) {
            Asked asked = new Asked();
            assertThat(PortSearch.udp(window, slots, NOTHING, new Fixed(word), asked))
                    .isEqualTo(PortSearch.NONE);
            BitSet seen = new BitSet();
            asked.ports.forEach(seen::set);
            assertThat(asked.ports).hasSize(window.count());
            assertThat(seen.cardinality()).isEqualTo(window.count());
        }
    }

    /** The order in which the kernel's strides come by the ports of a window, however small: slot by slot from a random one. */
    @ParameterizedTest
    @CsvSource({"40000-40019, 256", "32760-32770, 16", "1-300, 256", "65000-65535, 1024", "10-14, 4"})
    void shouldAskUdpInTheOrderOfItsStrides(String range, int slots) {
        PortWindow window = window(range);
        for (int word : new int[] {0, -1, 0x12345678, 1 << 31, 0x7ffffffe}) {
            List<Integer> order = new ArrayList<>();
            int start = window.low() + (int) ((word & 0xffffffffL) * window.count() >> 32);
            for (int slot = 0; slot < slots; slot++) {
                for (int i = 0; i < 65536 / slots; i++) {
                    int port = (start + slot + i * ((word | 1) * slots)) & 0xffff;
                    if (port >= window.low() && port <= window.high()) {
                        order.add(port);
                    }
                }
            }
            Asked asked = new Asked();
            PortSearch.udp(window, slots, NOTHING, new Fixed(word), asked);
            assertThat(asked.ports).isEqualTo(order);
        }
    }

    @Test
    void shouldSearchUpwardsAsIn2635() {
        Asked bind = new Asked();
        PortSearch.bind2635(window("10-14"), PortSet.parse("12"), new Fixed(2), bind);
        assertThat(bind.ports).containsExactly(13, 14, 10, 11);
        Asked connect = new Asked();
        PortSearch.connect2635(window("10-14"), 2, NOTHING, connect);
        assertThat(connect.ports).containsExactly(13, 14, 10, 11, 12);
    }

    @Test
    void shouldUseAnOptionsBoundOnlyInsideTheRange() {
        LocalPortRange range = new LocalPortRange(io.rxsim.core.kernel.KernelRules.V6_18);
        range.set(40000, 40019);
        assertThat(option(range, 0, 0)).isEqualTo(new PortWindow(40000, 40019, false));
        assertThat(option(range, 40004, 40010)).isEqualTo(new PortWindow(40004, 40010, true));
        assertThat(option(range, 41000, 41005)).isEqualTo(new PortWindow(40000, 40019, true));
        assertThat(option(range, 40018, 42000)).isEqualTo(new PortWindow(40018, 40019, true));
        assertThat(option(range, 39000, 40001)).isEqualTo(new PortWindow(40000, 40001, true));
        assertThat(option(range, 0, 40003)).isEqualTo(new PortWindow(40000, 40003, true));
        assertThat(option(range, 40015, 0)).isEqualTo(new PortWindow(40015, 40019, true));
    }

    private static PortWindow option(LocalPortRange range, int low, int high) {
        return PortWindow.of(range, SocketOptions.DEFAULT.withRange(low, high).localPortRange());
    }
}
