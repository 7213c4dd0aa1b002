package io.rxsim.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.packet.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables behind the sockets against plain maps and lists, and weights against many connects. */
class PortStateTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void shouldFindConnectionsAsAMapDoes() {
        FourTuples tuples = new FourTuples();
        Map<List<Integer>, Integer> naive = new LinkedHashMap<>();
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 200_000; i++) {
            // few keys, so that they come and go often and lie side by side
            final int destination = random.nextInt(40);
            final int port = 40_000 + random.nextInt(200);
            final List<Integer> key = List.of(destination, port);
            final Integer known = naive.get(key);
            assertThat(tuples.get(destination, port)).isEqualTo(known == null ? SocketTable.NONE : known);
            if (known == null) {
                tuples.put(destination, port, i);
                naive.put(key, i);
            } else {
                tuples.remove(destination, port);
                naive.remove(key);
            }
        }
    }

    /** One socket of the naive model; its state is who it is to and until when it waits. */
    private static final class Plain {
        private final int socket;
        private final int port;
        private final int to;
        private long untilNs = Long.MAX_VALUE;

        Plain(int socket, int port, int to) {
            this.socket = socket;
            this.port = port;
            this.to = to;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldOwnPortsAsAListOfSocketsDoes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        PortSettings settings = new PortSettings(KernelRules.V6_18);
        settings.range.set(40000, 40000 + random.nextInt(4, 40));
        TcpPorts tcp = new TcpPorts(settings, seed, 10_000);
        int[] to = new int[3];
        for (int i = 0; i < to.length; i++) {
            to[i] = tcp.destinations()
                    .of(new Destinations.Destination(
                            IpAddress.parse("10.0.0.1"), IpAddress.parse("10.0.0." + (2 + i)), 80));
        }
        List<Plain> plain = new ArrayList<>();
        long nowNs = 0;
        for (int i = 0; i < 5000; i++) {
            nowNs += random.nextLong(3 * SECOND);
            final long now = nowNs;
            plain.removeIf(one -> one.untilNs <= now);
            if (random.nextInt(3) > 0) {
                open(tcp, plain, random.nextInt(4) == 0 ? SocketTable.NONE : to[random.nextInt(3)], now);
            } else if (!plain.isEmpty()) {
                close(tcp, plain, plain.get(random.nextInt(plain.size())), random.nextInt(3), now);
            }
            tcp.expire(now);
            assertThat(tcp.openSockets()).isEqualTo(plain.size());
        }
    }

    private static void open(TcpPorts tcp, List<Plain> plain, int to, long nowNs) {
        final int socket = tcp.open(SocketOptions.DEFAULT);
        final int port =
                to == SocketTable.NONE ? tcp.bind(socket, Destinations.ANY, 0, nowNs) : tcp.connect(socket, to, nowNs);
        if (port < 0) {
            tcp.close(socket, TcpPorts.End.RESET, nowNs);
            // nothing was free: every even port is owned by a bind() user or by a connection to the same place
            assertThat(plain).isNotEmpty();
            return;
        }
        assertThat(plain.stream().filter(one -> one.port == port))
                .allMatch(one -> to != SocketTable.NONE && one.to != SocketTable.NONE && one.to != to);
        plain.add(new Plain(socket, port, to));
    }

    private static void close(TcpPorts tcp, List<Plain> plain, Plain one, int how, long nowNs) {
        if (one.untilNs != Long.MAX_VALUE) {
            return;
        }
        tcp.close(one.socket, TcpPorts.End.values()[how], nowNs);
        if (TcpPorts.End.values()[how] == TcpPorts.End.ACTIVE && one.to != SocketTable.NONE) {
            one.untilNs = nowNs + PortSettings.TIME_WAIT_NS;
        } else {
            plain.remove(one);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "40003,40010-40012", "40020-40069", "40000,40002,40004"})
    void shouldWeighPortsAsManyConnectsGiveThem(String reserved) {
        PortSettings settings = new PortSettings(KernelRules.V6_18);
        settings.range.set(40000, 40099);
        settings.reserved.set(PortSet.parse(reserved));
        TcpPorts tcp = new TcpPorts(settings, 5, 100);
        int to = tcp.destinations()
                .of(new Destinations.Destination(IpAddress.parse("10.0.0.1"), IpAddress.parse("10.0.0.2"), 80));
        final int connects = 200_000;
        long[] given = new long[PortSet.PORTS];
        for (int i = 0; i < connects; i++) {
            final int socket = tcp.open(SocketOptions.DEFAULT);
            given[tcp.connect(socket, to, 0)]++;
            tcp.close(socket, TcpPorts.End.RESET, 0);
        }
        ConnectWeights weights = new ConnectWeights(KernelRules.V6_18, settings.range, settings.reserved.ports());
        for (int port = 40000; port < 40100; port++) {
            assertThat((double) given[port] / connects)
                    .as("port %d", port)
                    .isBetween(weights.of(port) * 0.93, weights.of(port) * 1.07);
        }
    }

    @Test
    void shouldListAllThatASearchMayGive() {
        PortSettings settings = new PortSettings(KernelRules.V6_18);
        settings.range.set(40000, 40004);
        TcpPorts tcp = new TcpPorts(settings, 5, 100);
        final int socket = tcp.open(SocketOptions.DEFAULT);
        assertThat(PossiblePorts.ofBind(tcp, socket, Destinations.ANY).ports()).hasToString("40001,40003");
        int to = tcp.destinations()
                .of(new Destinations.Destination(IpAddress.parse("10.0.0.1"), IpAddress.parse("10.0.0.2"), 80));
        assertThat(PossiblePorts.ofConnect(tcp, socket, to, 0).ports()).hasToString("40000,40002");
        UdpPorts udp = new UdpPorts(settings, 5, 100);
        PossiblePorts datagram = PossiblePorts.ofUdpBind(udp, udp.open(SocketOptions.DEFAULT), Destinations.ANY);
        assertThat(datagram.ports()).hasToString("40000-40004");
        assertThat(datagram.mayFail()).isFalse();
        for (int i = 0; i < 4; i++) {
            tcp.bind(tcp.open(SocketOptions.DEFAULT), Destinations.ANY, 40000 + i, 0);
        }
        // 40004 is tried from one offset only
        PossiblePorts last = PossiblePorts.ofBind(tcp, socket, Destinations.ANY);
        assertThat(last.ports()).hasToString("40004");
        assertThat(last.mayFail()).isTrue();
    }

    @Test
    void shouldTellPossibleSequencesOfConnectsFromOthers() {
        LocalPortRange range = new LocalPortRange(KernelRules.V6_18);
        range.set(40000, 40999);
        PortSet owned = new PortSet();
        ConnectSequence sequence = new ConnectSequence(KernelRules.V6_18, range, new PortSet());
        assertThat(sequence.onPort(40100, owned)).isTrue();
        assertThat(sequence.onPort(40116, owned)).isTrue();
        assertThat(sequence.mayFail(owned)).isFalse();
        assertThat(sequence.onPort(40134, owned)).as("a step of 18").isFalse();
        ConnectSequence parity = new ConnectSequence(KernelRules.V6_18, range, new PortSet());
        assertThat(parity.onPort(40101, owned)).as("the other parity first").isFalse();
    }
}
