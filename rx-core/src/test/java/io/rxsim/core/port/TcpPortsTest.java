package io.rxsim.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.kernel.Errno;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.packet.IpAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcpPortsTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1000 * MS;
    private static final int ANY = Destinations.ANY;

    private final PortSettings settings = new PortSettings(KernelRules.V6_18);

    private TcpPorts tcp(int low, int high, long seed) {
        settings.range.set(low, high);
        return new TcpPorts(settings, seed, 100_000);
    }

    private static int destination(TcpPorts tcp, String remote, int port) {
        String local = remote.startsWith("127.") ? "127.0.0.1" : "10.0.0.1";
        return tcp.destinations()
                .of(new Destinations.Destination(IpAddress.parse(local), IpAddress.parse(remote), port));
    }

    private static int bind(TcpPorts tcp, SocketOptions options, int local, int port) {
        return tcp.bind(tcp.open(options), local, port, 0);
    }

    private static int connect(TcpPorts tcp, int to, long nowNs) {
        return tcp.connect(tcp.open(SocketOptions.DEFAULT), to, nowNs);
    }

    private static List<Integer> bindUntilRefused(TcpPorts tcp, SocketOptions options) {
        List<Integer> ports = new ArrayList<>();
        int port = bind(tcp, options, ANY, 0);
        for (; port >= 0; port = bind(tcp, options, ANY, 0)) {
            ports.add(port);
        }
        assertThat(Errno.of(port)).isEqualTo(Errno.EADDRINUSE);
        return ports;
    }

    /** Behaviours a toy gets wrong, item 33. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void item33ShouldPreferOppositeParitiesAndLeaveOnePortOfAnOddRange(long seed) {
        assertThat(bind(tcp(40000, 40019, seed), SocketOptions.DEFAULT, ANY, 0) % 2)
                .isOne();
        TcpPorts connecting = tcp(40000, 40019, seed);
        assertThat(connect(connecting, destination(connecting, "10.0.0.2", 80), 0) % 2)
                .isZero();
        assertThat(bindUntilRefused(tcp(40000, 40002, seed), SocketOptions.DEFAULT))
                .containsExactlyInAnyOrder(40000, 40001);
        assertThat(bindUntilRefused(tcp(40000, 40019, seed), SocketOptions.DEFAULT))
                .hasSize(20);
    }

    /** Behaviours a toy gets wrong, item 34. */
    @Test
    void item34ShouldRunOutWithTheErrnoOfEachCall() {
        TcpPorts tcp = tcp(40000, 40003, 1);
        bindUntilRefused(tcp, SocketOptions.DEFAULT);
        assertThat(Errno.of(connect(tcp, destination(tcp, "10.0.0.2", 80), 0))).isEqualTo(Errno.EADDRNOTAVAIL);
        assertThat(Errno.of(tcp.listen(tcp.open(SocketOptions.DEFAULT), 0))).isEqualTo(Errno.EADDRINUSE);
        UdpPorts udp = new UdpPorts(settings, 1, 100);
        for (int i = 0; i < 4; i++) {
            assertThat(udp.autobind(udp.open(SocketOptions.DEFAULT))).isBetween(40000, 40003);
        }
        assertThat(Errno.of(udp.bind(udp.open(SocketOptions.DEFAULT), ANY, 0))).isEqualTo(Errno.EADDRINUSE);
        assertThat(Errno.of(udp.autobind(udp.open(SocketOptions.DEFAULT)))).isEqualTo(Errno.EAGAIN);
    }

    @Test
    void shouldHandOutTheLowerHalfFirstWithReuseAddressAndNoPortTwice() {
        List<Integer> ports = bindUntilRefused(tcp(40000, 40019, 5), SocketOptions.DEFAULT.withReuseAddress());
        assertThat(ports).hasSize(20).doesNotHaveDuplicates();
        assertThat(ports.subList(0, 10)).allMatch(port -> port < 40010);
        assertThat(bindUntilRefused(tcp(40000, 40019, 5), SocketOptions.DEFAULT.withReusePort()))
                .hasSize(20)
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldShareAPortByAutobindReuseOnlyWhenNoneIsLeft() {
        settings.autobindReuse = true;
        TcpPorts tcp = tcp(40000, 40003, 5);
        SocketOptions reuse = SocketOptions.DEFAULT.withReuseAddress();
        List<Integer> first = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            first.add(bind(tcp, reuse, ANY, 0));
        }
        assertThat(first).doesNotHaveDuplicates();
        assertThat(bind(tcp, reuse, ANY, 0)).isBetween(40000, 40003);
        assertThat(Errno.of(bind(tcp, SocketOptions.DEFAULT, ANY, 0))).isEqualTo(Errno.EADDRINUSE);
    }

    @Test
    void shouldShareConnectPortsBetweenDestinationsOnly() {
        TcpPorts tcp = tcp(40000, 40019, 9);
        int one = destination(tcp, "10.0.0.2", 80);
        int other = destination(tcp, "10.0.0.3", 80);
        for (int i = 0; i < 20; i++) {
            assertThat(connect(tcp, one, 0)).isBetween(40000, 40019);
            assertThat(connect(tcp, other, 0)).isBetween(40000, 40019);
        }
        assertThat(Errno.of(connect(tcp, one, 0))).isEqualTo(Errno.EADDRNOTAVAIL);
        assertThat(Errno.of(bind(tcp, SocketOptions.DEFAULT, ANY, 0))).isEqualTo(Errno.EADDRINUSE);
        assertThat(Errno.of(bind(tcp, SocketOptions.DEFAULT.withReuseAddress(), ANY, 40000)))
                .isEqualTo(Errno.EADDRINUSE);
        // another address of the host is not in the way
        assertThat(bind(tcp, SocketOptions.DEFAULT, tcp.destinations().address(IpAddress.parse("10.9.9.9")), 40000))
                .isEqualTo(40000);
    }

    @Test
    void shouldNotConnectFromPortsThatBindUsersOwn() {
        TcpPorts tcp = tcp(40000, 40009, 9);
        for (int i = 0; i < 5; i++) {
            assertThat(bind(tcp, SocketOptions.DEFAULT, ANY, 0) % 2).isOne();
        }
        int to = destination(tcp, "10.0.0.2", 80);
        for (int i = 0; i < 5; i++) {
            assertThat(connect(tcp, to, 0) % 2).isZero();
        }
        assertThat(Errno.of(connect(tcp, to, 0))).isEqualTo(Errno.EADDRNOTAVAIL);
    }

    @Test
    void shouldHoldAPortInTimeWaitForItsDestinationForAMinute() {
        TcpPorts tcp = tcp(40000, 40003, 9);
        int to = destination(tcp, "10.0.0.2", 80);
        for (int i = 0; i < 4; i++) {
            int socket = tcp.open(SocketOptions.DEFAULT);
            assertThat(tcp.connect(socket, to, i * MS)).isBetween(40000, 40003);
            tcp.close(socket, TcpPorts.End.ACTIVE, i * MS);
        }
        assertThat(tcp.timeWaits()).isEqualTo(4);
        assertThat(Errno.of(connect(tcp, to, SECOND))).isEqualTo(Errno.EADDRNOTAVAIL);
        assertThat(Errno.of(bind(tcp, SocketOptions.DEFAULT, ANY, 0))).isEqualTo(Errno.EADDRINUSE);
        assertThat(connect(tcp, destination(tcp, "10.0.0.3", 80), SECOND)).isBetween(40000, 40003);
        assertThat(Errno.of(connect(tcp, to, 60 * SECOND - 1))).isEqualTo(Errno.EADDRNOTAVAIL);
        assertThat(connect(tcp, to, 60 * SECOND)).isBetween(40000, 40003);
    }

    @Test
    void shouldFreeAPortAtOnceAfterAResetOrWhenTheOtherSideClosedFirst() {
        TcpPorts tcp = tcp(40000, 40000, 9);
        int to = destination(tcp, "10.0.0.2", 80);
        for (TcpPorts.End end : List.of(TcpPorts.End.RESET, TcpPorts.End.PASSIVE)) {
            int socket = tcp.open(SocketOptions.DEFAULT);
            assertThat(tcp.connect(socket, to, 0)).isEqualTo(40000);
            tcp.close(socket, end, 0);
            assertThat(tcp.isOwned(40000)).isFalse();
        }
    }

    @Test
    void shouldReuseTimeWaitAsTcpTwReuseSays() {
        assertThat(reusedAfter(0, "127.0.0.2", 5 * SECOND)).isFalse();
        assertThat(reusedAfter(1, "10.0.0.2", 1000 * MS)).isFalse();
        assertThat(reusedAfter(1, "10.0.0.2", 1001 * MS)).isTrue();
        assertThat(reusedAfter(2, "10.0.0.2", 5 * SECOND)).isFalse();
        assertThat(reusedAfter(2, "127.0.0.2", 5 * SECOND)).isTrue();
        settings.tcpTimestamps = false;
        assertThat(reusedAfter(1, "10.0.0.2", 5 * SECOND)).isFalse();
    }

    private boolean reusedAfter(int twReuse, String remote, long afterNs) {
        settings.tcpTwReuse = twReuse;
        TcpPorts tcp = tcp(40000, 40000, 1);
        int to = destination(tcp, remote, 80);
        int socket = tcp.open(SocketOptions.DEFAULT);
        tcp.connect(socket, to, 0);
        tcp.close(socket, TcpPorts.End.ACTIVE, 0);
        boolean reused = connect(tcp, to, afterNs) == 40000;
        assertThat(tcp.timeWaitReuses()).isEqualTo(reused ? 1 : 0);
        assertThat(tcp.timeWaits()).isEqualTo(reused ? 0 : 1);
        return reused;
    }

    @Test
    void shouldForgetConnectionsBeyondTheBoundOfTimeWait() {
        settings.tcpMaxTwBuckets = 2;
        TcpPorts tcp = tcp(40000, 40009, 1);
        int to = destination(tcp, "10.0.0.2", 80);
        for (int i = 0; i < 5; i++) {
            int socket = tcp.open(SocketOptions.DEFAULT);
            tcp.connect(socket, to, 0);
            tcp.close(socket, TcpPorts.End.ACTIVE, 0);
        }
        assertThat(tcp.timeWaits()).isEqualTo(2);
        assertThat(tcp.timeWaitOverflows()).isEqualTo(3);
        assertThat(tcp.openSockets()).isEqualTo(2);
    }

    @Test
    void shouldRefuseWhatTheKernelRefuses() {
        TcpPorts tcp = tcp(40000, 40009, 1);
        SocketOptions user = new SocketOptions(false, false, 1000, SocketOptions.NO_RANGE);
        assertThat(Errno.of(bind(tcp, user, ANY, 80))).isEqualTo(Errno.EACCES);
        assertThat(bind(tcp, SocketOptions.DEFAULT, ANY, 80)).isEqualTo(80);
        int socket = tcp.open(SocketOptions.DEFAULT);
        tcp.bind(socket, ANY, 40000, 0);
        assertThat(Errno.of(tcp.bind(socket, ANY, 40001, 0))).isEqualTo(Errno.EINVAL);
        assertThat(tcp.listen(socket, 0)).isEqualTo(40000);
        assertThat(Errno.of(tcp.connect(socket, destination(tcp, "10.0.0.2", 80), 0)))
                .isEqualTo(Errno.EINVAL);
        int connected = tcp.open(SocketOptions.DEFAULT);
        tcp.connect(connected, destination(tcp, "10.0.0.2", 80), 0);
        assertThat(Errno.of(tcp.connect(connected, destination(tcp, "10.0.0.2", 80), 0)))
                .isEqualTo(Errno.EISCONN);
    }

    @Test
    void shouldShareAnExplicitPortWithReuseAddressUnlessOneListens() {
        TcpPorts tcp = tcp(40000, 40009, 1);
        SocketOptions reuse = SocketOptions.DEFAULT.withReuseAddress();
        int first = tcp.open(reuse);
        assertThat(tcp.bind(first, ANY, 40000, 0)).isEqualTo(40000);
        assertThat(bind(tcp, reuse, ANY, 40000)).isEqualTo(40000);
        assertThat(Errno.of(bind(tcp, SocketOptions.DEFAULT, ANY, 40000))).isEqualTo(Errno.EADDRINUSE);
        tcp.listen(first, 0);
        assertThat(Errno.of(bind(tcp, reuse, ANY, 40000))).isEqualTo(Errno.EADDRINUSE);

        SocketOptions port = SocketOptions.DEFAULT.withReusePort();
        assertThat(bind(tcp, port, ANY, 40001)).isEqualTo(40001);
        assertThat(bind(tcp, port, ANY, 40001)).isEqualTo(40001);
        SocketOptions stranger = new SocketOptions(false, true, 7, SocketOptions.NO_RANGE);
        assertThat(Errno.of(bind(tcp, stranger, ANY, 40001))).isEqualTo(Errno.EADDRINUSE);
    }

    @Test
    void shouldBindAndConnectUpwardsWithOneHintIn2635() {
        PortSettings old = new PortSettings(KernelRules.V2_6_35);
        old.range.set(40000, 40009);
        old.reserved.writeAll(PortListParser.bytes("40004"));
        TcpPorts tcp = new TcpPorts(old, 3, 1000);
        int first = connect(tcp, destination(tcp, "10.0.0.2", 80), 0);
        List<Integer> expected = new ArrayList<>();
        for (int i = 1; i < 9; i++) {
            int next = expected.isEmpty() ? first : expected.get(expected.size() - 1);
            do {
                next = next == 40009 ? 40000 : next + 1;
            } while (next == 40004);
            expected.add(next);
            assertThat(connect(tcp, destination(tcp, "10.0.0.2", 80), 0)).isEqualTo(next);
        }
        assertThat(Errno.of(connect(tcp, destination(tcp, "10.0.0.2", 80), 0))).isEqualTo(Errno.EADDRNOTAVAIL);
        assertThat(Errno.of(tcp.open(SocketOptions.DEFAULT.withReusePort()))).isEqualTo(Errno.ENOPROTOOPT);
    }

    @Test
    void shouldShareThePortOfFewestOwnersIn2635() {
        PortSettings old = new PortSettings(KernelRules.V2_6_35);
        old.range.set(40000, 40002);
        TcpPorts tcp = new TcpPorts(old, 3, 1000);
        SocketOptions reuse = SocketOptions.DEFAULT.withReuseAddress();
        bind(tcp, reuse, ANY, 40000);
        bind(tcp, reuse, ANY, 40000);
        bind(tcp, reuse, ANY, 40001);
        bind(tcp, SocketOptions.DEFAULT, ANY, 40002);
        assertThat(bind(tcp, reuse, ANY, 0)).isEqualTo(40001);
        assertThat(Errno.of(bind(tcp, SocketOptions.DEFAULT, ANY, 0))).isEqualTo(Errno.EADDRINUSE);
    }

    @Test
    void shouldGiveTheSamePortsForTheSameSeedOnly() {
        assertThat(bindUntilRefused(tcp(40000, 40999, 1), SocketOptions.DEFAULT))
                .isEqualTo(bindUntilRefused(tcp(40000, 40999, 1), SocketOptions.DEFAULT))
                .isNotEqualTo(bindUntilRefused(tcp(40000, 40999, 2), SocketOptions.DEFAULT));
    }

    @Test
    void shouldEndAtItsOwnBoundOfSockets() {
        TcpPorts tcp = new TcpPorts(settings, 1, 2);
        int first = tcp.open(SocketOptions.DEFAULT);
        tcp.open(SocketOptions.DEFAULT);
        assertThat(Errno.of(tcp.open(SocketOptions.DEFAULT))).isEqualTo(Errno.EMFILE);
        tcp.close(first, TcpPorts.End.RESET, 0);
        assertThat(tcp.open(SocketOptions.DEFAULT)).isEqualTo(first);
    }
}
