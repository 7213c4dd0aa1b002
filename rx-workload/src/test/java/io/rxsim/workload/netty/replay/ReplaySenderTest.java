package io.rxsim.workload.netty.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.Measure;
import io.rxsim.workload.replay.Speed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a sender puts on the wire, read by a plain socket. */
class ReplaySenderTest {
    private static final long RUN = 0x1234_5678_9abc_def0L;
    private static final String A = "udp:10.0.0.1:1234>10.0.0.2:80";
    private static final String B = "tcp:[2001:db8::1]:53>[2001:db8::2]:9000";

    /** A datagram as it came. */
    private record Came(ByteBuf bytes, SocketAddress from) {}

    private static SendOptions options(Pacing pacing, int descriptors) {
        return new SendOptions(pacing, false, descriptors, Measure.UNTIL_END);
    }

    private static List<Came> sent(ListedArrivals source, SendOptions options, SendResult[] result) throws IOException {
        try (DatagramChannel to = DatagramChannel.open()) {
            to.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            BlockingQueue<Came> came = new LinkedBlockingQueue<>();
            Thread reader = new Thread(() -> read(to, came));
            reader.start();
            Wire wire = new Wire((InetSocketAddress) to.getLocalAddress());
            try (ReplaySender sender = new ReplaySender(source, options, wire, RUN, 1 << 20)) {
                sender.run();
                result[0] = sender.result();
            }
            List<Came> all = new ArrayList<>();
            while (all.size() < result[0].datagrams()) {
                Came next = came.poll(20, TimeUnit.SECONDS);
                assertThat(next).as("datagram %d", all.size()).isNotNull();
                all.add(next);
            }
            return all;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Until the socket is closed. */
    private static void read(DatagramChannel from, BlockingQueue<Came> came) {
        ByteBuffer buffer = ByteBuffer.allocate(70_000);
        try {
            while (true) {
                buffer.clear();
                SocketAddress sender = from.receive(buffer);
                ByteBuf datagram = Unpooled.copiedBuffer(buffer.flip());
                came.add(new Came(datagram, sender));
            }
        } catch (IOException closed) {
            // The test has all it wants.
        }
    }

    /** A target of one queue. */
    private record Wire(InetSocketAddress to) implements ReplayTarget {
        @Override
        public int rxQueue(Arrival arrival) {
            return 0;
        }

        @Override
        public InetSocketAddress datagrams(int rxQueue) {
            return to;
        }

        @Override
        public InetSocketAddress connections() {
            throw new IllegalStateException("no connections here");
        }

        @Override
        public void onConnecting(InetSocketAddress from, CapturedFlow flow) {
            throw new IllegalStateException("no connections here");
        }

        @Override
        public long finished() {
            return Long.MAX_VALUE / 2;
        }
    }

    @Test
    void shouldSayInFrontOfEveryDatagramWhichPacketItIsAndWhenItWasDue() throws IOException {
        ListedArrivals source = new ListedArrivals()
                .packet(0, A, 200)
                .packet(1_000_000, B, 1, 1500, 0)
                .packet(3_000_000, A, 90);
        SendResult[] result = new SendResult[1];
        List<Came> came = sent(source, options(new Pacing.Scaled(Speed.parse("2")), 100), result);

        assertThat(came)
                .extracting(datagram -> datagram.bytes().readableBytes())
                .containsExactly(200, 1500, 90);
        ReplayPacket packet = new ReplayPacket();
        for (int i = 0; i < 3; i++) {
            Arrival arrival = source.packets().get(i);
            assertThat(ReplayHeader.read(came.get(i).bytes(), RUN, packet)).isTrue();
            assertThat(packet.flow).isEqualTo(arrival.flow);
            assertThat(packet.direction).isEqualTo(arrival.direction);
            assertThat(packet.sequence).isEqualTo(arrival.sequence);
            assertThat(packet.hash).isEqualTo(arrival.hash);
            assertThat(packet.lengthBytes).isEqualTo(arrival.lengthBytes);
            assertThat(packet.deadlineNs).isEqualTo(arrival.timeNs / 2);
            assertThat(ReplayHeader.read(came.get(i).bytes(), RUN + 1, packet)).isFalse();
        }
        // The answer of a flow has the tuple turned round: 2001:db8::2 port 9000 sends to ::1 port 53.
        ByteBuf answer = came.get(1).bytes();
        assertThat(answer.getByte(7)).isEqualTo((byte) 6);
        assertThat(answer.getByte(40)).isEqualTo((byte) 6);
        assertThat(answer.getInt(44)).isEqualTo(9000 << 16 | 53);
        assertThat(answer.getLong(64)).isEqualTo(2);
        assertThat(answer.getLong(80)).isEqualTo(1);
        assertThat(came.get(0).from())
                .isEqualTo(came.get(2).from())
                .isNotEqualTo(came.get(1).from());
    }

    @Test
    void shouldLengthenAndCutWhatNoDatagramCanBeAndSayHowMany() throws IOException {
        ListedArrivals source =
                new ListedArrivals().packet(0, A, 60).packet(0, A, 70_000).packet(0, A, 88);
        SendResult[] result = new SendResult[1];
        List<Came> came = sent(source, options(new Pacing.TopSpeed(), 100), result);

        assertThat(came)
                .extracting(datagram -> datagram.bytes().readableBytes())
                .containsExactly(88, 65_507, 88);
        assertThat(result[0].lengthened()).isEqualTo(1);
        assertThat(result[0].cut()).isEqualTo(1);
    }

    @Test
    void shouldShareSocketsBeyondTheDescriptors() throws IOException {
        ListedArrivals source = new ListedArrivals();
        for (int flow = 0; flow < 20; flow++) {
            source.packet(0, "udp:10.0.0.1:" + (1000 + flow) + ">10.0.0.2:80", 100);
        }
        SendResult[] result = new SendResult[1];
        List<Came> came = sent(source, options(new Pacing.TopSpeed(), 3), result);

        assertThat(came).hasSize(20);
        // The first socket is opened whatever the limit.
        assertThat(came.stream().map(Came::from).distinct()).hasSize(4);
        assertThat(result[0].sockets().open()).isEqualTo(4);
        assertThat(result[0].sockets().sharingFlows()).isEqualTo(16);
    }

    @Test
    void shouldMeasureDurationAndErrorAgainstOneSchedule() throws IOException {
        ListedArrivals source = new ListedArrivals();
        for (int i = 0; i < 200; i++) {
            source.packet(i * 100_000L, A, 100);
        }
        SendResult[] result = new SendResult[1];
        sent(source, options(new Pacing.PerSecond(20_000), 10), result);

        SendResult.Timing timing = result[0].timing();
        assertThat(timing.capturedNs()).isEqualTo(199 * 100_000L);
        assertThat(timing.scheduledNs()).isEqualTo(199 * 50_000L);
        assertThat(timing.scheduleError().getTotalCount()).isEqualTo(200);
        assertThat(timing.scheduleError().getMinValue()).isNotNegative();
        // What the whole run was longer than its schedule is the lateness of its last packet, not a sum over packets.
        assertThat(timing.durationNs() - timing.scheduledNs())
                .isNotNegative()
                .isLessThanOrEqualTo(timing.scheduleError().getMaxValue());
    }

    @Test
    void shouldComputeDeadlinesFromTheStartAlone() {
        Pacing thirds = new Pacing.PerSecond(3);
        assertThat(thirds.dueNs(0, 1)).isEqualTo(333_333_333);
        assertThat(thirds.dueNs(0, 3_000_000_000L)).isEqualTo(1_000_000_000_000_000_000L);
        assertThat(new Pacing.Scaled(Speed.parse("0.5")).dueNs(10, 7)).isEqualTo(20);
        assertThatThrownBy(() -> Pacing.PerSecond.parse("1.5")).hasMessageContaining("allowed is a whole number");
        assertThatThrownBy(() -> Pacing.PerSecond.parse("0")).hasMessage("pps=0, allowed is 1 to 100000000");
    }

    @Test
    void shouldMakeEveryByteOfAStreamFromItsOffset() {
        ByteBuffer whole = ByteBuffer.allocate(1000);
        StreamBytes.fill(whole, 5, 3);
        ByteBuf read = Unpooled.wrappedBuffer(whole.flip());
        for (int from = 0; from < 40; from++) {
            assertThat(StreamBytes.mismatch(read.slice(from, 960), 5, 3 + from)).isEqualTo(StreamBytes.NONE);
            ByteBuffer piece = ByteBuffer.allocate(100);
            StreamBytes.fill(piece, 5, 3 + from);
            assertThat(Unpooled.wrappedBuffer(piece.flip())).isEqualTo(read.slice(from, 100));
        }
        assertThat(StreamBytes.mismatch(read, 5, 11)).isNotEqualTo(StreamBytes.NONE);
        assertThat(StreamBytes.mismatch(read, 6, 3)).isNotEqualTo(StreamBytes.NONE);
    }
}
