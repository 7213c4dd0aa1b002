package io.rxsim.examples;

import io.rxsim.core.live.DropHandler;
import io.rxsim.core.live.LiveHost;
import io.rxsim.core.live.LiveMachine;
import io.rxsim.core.live.LivePacket;
import io.rxsim.core.live.LiveSettings;
import io.rxsim.core.live.LiveSocket;
import io.rxsim.core.live.LiveWait;
import io.rxsim.core.live.Receiver;
import io.rxsim.core.live.RxQueue;
import io.rxsim.core.packet.FlowKey;
import io.rxsim.steering.SteeringCatalog;
import io.rxsim.workload.netty.LiveRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Records what a host steers as pcapng, with each decision in a comment: for Wireshark, and for {@code rx replay}. */
public final class RecordSteering {
    private static final FlowKey FLOW = FlowKey.parse("udp:10.0.0.1:1234>10.0.0.2:80");

    private RecordSteering() {}

    /** Prints what is in the file, which is the first argument, or temporary and deleted. */
    public static void main(String[] args) throws IOException {
        Path file = args.length > 0 ? Path.of(args[0]) : Files.createTempFile("rxsim", ".pcapng");
        LiveHost<Void> host = new LiveHost<>(
                LiveMachine.cpus(3).rps("7").rfs(256).build(),
                SteeringCatalog.steering(SteeringCatalog.RFS),
                LiveSettings.DEFAULT,
                DropHandler.ignore());
        LiveRecording<Void> recording =
                new LiveRecording<>(Files.newOutputStream(file), 1, new LiveRecording.Described<>() {
                    @Override
                    public FlowKey key(LivePacket<Void> packet) {
                        return FLOW;
                    }

                    @Override
                    public int rssHash(LivePacket<Void> packet) {
                        return 0x51ccc178;
                    }
                });
        host.tap(recording);
        recording.start();
        Receiver<Void> receiver = host.receiver(2);
        LiveSocket<Void> socket = receiver.open(1024);
        host.start();
        host.start(receiver, packet -> {}, LiveWait.BLOCK);
        RxQueue<Void> queue = host.queue(0);
        for (int i = 0; i < 500; i++) {
            LivePacket<Void> packet = queue.next();
            while (packet == null) {
                Thread.onSpinWait();
                packet = queue.next();
            }
            packet.flow = 0;
            packet.sequence = i;
            packet.hash = 0x9e3779b1;
            packet.lengthBytes = 200;
            packet.socket = socket;
            packet.arrivedNs = System.nanoTime();
            queue.publish();
            queue.interrupt();
        }
        host.stop(Duration.ofSeconds(10));
        boolean whole = recording.finish(Duration.ofSeconds(10));
        System.out.println("recorded=" + recording.recorded() + " missing=" + recording.notRecorded() + " whole="
                + whole + " bytes=" + Files.size(file));
        if (args.length == 0) {
            Files.delete(file);
        }
    }
}
