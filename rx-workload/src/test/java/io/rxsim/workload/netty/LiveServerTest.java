package io.rxsim.workload.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.live.LiveReport;
import io.rxsim.core.softnet.DropReason;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real clients against the live engine behind real sockets, all on loopback. */
class LiveServerTest {
    private static final int TIMEOUT_MS = 20_000;

    private static byte[] bytes(int length, int seed) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (seed * 31 + i);
        }
        return bytes;
    }

    private static Socket connected(InetSocketAddress to) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(TIMEOUT_MS);
        socket.connect(to, TIMEOUT_MS);
        return socket;
    }

    private static byte[] ask(DatagramSocket client, byte[] question) throws IOException {
        client.setSoTimeout(TIMEOUT_MS);
        client.send(new DatagramPacket(question, question.length));
        DatagramPacket answer = new DatagramPacket(new byte[65_535], 65_535);
        client.receive(answer);
        return Arrays.copyOf(answer.getData(), answer.getLength());
    }

    @ParameterizedTest
    @EnumSource(NettyTransport.class)
    void shouldEchoDatagramsOfManySourcesByEveryTransport(NettyTransport transport) throws IOException {
        if (!transport.isAvailable()) {
            return;
        }
        try (LiveRig rig = new LiveRig("echo").transport(transport).listen("udp:127.0.0.1:0")) {
            List<DatagramSocket> clients = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                DatagramSocket client = new DatagramSocket();
                client.connect(rig.address());
                clients.add(client);
            }
            for (int round = 0; round < 20; round++) {
                for (DatagramSocket client : clients) {
                    byte[] question = bytes(1 + 61 * round, client.getLocalPort());
                    assertThat(ask(client, question)).isEqualTo(question);
                }
            }
            clients.forEach(DatagramSocket::close);
            LiveReport report = rig.stop();
            assertThat(report.packets()).isEqualTo(160);
            assertThat(report.delivered()).isEqualTo(160);
            assertThat(report.order().violations()).isZero();
            assertThat(report.brokenLaws()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(NettyTransport.class)
    void shouldEchoEveryByteOfAConnectionInOrder(NettyTransport transport) throws IOException {
        if (!transport.isAvailable()) {
            return;
        }
        try (LiveRig rig = new LiveRig("echo").transport(transport).listen("tcp:127.0.0.1:0");
                Socket client = connected(rig.address())) {
            byte[] sent = bytes(300_000, 7);
            Thread writer = new Thread(() -> {
                try {
                    client.getOutputStream().write(sent);
                    client.shutdownOutput();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            writer.start();
            assertThat(Arrays.mismatch(client.getInputStream().readAllBytes(), sent))
                    .isEqualTo(-1);
            LiveReport report = rig.stop();
            assertThat(report.droppedTotal()).isZero();
            assertThat(report.order().outOfOrder()).isZero();
        }
    }

    @Test
    void shouldLoseNothingOfConnectionsWhenBacklogsOverflow() throws IOException {
        // A limit of 0 keeps one packet: with flows on two CPUs most pieces are refused at first.
        try (LiveRig rig = new LiveRig("echo").maxBacklog(0).listen("tcp:127.0.0.1:0")) {
            List<Socket> clients = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                clients.add(connected(rig.address()));
            }
            for (int round = 0; round < 10; round++) {
                for (int i = 0; i < clients.size(); i++) {
                    clients.get(i).getOutputStream().write(bytes(100, i + round));
                }
                for (int i = 0; i < clients.size(); i++) {
                    assertThat(clients.get(i).getInputStream().readNBytes(100)).isEqualTo(bytes(100, i + round));
                }
            }
            for (Socket client : clients) {
                client.close();
            }
            LiveReport report = rig.stop();
            assertThat(report.order().outOfOrder()).isZero();
            assertThat(report.dropped().get(DropReason.SOCKET_RCVBUFF)).isZero();
        }
    }

    @Test
    void shouldRefuseConnectionsBeyondTheLimitAndServeTheOthers() throws IOException {
        try (LiveRig rig = new LiveRig("echo").connections(10).listen("tcp:127.0.0.1:0")) {
            List<Socket> served = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                Socket client = connected(rig.address());
                client.getOutputStream().write(bytes(5, i));
                assertThat(client.getInputStream().readNBytes(5)).isEqualTo(bytes(5, i));
                served.add(client);
            }
            for (int i = 0; i < 300; i++) {
                try (Socket refused = connected(rig.address())) {
                    assertThat(refused.getInputStream().read()).isEqualTo(-1);
                } catch (SocketTimeoutException e) {
                    throw e;
                } catch (IOException reset) {
                    assertThat(reset).hasMessageContaining("reset");
                }
            }
            served.get(3).getOutputStream().write(bytes(9, 3));
            assertThat(served.get(3).getInputStream().readNBytes(9)).isEqualTo(bytes(9, 3));
            assertThat(rig.server().refused()).isEqualTo(300);
            assertThat(rig.server().accepted()).isEqualTo(10);
            for (Socket client : served) {
                client.close();
            }
        }
    }

    @Test
    void shouldRefuseDatagramSourcesBeyondTheLimitOfFlows() throws IOException {
        try (LiveRig rig = new LiveRig("echo").flows(2).listen("udp:127.0.0.1:0")) {
            for (int i = 0; i < 2; i++) {
                try (DatagramSocket client = new DatagramSocket()) {
                    client.connect(rig.address());
                    assertThat(ask(client, bytes(3, i))).hasSize(3);
                }
            }
            try (DatagramSocket third = new DatagramSocket()) {
                third.connect(rig.address());
                third.setSoTimeout(200);
                third.send(new DatagramPacket(new byte[4], 4));
                assertThatThrownBy(() -> third.receive(new DatagramPacket(new byte[4], 4)))
                        .isInstanceOf(SocketTimeoutException.class);
            }
            assertThat(rig.server().refusedSources()).isEqualTo(1);
        }
    }

    @Test
    void shouldAnswerSockperfsMessagesAndOnlyThoseThatWantIt() throws IOException {
        try (LiveRig rig = new LiveRig("sockperf").listen("udp:127.0.0.1:0");
                DatagramSocket client = new DatagramSocket()) {
            client.connect(rig.address());
            byte[] ping = sockperf(5, 3, 64);
            byte[] silent = sockperf(4, 1, 64);
            client.send(new DatagramPacket(silent, silent.length));
            client.send(new DatagramPacket(new byte[] {1, 2, 3}, 3));
            byte[] pong = ask(client, ping);
            assertThat(pong).isEqualTo(sockperf(5, 2, 64));
        }
    }

    @Test
    void shouldFollowSockperfsMessagesThroughAConnectionThatCutsThem() throws IOException {
        try (LiveRig rig = new LiveRig("sockperf").listen("tcp:127.0.0.1:0");
                Socket client = connected(rig.address())) {
            ByteBuffer all = ByteBuffer.allocate(3 * 100);
            for (int i = 1; i <= 3; i++) {
                all.put(sockperf(i, 3, 100));
            }
            client.setTcpNoDelay(true);
            for (byte one : all.array()) {
                client.getOutputStream().write(one);
            }
            InputStream answers = client.getInputStream();
            for (int i = 1; i <= 3; i++) {
                assertThat(answers.readNBytes(100)).isEqualTo(sockperf(i, 2, 100));
            }
        }
    }

    private static byte[] sockperf(long number, int flags, int length) {
        return ByteBuffer.allocate(length)
                .putLong(number)
                .putShort((short) flags)
                .putInt(length)
                .array();
    }

    @Test
    void shouldPassConnectionsOnAndAnswersBack() throws IOException {
        try (LiveRig upstream = new LiveRig("echo").listen("tcp:127.0.0.1:0");
                LiveRig proxy =
                        new LiveRig("proxy:127.0.0.1:" + upstream.address().getPort()).listen("tcp:127.0.0.1:0");
                Socket client = connected(proxy.address())) {
            byte[] sent = bytes(100_000, 3);
            Thread writer = new Thread(() -> {
                try {
                    client.getOutputStream().write(sent);
                    client.shutdownOutput();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            writer.start();
            assertThat(Arrays.mismatch(client.getInputStream().readAllBytes(), sent))
                    .isEqualTo(-1);
            LiveReport report = proxy.stop();
            assertThat(report.order().outOfOrder()).isZero();
            assertThat(report.droppedTotal()).isZero();
        }
    }

    @Test
    void shouldRefuseConnectionsWhoseUpstreamIsNotThere() throws IOException {
        int nobody;
        try (ServerSocket closed = new ServerSocket(0)) {
            nobody = closed.getLocalPort();
        }
        try (LiveRig proxy = new LiveRig("proxy:127.0.0.1:" + nobody).listen("tcp:127.0.0.1:0");
                Socket client = connected(proxy.address())) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(proxy.server().refused()).isEqualTo(1);
        }
    }

    @Test
    void shouldSayThatAPortIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String address = "tcp:127.0.0.1:" + taken.getLocalPort();
            assertThatThrownBy(() -> new LiveRig("echo").listen(address))
                    .isInstanceOf(IOException.class)
                    .hasMessage(address + ": the port is in use by another program");
        }
    }

    @Test
    void shouldNotShareAPortWithAnotherServer() throws IOException {
        try (LiveRig first = new LiveRig("echo").listen("udp:127.0.0.1:0")) {
            String address = "udp:127.0.0.1:" + first.address().getPort();
            assertThatThrownBy(() -> new LiveRig("echo").listen(address))
                    .isInstanceOf(IOException.class)
                    .hasMessage(address + ": the port is in use by another program");
        }
    }

    @Test
    void shouldNameWhatIsAllowed() {
        assertThatThrownBy(() -> ListenAddress.parse("sctp:127.0.0.1:1"))
                .hasMessageContaining("allowed is udp:ADDRESS:PORT or tcp:ADDRESS:PORT");
        assertThatThrownBy(() -> ListenAddress.parse("udp:localhost:1")).hasMessageContaining("numeric addresses");
        assertThatThrownBy(() -> ListenAddress.parse("udp:127.0.0.1:70000"))
                .hasMessage("port=70000, allowed is 0 to 65535");
        assertThatThrownBy(() -> LiveServer.application("ecko")).hasMessageContaining("did you mean echo?");
        assertThatThrownBy(() -> LiveServer.application("echo:1")).hasMessageContaining("takes no argument");
        assertThatThrownBy(() -> LiveServer.application("proxy")).hasMessageContaining("proxy:ADDRESS:PORT");
    }
}
