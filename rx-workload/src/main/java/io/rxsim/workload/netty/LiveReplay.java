package io.rxsim.workload.netty;

import io.rxsim.core.live.LiveHost;
import io.rxsim.core.live.LiveReport;
import io.rxsim.core.live.LiveSettings;
import io.rxsim.core.live.LiveWait;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.Measure;
import io.rxsim.core.run.Steering;
import io.rxsim.workload.netty.replay.CapturedFlow;
import io.rxsim.workload.netty.replay.Pacing;
import io.rxsim.workload.netty.replay.ReplaySender;
import io.rxsim.workload.netty.replay.ReplayTarget;
import io.rxsim.workload.netty.replay.SendOptions;
import io.rxsim.workload.netty.replay.WarmUpPackets;
import io.rxsim.workload.replay.Speed;
import io.rxsim.workload.spec.PacketHashing;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Plays packets through the live engine in real time: a thread sends each at its deadline over real sockets, an event loop per RX queue receives
 * them, the engine steers them by their captured tuple, and every CPU has an application that receives.
 *
 * <p>The NIC's choice of queue is kept: each RX queue has a UDP port of its own, and the sender sends to the one that the captured packet's RSS hash
 * chooses. All on loopback. Threads: one uses it; {@link #packets} is any's.
 */
public final class LiveReplay implements AutoCloseable {
    private static final int SOCKET_PACKETS = 256;
    private static final int MOST_SOCKETS = 4096;
    private static final int RECEIVE_BUFFER_BYTES = 8 << 20;
    private static final int MOST = 1_000_000;
    private static final AtomicBoolean WARM = new AtomicBoolean();
    private static final int WARM_UP_SOCKETS = 4;
    private static final Duration WARM_UP_PATIENCE = Duration.ofSeconds(1);
    private static final long LOOK_NS = 1_000_000;
    private static final long QUIET_NS = 500_000_000;

    private final LiveHost<Inbound> host;
    private final LiveServer server;
    private final LiveServer.Application application;
    private final ReplayAudit audit;
    private final List<ReplayReader> readers = new ArrayList<>();
    private final ArrivalSource source;
    private final SendOptions options;
    /** Volatile: applications ask when the run began. */
    private volatile ReplaySender sender;

    private Thread thread;
    private int bufferBytes;
    private boolean stopped;

    /**
     * A replay that has not begun.
     *
     * @param machine the host; costs are not used
     * @param source what is sent, in order of time; closed by the caller after this
     * @param hashing of the machine
     * @throws IllegalArgumentException for what the live engine cannot do, with the reason
     */
    public LiveReplay(
            Machine machine, Steering steering, ArrivalSource source, PacketHashing hashing, SendOptions options) {
        this.source = source;
        this.options = options;
        audit = new ReplayAudit(() -> sender.startNs());
        application = LiveServer.Application.of(audit);
        host = new LiveHost<>(machine, steering, LiveSettings.DEFAULT, application.drops());
        List<ListenAddress> listen =
                options.connections() ? List.of(ListenAddress.parse("tcp:127.0.0.1:0")) : List.of();
        server = new LiveServer(
                host,
                application,
                hashing,
                new LiveServer.Options(listen, NettyTransport.best(), MOST, MOST, SOCKET_PACKETS));
        audit.receivers(server.receivers());
    }

    /**
     * Plays packets that count nowhere through an engine of its own, once per process: code that has run some thousand times is compiled, and the
     * first packets of the replay that follows are not late for want of that.
     *
     * @throws IOException as {@link #start} does
     */
    public static void warmUp(Machine machine, Steering steering, PacketHashing hashing) throws IOException {
        if (WARM.getAndSet(true)) {
            return;
        }
        SendOptions options =
                new SendOptions(new Pacing.Scaled(Speed.ORIGINAL), false, WARM_UP_SOCKETS, Measure.UNTIL_END);
        try (WarmUpPackets packets = new WarmUpPackets();
                LiveReplay replay = new LiveReplay(machine, steering, packets, hashing, options)) {
            replay.start();
            replay.finish(WARM_UP_PATIENCE);
        }
    }

    /**
     * Starts the engine and the sender.
     *
     * @throws IOException if there is no port or descriptor for the engine's own sockets
     */
    public void start() throws IOException {
        long run = new SecureRandom().nextLong();
        ReplayEnds ends = new ReplayEnds(server.receivers(), MOST_SOCKETS, SOCKET_PACKETS);
        server.start(LiveWait.BLOCK);
        List<InetSocketAddress> queues = server.bindPerQueue(
                feeder -> {
                    readers.add(new ReplayReader(feeder, ends, run));
                    return readers.get(readers.size() - 1);
                },
                RECEIVE_BUFFER_BYTES);
        bufferBytes = server.receiveBufferBytes();
        sender = new ReplaySender(source, options, new Engine(queues), run, bufferBytes);
        thread = new Thread(sender, "rx-replay");
        thread.setDaemon(true);
        thread.start();
    }

    /** Packets sent so far. */
    public long packets() {
        return sender.packets();
    }

    /** Datagrams of others that came so far, and were ignored. */
    public long foreignDatagrams() {
        return readers.stream().mapToLong(ReplayReader::foreign).sum();
    }

    /** Whether packets are still being sent. */
    public boolean isSending() {
        return thread.isAlive();
    }

    /** The engine's own failure in words, or null. */
    public String failure() {
        return host.failure();
    }

    /** Addresses that the engine receives datagrams at, one per RX queue, after those of connections. */
    public List<InetSocketAddress> addresses() {
        return server.addresses();
    }

    /** Sends nothing more. */
    public void stop() {
        stopped = true;
        sender.stop();
    }

    /** Waits for the end of the sender and for what is under way, and stops the engine. */
    public LiveReplayResult finish(Duration patience) {
        join();
        drain();
        server.stop(patience);
        LiveReport report = host.stop(patience);
        LiveReplayResult.Received received = new LiveReplayResult.Received(
                received(), foreignDatagrams(), audit.bytes(), audit.misplaced(), audit.firstMisplaced(), bufferBytes);
        return new LiveReplayResult(
                sender.result(),
                received,
                report,
                audit.response(),
                stopped || sender.result().failed());
    }

    private void join() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
                stop();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until all that was sent has arrived, or nothing has come for a while: then it was lost. */
    private void drain() {
        long before = -1;
        long sinceNs = System.nanoTime();
        while (received() < sender.datagrams()
                || audit.bytes() < sender.result().streams().bytes()) {
            long now = received() + audit.bytes();
            if (now != before) {
                before = now;
                sinceNs = System.nanoTime();
            } else if (System.nanoTime() - sinceNs > QUIET_NS) {
                return;
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    private long received() {
        long sum = 0;
        for (int i = 0; i < readers.size(); i++) {
            sum += readers.get(i).received();
        }
        return sum;
    }

    @Override
    public void close() {
        if (thread != null) {
            stop();
            join();
            sender.close();
        }
        host.close();
        server.close();
    }

    /** What the sender needs of the engine. */
    private final class Engine implements ReplayTarget {
        private final int[] indirection = host.machine().nic().indirection().stream()
                .mapToInt(Integer::intValue)
                .toArray();
        private final InetSocketAddress[] queues;

        Engine(List<InetSocketAddress> queues) {
            this.queues = queues.toArray(new InetSocketAddress[0]);
        }

        @Override
        public int rxQueue(Arrival arrival) {
            return arrival.rxQueue == Arrival.BY_RSS
                    ? indirection[arrival.rssHash & (indirection.length - 1)]
                    : arrival.rxQueue;
        }

        @Override
        public InetSocketAddress datagrams(int rxQueue) {
            return queues[rxQueue];
        }

        @Override
        public InetSocketAddress connections() {
            return server.addresses().get(0);
        }

        @Override
        public void onConnecting(InetSocketAddress from, CapturedFlow flow) {
            server.flows().expect(from, flow);
        }

        @Override
        public long finished() {
            long ended = 0;
            for (int i = 0; i < readers.size(); i++) {
                ended += readers.get(i).ended();
            }
            return ended + audit.datagrams() + application.droppedDatagrams();
        }
    }
}
