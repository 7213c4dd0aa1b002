package io.rxsim.core.live;

import io.rxsim.core.run.Steering;
import io.rxsim.core.softnet.DropReason;
import io.rxsim.core.softnet.SoftnetView;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.SteeringPolicy;
import io.rxsim.core.steer.SteeringReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A host whose CPUs a test runs step by step, in one thread; every packet goes where the test says. */
final class Stepped implements SteeringPolicy {
    final LiveHost<String> host;
    final List<String> dropped = new ArrayList<>();
    final List<Integer> tails = new ArrayList<>();
    int target;
    int hash = 7;
    SteeringReason reason = SteeringReason.MATCH;
    private int sequence;

    Stepped(LiveMachine machine, LiveSettings settings) {
        host = new LiveHost<>(
                machine.build(), new Steering("stepped", (described, where) -> this), settings, this::onDropped);
        host.startStepped();
    }

    private void onDropped(LivePacket<String> packet, DropReason why) {
        dropped.add(packet.sequence + " " + why);
    }

    /** Packets of flow 0 arrive at queue 0. */
    void arrive(int count, LiveSocket<String> socket) {
        RxQueue<String> queue = host.queue(0);
        for (int i = 0; i < count; i++) {
            LivePacket<String> packet = queue.next();
            packet.flow = 0;
            packet.direction = 0;
            packet.sequence = sequence++;
            packet.hash = hash;
            packet.message = "m" + packet.sequence;
            packet.socket = socket;
            packet.arrivedNs = System.nanoTime();
            queue.publish();
        }
        queue.interrupt();
    }

    void run(int cpu) {
        host.cpu(cpu).duty();
    }

    /** Runs a CPU until it is idle. */
    void runToTheEnd(int cpu) {
        boolean worked = true;
        while (worked) {
            worked = host.cpu(cpu).duty();
        }
    }

    LiveReport stop() {
        return host.stop(Duration.ofMillis(1));
    }

    @Override
    public long steer(int rxQueue, int hash, long nowNs, SoftnetView softnet) {
        return Decision.of(target, reason);
    }

    @Override
    public void onEnqueued(int rxQueue, long decision, int qtail) {
        tails.add(qtail);
    }

    @Override
    public void onConsumed(int hash, int cpu) {
        // This policy follows nobody.
    }

    @Override
    public void onClosed(int hash) {
        // Nor does it forget.
    }
}
