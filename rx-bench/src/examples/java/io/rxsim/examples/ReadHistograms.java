package io.rxsim.examples;

import io.rxsim.core.live.DropHandler;
import io.rxsim.core.live.LiveHost;
import io.rxsim.core.live.LiveInterval;
import io.rxsim.core.live.LiveMachine;
import io.rxsim.core.live.LivePacket;
import io.rxsim.core.live.LiveSettings;
import io.rxsim.core.live.LiveSocket;
import io.rxsim.core.live.LiveWait;
import io.rxsim.core.live.Receiver;
import io.rxsim.core.live.RxQueue;
import io.rxsim.steering.SteeringCatalog;

/** Reads latencies per stage from a host that goes on running. */
public final class ReadHistograms {
    private ReadHistograms() {}

    /** Prints, twice, the count and the 99th percentile of each stage since the last time. */
    public static void main(String[] args) {
        try (LiveHost<Void> host = new LiveHost<>(
                LiveMachine.cpus(2).rps("2").build(),
                SteeringCatalog.steering(SteeringCatalog.RPS),
                LiveSettings.DEFAULT,
                DropHandler.ignore())) {
            Receiver<Void> receiver = host.receiver(1);
            LiveSocket<Void> socket = receiver.open(1024);
            host.start();
            host.start(receiver, packet -> {}, LiveWait.BLOCK);
            for (int interval = 0; interval < 2; interval++) {
                send(host.queue(0), socket, interval * 500);
                LiveInterval times = host.interval();
                times.stages()
                        .forEach((stage, histogram) -> System.out.println(stage.label() + " count="
                                + histogram.getTotalCount() + " p99Ns=" + histogram.getValueAtPercentile(99)));
            }
        }
    }

    private static void send(RxQueue<Void> queue, LiveSocket<Void> socket, int first) {
        for (int i = first; i < first + 500; i++) {
            LivePacket<Void> packet = queue.next();
            while (packet == null) {
                Thread.onSpinWait();
                packet = queue.next();
            }
            packet.flow = 0;
            packet.sequence = i;
            packet.hash = 0x9e3779b1;
            packet.socket = socket;
            packet.arrivedNs = System.nanoTime();
            queue.publish();
            queue.interrupt();
        }
        while (socket.receiver().delivered() < first + 500) {
            Thread.onSpinWait();
        }
    }
}
