package io.rxsim.steering.live;

import io.rxsim.core.live.DropHandler;
import io.rxsim.core.live.LiveHost;
import io.rxsim.core.live.LiveReport;
import io.rxsim.core.live.LiveSettings;
import io.rxsim.core.live.LiveSocket;
import io.rxsim.core.live.LiveWait;
import io.rxsim.core.live.Receiver;
import io.rxsim.core.run.Machine;
import io.rxsim.steering.SteeringCatalog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A host under traffic whose receivers move from CPU to CPU all the while. */
final class LiveRun {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int FLOWS_PER_QUEUE = 64;
    private static final long BETWEEN_MOVES_NS = 1_000_000;
    private static final long HUNDREDTH_NS = 10_000_000;

    private final LiveHost<Long> host;
    private final LiveWait wait;
    private Thread mover;

    LiveRun(Machine machine, LiveWait wait) {
        this(machine, LiveSettings.DEFAULT.withWait(wait));
    }

    LiveRun(Machine machine, LiveSettings settings) {
        this.wait = settings.softirqWait();
        this.host =
                new LiveHost<>(machine, SteeringCatalog.steering(SteeringCatalog.RFS), settings, DropHandler.ignore());
    }

    LiveHost<Long> host() {
        return host;
    }

    /** Sends so many packets over each queue; how it went. */
    LiveReport run(int packetsPerQueue) throws InterruptedException {
        Traffic traffic = open(BETWEEN_MOVES_NS);
        traffic.send(packetsPerQueue);
        return end();
    }

    /** Sends bursts over each queue for a time, with a pause after each, moving receivers 100 times a second. */
    LiveReport runFor(long nanos, int burst, long pauseNs) throws InterruptedException {
        Traffic traffic = open(HUNDREDTH_NS);
        traffic.sendUntil(System.nanoTime() + nanos, burst, pauseNs);
        return end();
    }

    /** A receiver per CPU, a socket per flow, all at work. */
    private Traffic open(long betweenMovesNs) {
        int cpus = host.machine().cpuCount();
        List<Receiver<Long>> receivers = new ArrayList<>();
        List<LiveSocket<Long>> sockets = new ArrayList<>();
        for (int cpu = 0; cpu < cpus; cpu++) {
            receivers.add(host.receiver(cpu));
        }
        for (int flow = 0; flow < FLOWS_PER_QUEUE * host.machine().nic().queues(); flow++) {
            sockets.add(receivers.get(flow % cpus).open(256));
        }
        host.start();
        receivers.forEach(receiver -> host.start(receiver, packet -> {}, wait));
        mover = new Thread(() -> move(receivers, betweenMovesNs), "mover");
        mover.start();
        return new Traffic(host, sockets, FLOWS_PER_QUEUE, true);
    }

    private LiveReport end() throws InterruptedException {
        LiveReport report = host.stop(PATIENCE);
        mover.join();
        return report;
    }

    private void move(List<Receiver<Long>> receivers, long betweenMovesNs) {
        long dueNs = System.nanoTime();
        for (int move = 0; host.isAccepting(); move++) {
            Receiver<Long> receiver = receivers.get(move % receivers.size());
            receiver.moveTo((receiver.cpu() + 1) % host.machine().cpuCount());
            dueNs += betweenMovesNs;
            awaitTime(dueNs);
        }
    }

    /** Due times do not move with what a wait took too long: on a busy machine moves are late, not fewer. */
    private void awaitTime(long dueNs) {
        long leftNs = dueNs - System.nanoTime();
        while (leftNs > 0 && host.isAccepting()) {
            LockSupport.parkNanos(leftNs);
            leftNs = dueNs - System.nanoTime();
        }
    }
}
