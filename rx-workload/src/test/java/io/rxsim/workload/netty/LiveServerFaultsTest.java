package io.rxsim.workload.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.live.LiveReport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Clients that misbehave, and too many of them: the others are served, and nothing accepted is lost. */
class LiveServerFaultsTest {
    private static final int TIMEOUT_MS = 20_000;
    /** The profile {@code soak} makes 100,000 attempts. */
    private static final int ATTEMPTS = Integer.getInteger("rx.soak.connections", 3_000);

    private static final int LIMIT = 1_000;
    private static final long PAUSE_NS = 1_000_000;

    private static Socket connected(InetSocketAddress to) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(TIMEOUT_MS);
        socket.connect(to, TIMEOUT_MS);
        return socket;
    }

    private static void requireServed(Socket client, int value) throws IOException {
        client.getOutputStream().write(value);
        assertThat(client.getInputStream().read()).isEqualTo(value);
    }

    @Test
    void shouldServeAThousandOfVeryManyConnectionsAndRefuseTheRest() throws IOException {
        try (LiveRig rig = new LiveRig("echo").connections(LIMIT).flows(LIMIT).listen("tcp:127.0.0.1:0")) {
            List<Socket> served = new ArrayList<>();
            for (int i = 0; i < LIMIT; i++) {
                Socket client = connected(rig.address());
                requireServed(client, i & 0xff);
                served.add(client);
            }
            for (int i = LIMIT; i < ATTEMPTS; i++) {
                try (Socket refused = connected(rig.address())) {
                    assertThat(refused.getInputStream().read()).isEqualTo(-1);
                } catch (IOException reset) {
                    assertThat(reset).hasMessageContaining("reset");
                }
            }
            for (int i = 0; i < LIMIT; i++) {
                requireServed(served.get(i), i & 0xff);
                served.get(i).close();
            }
            assertThat(rig.server().accepted()).isEqualTo(LIMIT);
            assertThat(rig.server().refused()).isEqualTo(ATTEMPTS - LIMIT);
            LiveReport report = rig.stop();
            // Two bytes of each, and its end.
            assertThat(report.delivered()).isEqualTo(3 * LIMIT);
            assertThat(report.droppedTotal()).isZero();
            assertThat(report.brokenLaws()).isEmpty();
        }
    }

    @Test
    void shouldStopReadingAClientThatReadsNoAnswers() throws IOException {
        try (LiveRig rig = new LiveRig("echo").listen("tcp:127.0.0.1:0")) {
            try (SocketChannel greedy = SocketChannel.open(rig.address());
                    Socket other = connected(rig.address())) {
                greedy.configureBlocking(false);
                assertThat(writtenUntilStuck(greedy))
                        .as("bytes that buffers of both ends took, of a client that would write for ever")
                        .isBetween(1L, 64L << 20);
                requireServed(other, 42);
            }
            LiveReport report = rig.stop();
            assertThat(report.droppedTotal()).isZero();
            assertThat(report.brokenLaws()).isEmpty();
        }
    }

    /** Writes until nothing has been taken for 50 pauses, or far too much has. */
    private static long writtenUntilStuck(SocketChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(64 << 10);
        long written = 0;
        int stuck = 0;
        while (stuck < 50 && written <= 64L << 20) {
            bytes.clear();
            int taken = channel.write(bytes);
            written += taken;
            stuck = taken == 0 ? stuck + 1 : 0;
            if (taken == 0) {
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
        return written;
    }

    @Test
    void shouldCloseAConnectionThatIsNotSockperfs() throws IOException {
        try (LiveRig rig = new LiveRig("sockperf").listen("tcp:127.0.0.1:0");
                Socket client = connected(rig.address())) {
            client.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void shouldForgetHalfAMessageWhoseClientHasGone() throws IOException {
        try (LiveRig rig = new LiveRig("sockperf").listen("tcp:127.0.0.1:0")) {
            try (Socket half = connected(rig.address())) {
                half.getOutputStream()
                        .write(ByteBuffer.allocate(20)
                                .putLong(1)
                                .putShort((short) 3)
                                .putInt(64)
                                .array());
                half.shutdownOutput();
                assertThat(half.getInputStream().read())
                        .as("no answer, and closed")
                        .isEqualTo(-1);
            }
            LiveReport report = rig.stop();
            assertThat(report.delivered()).isEqualTo(2);
            assertThat(report.remarks()).isEmpty();
            assertThat(report.brokenLaws()).isEmpty();
        }
    }
}
