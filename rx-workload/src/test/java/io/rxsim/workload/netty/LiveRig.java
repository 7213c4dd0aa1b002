package io.rxsim.workload.netty;

import io.rxsim.core.live.LiveHost;
import io.rxsim.core.live.LiveMachine;
import io.rxsim.core.live.LiveReport;
import io.rxsim.core.live.LiveSettings;
import io.rxsim.core.live.LiveWait;
import io.rxsim.core.run.HashKeys;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.Steering;
import io.rxsim.core.softnet.SoftnetView;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.SteeringPolicy;
import io.rxsim.core.steer.SteeringReason;
import io.rxsim.workload.spec.PacketHashing;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** A live server of two queues and three CPUs that steers by hash, until it is closed. */
final class LiveRig implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int CPUS = 3;

    private final LiveServer.Application application;
    private NettyTransport transport = NettyTransport.best();
    private int connections = 1000;
    private int flows = 1000;
    private int maxBacklog = 1000;
    private LiveHost<Inbound> host;
    private LiveServer server;

    LiveRig(String app) {
        application = LiveServer.application(app);
    }

    LiveRig transport(NettyTransport other) {
        transport = other;
        return this;
    }

    LiveRig connections(int limit) {
        connections = limit;
        return this;
    }

    LiveRig flows(int limit) {
        flows = limit;
        return this;
    }

    LiveRig maxBacklog(int packets) {
        maxBacklog = packets;
        return this;
    }

    LiveRig listen(String address) throws IOException {
        Machine machine =
                LiveMachine.cpus(CPUS).queues(2).maxBacklog(maxBacklog).build();
        host = new LiveHost<>(
                machine,
                new Steering("by-hash", (itsMachine, placement) -> new ByHash()),
                LiveSettings.DEFAULT,
                application.drops());
        PacketHashing hashing = new PacketHashing(machine.rules(), HashKeys.ofSeed(1));
        server = new LiveServer(
                host,
                application,
                hashing,
                new LiveServer.Options(List.of(ListenAddress.parse(address)), transport, connections, flows, 128));
        try {
            server.start(LiveWait.BLOCK);
        } catch (IOException e) {
            close();
            throw e;
        }
        return this;
    }

    LiveServer server() {
        return server;
    }

    InetSocketAddress address() {
        return server.addresses().get(0);
    }

    LiveReport stop() {
        server.stop(PATIENCE);
        return host.stop(PATIENCE);
    }

    @Override
    public void close() {
        stop();
        server.close();
    }

    /** RPS over all CPUs. */
    static final class ByHash implements SteeringPolicy {
        @Override
        public long steer(int rxQueue, int hash, long nowNs, SoftnetView softnet) {
            return Decision.of((int) (Integer.toUnsignedLong(hash) * CPUS >>> 32), SteeringReason.RPS);
        }

        @Override
        public boolean rpsNeeded() {
            return true;
        }

        @Override
        public void onEnqueued(int rxQueue, long decision, int qtail) {
            // No slot, nothing to record.
        }

        @Override
        public void onConsumed(int hash, int cpu) {
            // RPS does not follow receivers.
        }

        @Override
        public void onClosed(int hash) {
            // Nothing is kept.
        }
    }
}
