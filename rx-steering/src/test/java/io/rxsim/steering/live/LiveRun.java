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

    private final LiveHost<Long> host;
    private final LiveWait wait;

    LiveRun(Machine machine, LiveWait wait) {
        this.wait = wait;
        this.host = new LiveHost<>(
                machine,
                SteeringCatalog.steering(SteeringCatalog.RFS),
                LiveSettings.DEFAULT.withWait(wait),
                DropHandler.ignore());
    }

    LiveHost<Long> host() {
        return host;
    }

    /** Sends so many packets over each queue, a receiver per CPU, a socket per flow; how it went. */
    LiveReport run(int packetsPerQueue) throws InterruptedException {
        int cpus = host.machine().cpuCount();
        List<Receiver<Long>> receivers = new ArrayList<>();
        List<LiveSocket<Long>> sockets = new ArrayList<>();
        for (int cpu = 0; cpu < cpus; cpu++) {
            receivers.add(host.receiver(cpu));
        }
        for (int flow = 0; flow < FLOWS_PER_QUEUE * host.machine().nic().queues(); flow++) {
            sockets.add(receivers.get(flow % cpus).open(1024));
        }
        host.start();
        receivers.forEach(receiver -> host.start(receiver, packet -> {}, wait));
        Thread mover = new Thread(() -> move(receivers), "mover");
        mover.start();
        new Traffic(host, sockets, FLOWS_PER_QUEUE, true).send(packetsPerQueue);
        LiveReport report = host.stop(PATIENCE);
        mover.join();
        return report;
    }

    private void move(List<Receiver<Long>> receivers) {
        for (int move = 0; host.isAccepting(); move++) {
            Receiver<Long> receiver = receivers.get(move % receivers.size());
            receiver.moveTo((receiver.cpu() + 1) % host.machine().cpuCount());
            LockSupport.parkNanos(BETWEEN_MOVES_NS);
        }
    }
}
