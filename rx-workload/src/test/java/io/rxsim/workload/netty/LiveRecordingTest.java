package io.rxsim.workload.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.live.DropHandler;
import io.rxsim.core.live.LiveHost;
import io.rxsim.core.live.LiveMachine;
import io.rxsim.core.live.LivePacket;
import io.rxsim.core.live.LiveReport;
import io.rxsim.core.live.LiveSettings;
import io.rxsim.core.live.RxQueue;
import io.rxsim.core.packet.FlowKey;
import io.rxsim.core.packet.Packet;
import io.rxsim.core.packet.PacketHeaders;
import io.rxsim.core.run.HashKeys;
import io.rxsim.core.run.Steering;
import io.rxsim.workload.capture.CaptureReader;
import io.rxsim.workload.spec.PacketHashing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What a host steered, as a capture. */
class LiveRecordingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<FlowKey> FLOWS = List.of(
            FlowKey.parse("udp:10.0.0.1:1234>10.0.0.2:80"),
            FlowKey.parse("tcp:[2001:db8::1]:53>[2001:db8::2]:9000"),
            FlowKey.parse("esp:10.0.0.1>10.0.0.2:0x1000"));

    private static LiveHost<FlowKey> host(int maxBacklog) {
        return new LiveHost<>(
                LiveMachine.cpus(3).maxBacklog(maxBacklog).build(),
                new Steering("by-hash", (machine, placement) -> new LiveRig.ByHash()),
                LiveSettings.DEFAULT,
                DropHandler.ignore());
    }

    private static LiveRecording<FlowKey> recording(OutputStream out) {
        return new LiveRecording<>(out, 1, new LiveRecording.Described<>() {
            @Override
            public FlowKey key(LivePacket<FlowKey> packet) {
                return packet.message;
            }

            @Override
            public int rssHash(LivePacket<FlowKey> packet) {
                return 0x0102_0304;
            }
        });
    }

    private static void send(LiveHost<FlowKey> host, int packets) {
        RxQueue<FlowKey> queue = host.queue(0);
        for (int i = 0; i < packets; i++) {
            LivePacket<FlowKey> packet = queue.next();
            while (packet == null) {
                Thread.onSpinWait();
                packet = queue.next();
            }
            packet.flow = i % FLOWS.size();
            packet.sequence = i / FLOWS.size();
            packet.hash = packet.flow * 0x6000_0001;
            packet.lengthBytes = 100 + i % 50;
            packet.message = FLOWS.get(packet.flow);
            packet.arrivedNs = System.nanoTime();
            queue.publish();
            queue.interrupt();
        }
    }

    @Test
    void shouldWriteEveryPacketWithItsTupleQueueHashAndDecision() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        LiveRecording<FlowKey> recording = recording(file);
        LiveHost<FlowKey> host = host(10_000);
        host.tap(recording);
        recording.start();
        host.start();
        send(host, 300);
        host.stop(PATIENCE);
        assertThat(recording.finish(PATIENCE)).isTrue();
        assertThat(recording.recorded()).isEqualTo(300);
        assertThat(recording.notRecorded()).isZero();

        PacketHashing hashing = new PacketHashing(host.machine().rules(), HashKeys.ofSeed(1));
        int[] next = new int[FLOWS.size()];
        try (CaptureReader reader =
                CaptureReader.open(new ByteArrayInputStream(file.toByteArray()), "recording.pcapng")) {
            Packet packet = new Packet();
            PacketHeaders headers = new PacketHeaders();
            for (int i = 0; reader.next(packet); i++) {
                hashing.flowHash().classify(packet, headers);
                FlowKey key = FLOWS.get(i % FLOWS.size());
                assertThat(headers.protocol()).isEqualTo(key.protocol());
                assertThat(headers.sourceLow()).isEqualTo(key.source().low());
                assertThat(headers.destinationHigh())
                        .isEqualTo(key.destination().high());
                if (key.hasPorts()) {
                    assertThat(FlowKey.of(headers)).isEqualTo(key);
                    assertThat(headers.payloadBytes()).isEqualTo(100 + i % 50);
                }
                next[i % FLOWS.size()]++;
            }
            assertThat(reader.timestampsOutOfOrder()).isZero();
        }
        assertThat(next).containsExactly(100, 100, 100);
        String text = file.toString(StandardCharsets.ISO_8859_1);
        // Flow 1 hashes to CPU 1: its first packet found nothing before it there.
        assertThat(text).contains("decision=rps cpu=1 head=0 tail=1 hash=0x60000001 flow=1 direction=0 sequence=0");
        // Option 3 of 5 bytes: algorithm 5, then the hash.
        assertThat(text).contains("\u0005\u0001\u0002\u0003\u0004\u0000\u0000\u0000");
    }

    @Test
    void shouldNotLetTheHostWaitForADiskAndCountWhatIsMissing() {
        CountDownLatch disk = new CountDownLatch(1);
        LiveRecording<FlowKey> recording = recording(new Blocked(disk));
        LiveHost<FlowKey> host = host(10_000);
        host.tap(recording);
        recording.start();
        host.start();
        send(host, 20_000);
        LiveReport report = host.stop(PATIENCE);

        assertThat(report.packets()).isEqualTo(20_000);
        assertThat(report.delivered() + report.droppedTotal()).isEqualTo(20_000);
        assertThat(recording.finish(Duration.ofMillis(1))).isFalse();
        assertThat(recording.notRecorded()).isPositive();
        disk.countDown();
        assertThat(recording.finish(PATIENCE)).isTrue();
        assertThat(recording.recorded() + recording.notRecorded()).isEqualTo(20_000);
    }

    /** A disk that stands still for a while. */
    private static final class Blocked extends OutputStream {
        private final CountDownLatch until;

        Blocked(CountDownLatch until) {
            this.until = until;
        }

        @Override
        public void write(int b) {
            throw new IllegalStateException("written byte by byte");
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                until.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    @Test
    void shouldSayWhyWritingFailedAndCountWhatIsLost() {
        LiveRecording<FlowKey> recording = recording(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        });
        LiveHost<FlowKey> host = host(10_000);
        host.tap(recording);
        recording.start();
        host.start();
        send(host, 6_000);
        host.stop(PATIENCE);

        assertThat(recording.finish(PATIENCE)).isFalse();
        assertThat(recording.failure()).isEqualTo("No space left on device");
        assertThat(recording.recorded() + recording.notRecorded()).isEqualTo(6_000);
    }
}
