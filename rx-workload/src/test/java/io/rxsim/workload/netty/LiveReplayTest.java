package io.rxsim.workload.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.live.LiveMachine;
import io.rxsim.core.live.LiveReport;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.HashKeys;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.Measure;
import io.rxsim.core.run.Steering;
import io.rxsim.workload.netty.replay.ListedArrivals;
import io.rxsim.workload.netty.replay.Pacing;
import io.rxsim.workload.netty.replay.SendOptions;
import io.rxsim.workload.replay.Speed;
import io.rxsim.workload.spec.PacketHashing;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Packets of a list through real sockets and the live engine. */
class LiveReplayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int CPUS = 3;
    private static final Pacing ORIGINAL = new Pacing.Scaled(Speed.ORIGINAL);

    private static LiveReplay replay(ListedArrivals source, Pacing pacing, boolean tcp, int descriptors) {
        Machine machine =
                LiveMachine.cpus(CPUS).queues(2).ring(1024).maxBacklog(10_000).build();
        return new LiveReplay(
                machine,
                new Steering("by-hash", (itsMachine, placement) -> new LiveRig.ByHash()),
                source,
                new PacketHashing(machine.rules(), HashKeys.ofSeed(1)),
                new SendOptions(pacing, tcp, descriptors, Measure.UNTIL_END));
    }

    private static LiveReplayResult played(ListedArrivals source, Pacing pacing, boolean tcp, int descriptors)
            throws IOException {
        try (LiveReplay replay = replay(source, pacing, tcp, descriptors)) {
            replay.start();
            return replay.finish(PATIENCE);
        }
    }

    private static String flow(String protocol, int number) {
        return protocol + ":10.0.0.1:" + (1000 + number) + ">10.0.0.2:80";
    }

    @Test
    void shouldSteerByTheCapturedTupleAndLoseNoPacketUncounted() throws IOException {
        ListedArrivals source = new ListedArrivals();
        long[] expected = new long[CPUS];
        for (int i = 0; i < 2000; i++) {
            String flow = i % 20 == 7 ? "icmp:10.0.0.1>10.0.0.2" : flow("udp", i % 17);
            source.packet(i * 20_000L, flow, i % 3 == 0 ? 1 : 0, 60 + i % 1400, 0);
            Arrival packet = source.packets().get(i);
            expected[(int) (Integer.toUnsignedLong(packet.hash) * CPUS >>> 32)]++;
        }
        LiveReplayResult result = played(source, ORIGINAL, false, 1000);

        LiveReport report = result.report();
        assertThat(result.sent().packets()).isEqualTo(2000);
        assertThat(result.sent().datagrams()).isEqualTo(2000);
        assertThat(result.received().datagrams() + result.lostInSocketBuffers()).isEqualTo(2000);
        assertThat(report.packets()).isEqualTo(result.received().datagrams());
        assertThat(report.delivered() + report.droppedTotal()).isEqualTo(report.packets());
        assertThat(report.order().outOfOrder()).isZero();
        assertThat(report.brokenLaws()).isEmpty();
        assertThat(result.partial()).isFalse();
        if (result.lostInSocketBuffers() == 0 && report.droppedTotal() == 0) {
            for (int cpu = 0; cpu < CPUS; cpu++) {
                assertThat(report.softnet().get(cpu).processed()).isEqualTo(expected[cpu]);
            }
            assertThat(result.response().getTotalCount()).isEqualTo(1900);
        }
    }

    @Test
    void shouldLoseNothingAsFastAsTheEngineTakesIt() throws IOException {
        ListedArrivals source = new ListedArrivals();
        for (int i = 0; i < 3000; i++) {
            source.packet(0, flow("udp", i % 50), i % 500 == 0 ? 60_000 : 100);
        }
        LiveReplayResult result = played(source, new Pacing.TopSpeed(), false, 1000);

        assertThat(result.lostInSocketBuffers()).isZero();
        assertThat(result.report().delivered()).isEqualTo(3000);
        assertThat(result.sent().timing().scheduleError().getTotalCount()).isZero();
        assertThat(result.onTime()).isTrue();
    }

    @Test
    void shouldCarryTheBytesOfTcpFlowsInOrderOverConnections() throws IOException {
        ListedArrivals source = new ListedArrivals();
        long bytes = 0;
        for (int i = 0; i < 1500; i++) {
            int payload = i % 4 == 0 ? 0 : 1 + i * 37 % 3000;
            source.packet(i * 10_000L, flow("tcp", i % 7), i % 2, payload + 66, payload);
            bytes += payload;
        }
        for (int i = 0; i < 100; i++) {
            source.packet(15_000_000, flow("udp", i % 3), 100);
        }
        LiveReplayResult result = played(source, ORIGINAL, true, 1000);

        assertThat(result.sent().streams().connections()).isEqualTo(14);
        assertThat(result.sent().streams().packets()).isEqualTo(1125);
        assertThat(result.sent().streams().withoutBytes()).isEqualTo(375);
        assertThat(result.sent().streams().bytes()).isEqualTo(bytes);
        assertThat(result.received().bytes()).isEqualTo(bytes);
        assertThat(result.received().misplacedPieces()).isZero();
        assertThat(result.sent().datagrams()).isEqualTo(100);
        assertThat(result.report().order().outOfOrder()).isZero();
        assertThat(result.held()).isTrue();
    }

    @Test
    void shouldSendTcpAsDatagramsWhereDescriptorsRunOut() throws IOException {
        ListedArrivals source = new ListedArrivals();
        for (int i = 0; i < 60; i++) {
            source.packet(0, flow("tcp", i % 6), 0, 466, 400);
        }
        LiveReplayResult result = played(source, ORIGINAL, true, 4);

        assertThat(result.sent().streams().connections()).isEqualTo(2);
        assertThat(result.received().bytes()).isEqualTo(20 * 400);
        assertThat(result.sent().streams().asDatagrams()).isEqualTo(40);
        assertThat(result.received().datagrams() + result.lostInSocketBuffers()).isEqualTo(40);
        assertThat(result.held()).isTrue();
    }

    @Test
    void shouldNotTakeDatagramsOfOthersForItsOwn() throws IOException {
        ListedArrivals source = new ListedArrivals().packet(0, flow("udp", 1), 100);
        source.packet(3_600_000_000_000L, flow("udp", 1), 100);
        try (LiveReplay replay = replay(source, ORIGINAL, false, 100);
                DatagramSocket stranger = new DatagramSocket()) {
            replay.start();
            byte[] garbage = new byte[200];
            for (InetSocketAddress to : replay.addresses()) {
                stranger.send(new DatagramPacket(garbage, 0, to));
                stranger.send(new DatagramPacket(garbage, 3, to));
                garbage[0] = 0x72;
                garbage[1] = 0x78;
                garbage[2] = 0x73;
                garbage[3] = 0x4c;
                garbage[5] = 1;
                stranger.send(new DatagramPacket(garbage, 200, to));
            }
            long untilNs = System.nanoTime() + PATIENCE.toNanos();
            while ((replay.packets() == 0 || replay.foreignDatagrams() < 6) && System.nanoTime() - untilNs < 0) {
                Thread.onSpinWait();
            }
            replay.stop();
            LiveReplayResult result = replay.finish(PATIENCE);

            // Stopped while it waited an hour for the next packet.
            assertThat(result.partial()).isTrue();
            assertThat(result.sent().packets()).isEqualTo(1);
            assertThat(result.received().datagrams()).isEqualTo(1);
            assertThat(result.received().foreignDatagrams()).isEqualTo(6);
            assertThat(result.report().packets()).isEqualTo(1);
        }
    }

    @Test
    void shouldPlayNothing() throws IOException {
        LiveReplayResult result = played(new ListedArrivals(), ORIGINAL, false, 100);

        assertThat(result.sent().packets()).isZero();
        assertThat(result.report().packets()).isZero();
        assertThat(result.sent().timing().durationNs()).isZero();
        assertThat(result.partial()).isFalse();
    }
}
