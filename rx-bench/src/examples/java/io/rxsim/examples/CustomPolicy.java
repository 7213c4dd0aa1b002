package io.rxsim.examples;

import io.rxsim.core.live.DropHandler;
import io.rxsim.core.live.LiveHost;
import io.rxsim.core.live.LiveMachine;
import io.rxsim.core.live.LivePacket;
import io.rxsim.core.live.LiveReport;
import io.rxsim.core.live.LiveSettings;
import io.rxsim.core.live.RxQueue;
import io.rxsim.core.run.Steering;
import io.rxsim.core.softnet.SoftnetView;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.SteeringPolicy;
import io.rxsim.core.steer.SteeringReason;
import java.time.Duration;

/** A policy of one's own: elephants, known by their hash, have a CPU to themselves, all others share the rest. */
public final class CustomPolicy implements SteeringPolicy {
    private static final int ELEPHANT = 0x5eed;
    private static final int CPU_OF_ELEPHANTS = 3;

    /** Prints how many packets each CPU processed: a third on CPU 3, the others on 0 to 2. */
    public static void main(String[] args) {
        LiveHost<Void> host = new LiveHost<>(
                LiveMachine.cpus(4).maxBacklog(10_000).build(),
                new Steering("elephants", (machine, placement) -> new CustomPolicy()),
                LiveSettings.DEFAULT,
                DropHandler.ignore());
        host.start();
        RxQueue<Void> queue = host.queue(0);
        for (int i = 0; i < 9_000; i++) {
            LivePacket<Void> packet = queue.next();
            while (packet == null) {
                Thread.onSpinWait();
                packet = queue.next();
            }
            packet.flow = i % 30;
            packet.sequence = i / 30;
            packet.hash = i % 3 == 0 ? ELEPHANT : i % 30;
            packet.arrivedNs = System.nanoTime();
            queue.publish();
            queue.interrupt();
        }
        LiveReport report = host.stop(Duration.ofSeconds(10));
        for (int cpu = 0; cpu < 4; cpu++) {
            System.out.println(
                    "cpu=" + cpu + " processed=" + report.softnet().get(cpu).processed());
        }
    }

    @Override
    public long steer(int rxQueue, int hash, long nowNs, SoftnetView softnet) {
        int cpu = hash == ELEPHANT ? CPU_OF_ELEPHANTS : Integer.remainderUnsigned(hash >>> 1, CPU_OF_ELEPHANTS);
        return softnet.isOnline(cpu)
                ? Decision.of(cpu, SteeringReason.RPS)
                : Decision.of(Decision.NO_CPU, SteeringReason.NONE);
    }

    @Override
    public void onEnqueued(int rxQueue, long decision, int qtail) {
        // Called for decisions that carry a flow slot; these carry none.
    }

    @Override
    public void onConsumed(int hash, int cpu) {
        // Where applications run does not matter here.
    }

    @Override
    public void onClosed(int hash) {
        // Nothing is kept per flow.
    }
}
