package io.rxsim.core.live;

import io.rxsim.core.run.Machine;
import io.rxsim.steering.SteeringCatalog;
import java.time.Duration;

/**
 * The engine's way: two simulated CPUs, the interrupt on CPU 0, the application on CPU 1, every flow's entry made, so that each
 * packet is steered by RFS to the backlog of CPU 1; order audit and histograms on.
 */
final class EngineChain implements Chain {
    private static final int MAX_BACKLOG = 1000;
    private static final int CPU_OF_APPLICATION = 1;

    /** Groups between two turns of one thread's stages: 64 packets, the weight of a poll. */
    static final int TURN = 4;

    private final LiveHost<Object> host;
    private final Receiver<Object> receiver;
    private final RxQueue<Object> queue;
    private final LiveSocket<Object> socket;
    private final boolean oneThread;
    private int unworked;

    EngineChain(String policy, LiveWait wait, boolean oneThread) {
        this.oneThread = oneThread;
        Machine machine = LiveMachine.cpus(2)
                .ring(RX_RING)
                .rps("2")
                .rfs(32_768)
                .maxBacklog(MAX_BACKLOG + WINDOW)
                .build();
        host = new LiveHost<>(
                machine, SteeringCatalog.steering(policy), LiveSettings.DEFAULT.withWait(wait), DropHandler.ignore());
        receiver = host.receiver(CPU_OF_APPLICATION);
        socket = receiver.open(2 * WINDOW);
        queue = host.queue(0);
        host.change(tables -> {
            for (int flow = 0; flow < FLOWS; flow++) {
                tables.onConsumed(hashOf(flow), CPU_OF_APPLICATION);
            }
        });
        if (oneThread) {
            host.startStepped();
        } else {
            host.start();
            host.start(receiver, EngineChain::handle, wait);
        }
    }

    private static void handle(LivePacket<Object> packet) {
        // What an application would do is not the chain's.
    }

    static int hashOf(int flow) {
        int hash = (flow + 1) * 0x9e3779b1;
        return hash ^ hash >>> 15;
    }

    int backlogSlots() {
        return host.backlog(CPU_OF_APPLICATION).slots();
    }

    int socketSlots() {
        return 2 * WINDOW;
    }

    @Override
    public void send(int flow, int sequence, long nowNs) {
        LivePacket<Object> packet = queue.next();
        while (packet == null) {
            Thread.onSpinWait();
            packet = queue.next();
        }
        packet.flow = flow;
        packet.sequence = sequence;
        packet.hash = hashOf(flow);
        packet.lengthBytes = 64;
        packet.arrivedNs = nowNs;
        packet.socket = socket;
        queue.publish();
    }

    @Override
    public void flush() {
        queue.interrupt();
    }

    @Override
    public void work() {
        if (oneThread && ++unworked == TURN) {
            unworked = 0;
            boolean worked = true;
            while (worked) {
                worked = host.cpu(0).duty();
                worked |= host.cpu(CPU_OF_APPLICATION).duty();
                receiver.receive(EngineChain::handle, WINDOW);
            }
        }
    }

    @Override
    public long delivered() {
        return receiver.delivered();
    }

    @Override
    public void close() {
        LiveReport report = host.stop(Duration.ofSeconds(10));
        if (!report.brokenLaws().isEmpty() || report.order().violations() > 0 || report.droppedTotal() > 0) {
            throw new IllegalStateException("laws=" + report.brokenLaws() + " violations="
                    + report.order().violations() + " dropped=" + report.dropped());
        }
    }
}
