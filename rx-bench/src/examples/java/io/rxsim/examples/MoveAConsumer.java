package io.rxsim.examples;

import io.rxsim.core.live.DropHandler;
import io.rxsim.core.live.LiveHost;
import io.rxsim.core.live.LiveMachine;
import io.rxsim.core.live.LivePacket;
import io.rxsim.core.live.LiveReport;
import io.rxsim.core.live.LiveSettings;
import io.rxsim.core.live.LiveSocket;
import io.rxsim.core.live.LiveWait;
import io.rxsim.core.live.Receiver;
import io.rxsim.core.live.RxQueue;
import io.rxsim.core.run.Machine;
import io.rxsim.steering.SteeringCatalog;
import java.time.Duration;

/** Moves the consumer of a flow from CPU to CPU while its messages are on their way; they stay in order. */
public final class MoveAConsumer {
    private static final int MESSAGES = 20_000;

    private MoveAConsumer() {}

    /** Prints how many messages came, how many of them overtaken, and how often the flow followed its consumer. */
    public static void main(String[] args) {
        Machine machine = LiveMachine.cpus(4).rps("f").rfs(256).build();
        LiveHost<Integer> host = new LiveHost<>(
                machine, SteeringCatalog.steering(SteeringCatalog.RFS), LiveSettings.DEFAULT, DropHandler.ignore());
        Receiver<Integer> receiver = host.receiver(0);
        LiveSocket<Integer> socket = receiver.open(MESSAGES);
        host.start();
        host.start(receiver, packet -> {}, LiveWait.BLOCK);

        RxQueue<Integer> queue = host.queue(0);
        for (int message = 0; message < MESSAGES; message++) {
            LivePacket<Integer> packet = queue.next();
            while (packet == null) {
                Thread.onSpinWait();
                packet = queue.next();
            }
            packet.flow = 0;
            packet.sequence = message;
            packet.hash = 0x9e3779b1;
            packet.message = message;
            packet.socket = socket;
            packet.arrivedNs = System.nanoTime();
            queue.publish();
            queue.interrupt();
            if (message % 1_000 == 0) {
                receiver.moveTo(message / 1_000 % machine.cpuCount());
            }
        }
        LiveReport report = host.stop(Duration.ofSeconds(10));
        System.out.println("delivered=" + report.delivered() + " dropped=" + report.droppedTotal() + " moves="
                + report.moves() + " violations=" + report.order().violations());
    }
}
