package io.rxsim.workload.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramChannel;
import io.rxsim.core.live.DropHandler;
import io.rxsim.core.live.LiveHost;
import io.rxsim.core.live.LiveWait;
import io.rxsim.core.live.Receiver;
import io.rxsim.core.run.Machine;
import io.rxsim.workload.spec.PacketHashing;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * Puts a live host behind real sockets. Event loop i is the only producer of RX queue i: it has the i-th UDP socket of every address, all of
 * which share the port, so that the operating system chooses the queue of a datagram; and it reads the connections that RSS gives it.
 *
 * <p>Datagrams that do not fit are lost and counted; a connection is read no faster than the application takes it, so nothing of it is lost.
 * Connections beyond the limit are closed at once and counted. Threads: {@link #start}, {@link #stop} and {@link #close} by one, counts by any.
 */
// A write or close that fails closes its channel, which the reader hears of; nobody waits for the future.
@SuppressWarnings("FutureReturnValueIgnored")
public final class LiveServer implements AutoCloseable {
    private static final int MAX_DATAGRAM_BYTES = 65_535;
    /** Of a UDP socket; the system allows net.core.rmem_max. A stall of the reader takes up what it must not lose. */
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

    private static final WriteBufferWaterMark UNREAD_ANSWERS = new WriteBufferWaterMark(64 << 10, 256 << 10);

    private final LiveHost<Inbound> host;
    private final NettyTransport transport;
    private final LiveFlows flows;
    private final RssEventLoopGroup loops;
    private final List<QueueFeeder> feeders = new ArrayList<>();
    private final List<Channel> listeners = new ArrayList<>();
    private final TcpConnections connections;
    private final AcceptFailures acceptFailures = new AcceptFailures();
    private final LongAdder refusedSources = new LongAdder();
    private final List<ListenAddress> listen;
    private final List<Receiver<Inbound>> receivers;
    private final LiveTraffic traffic;

    /**
     * What is to be served, and its bounds.
     *
     * @param listen addresses
     * @param transport how sockets are polled
     * @param connections accepted at once
     * @param flows connections and datagram sources in all
     * @param socketPackets packets that a modelled socket holds
     */
    public record Options(
            List<ListenAddress> listen, NettyTransport transport, int connections, int flows, int socketPackets) {
        /** Validates. */
        public Options {
            listen = List.copyOf(listen);
            range("connections", connections, 1_000_000);
            range("flows", flows, 1_000_000);
            range("socket packets", socketPackets, 65_536);
        }

        private static void range(String name, int value, int max) {
            if (value < 1 || value > max) {
                throw new IllegalArgumentException(name + "=" + value + ", allowed is 1 to " + max);
            }
        }
    }

    /** What an application is called, for example {@code echo} or {@code proxy:127.0.0.1:6379}; made by {@link #application}. */
    public static final class Application {
        private final LiveTraffic traffic;
        private final String name;

        private Application(String text) {
            name = text;
            traffic = new LiveTraffic(LiveApplication.parse(text));
        }

        private Application(LiveApplication application) {
            name = "replay";
            traffic = new LiveTraffic(application);
        }

        /** An application of this package. */
        static Application of(LiveApplication application) {
            return new Application(application);
        }

        /** Datagrams that the engine lost after it had accepted them. */
        long droppedDatagrams() {
            return traffic.droppedDatagrams();
        }

        /** What a live host is to tell of lost packets. */
        public DropHandler<Inbound> drops() {
            return traffic;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * The application of a name: {@code echo}, {@code sink}, {@code sockperf}, {@code proxy:ADDRESS:PORT}.
     *
     * @throws IllegalArgumentException for another, naming what is allowed
     */
    public static Application application(String name) {
        return new Application(name);
    }

    /**
     * A server that does not listen yet. The host must have been made with the application's {@link Application#drops}.
     *
     * @param hashing how NIC and kernel of the host hash
     */
    public LiveServer(LiveHost<Inbound> host, Application application, PacketHashing hashing, Options options) {
        this.host = host;
        this.transport = options.transport();
        this.traffic = application.traffic;
        Machine machine = host.machine();
        listen = options.listen();
        receivers = new ArrayList<>();
        for (int cpu : machine.online().cpus()) {
            receivers.add(host.receiver(cpu));
        }
        flows = new LiveFlows(
                receivers,
                hashing.flowHash(),
                hashing.rssHash(),
                new LiveFlows.Limits(options.flows(), options.connections(), options.socketPackets()));
        traffic.flows(flows);
        loops = new RssEventLoopGroup(machine.nic().queues(), transport, flows);
        for (int queue = 0; queue < machine.nic().queues(); queue++) {
            feeders.add(new QueueFeeder(loops.loop(queue), host.queue(queue)));
        }
        connections = new TcpConnections(
                feeders, flows, transport, traffic.application().upstream(), options.connections());
    }

    /**
     * Starts the host, its receivers and the listeners.
     *
     * @param wait what receivers do while they have nothing to do
     * @throws IOException if an address cannot be listened on, naming it and the reason
     */
    public void start(LiveWait wait) throws IOException {
        host.start();
        for (Receiver<Inbound> receiver : receivers) {
            host.start(receiver, traffic, wait);
        }
        for (ListenAddress address : listen) {
            if (address.udp()) {
                bindUdp(address);
            } else {
                bindTcp(address);
            }
        }
    }

    private void bindUdp(ListenAddress address) throws IOException {
        int sockets = transport.sharesPorts() ? feeders.size() : 1;
        InetSocketAddress at = address.socket();
        requireFree(address);
        for (int queue = 0; queue < sockets; queue++) {
            Bootstrap bootstrap = new Bootstrap()
                    .group(loops.loop(queue))
                    .channel(transport.channels().datagram())
                    .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM_BYTES))
                    .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
                    .handler(new UdpReader(feeders.get(queue), flows, refusedSources));
            if (transport.sharesPorts()) {
                bootstrap.option(transport.reusePort(), true);
            }
            Channel bound = bound(bootstrap.bind(at), address);
            at = (InetSocketAddress) bound.localAddress();
        }
    }

    /**
     * Binds a UDP socket of its own port per RX queue, on loopback; after {@link #start}.
     *
     * @param readers one per queue, made from its feeder
     * @return addresses in the order of the queues
     */
    List<InetSocketAddress> bindPerQueue(Function<QueueFeeder, ChannelHandler> readers, int receiveBufferBytes)
            throws IOException {
        List<InetSocketAddress> bound = new ArrayList<>();
        for (QueueFeeder feeder : feeders) {
            ListenAddress any = ListenAddress.parse("udp:127.0.0.1:0");
            Channel channel = bound(
                    new Bootstrap()
                            .group(feeder.loop)
                            .channel(transport.channels().datagram())
                            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM_BYTES))
                            .option(ChannelOption.SO_RCVBUF, receiveBufferBytes)
                            .handler(readers.apply(feeder))
                            .bind(any.socket()),
                    any);
            bound.add((InetSocketAddress) channel.localAddress());
        }
        return bound;
    }

    /** The smallest receive buffer that UDP sockets got, bytes as the system counts them. */
    int receiveBufferBytes() {
        return listeners.stream()
                .filter(DatagramChannel.class::isInstance)
                .map(channel -> channel.config().getOption(ChannelOption.SO_RCVBUF))
                .mapToInt(Integer::intValue)
                .min()
                .orElse(0);
    }

    LiveFlows flows() {
        return flows;
    }

    List<Receiver<Inbound>> receivers() {
        return receivers;
    }

    /** Sockets that share a port would share it with those of another server too, and each get a part of the datagrams. */
    private static void requireFree(ListenAddress address) throws IOException {
        try {
            new DatagramSocket(address.socket()).close();
        } catch (IOException e) {
            throw new IOException(address + ": " + reason(e), e);
        }
    }

    private void bindTcp(ListenAddress address) throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops.loop(0), loops)
                .channel(transport.channels().server())
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, TcpReader.oneAtATime())
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNREAD_ANSWERS)
                .handler(acceptFailures)
                .childHandler(connections);
        bound(bootstrap.bind(address.socket()), address);
    }

    private Channel bound(ChannelFuture binding, ListenAddress address) throws IOException {
        binding.awaitUninterruptibly();
        if (!binding.isSuccess()) {
            throw new IOException(address + ": " + reason(binding.cause()), binding.cause());
        }
        listeners.add(binding.channel());
        return binding.channel();
    }

    /** What the operating system refused, in words for users. Here, since a class that is needed first when descriptors are out cannot be loaded. */
    static String reason(Throwable cause) {
        String message = cause.getMessage();
        if (message != null && message.contains("Address already in use")) {
            return "the port is in use by another program";
        }
        if (message != null && message.contains("Too many open files")) {
            return "too many open files; raise the limit of descriptors (ulimit -n)";
        }
        return message == null ? cause.toString() : message;
    }

    /** Addresses that are listened on, one per address asked for and UDP socket, in order; port 0 has become a real one. */
    public List<InetSocketAddress> addresses() {
        return listeners.stream()
                .map(channel -> (InetSocketAddress) channel.localAddress())
                .toList();
    }

    /** Datagram sources that were refused because too many flows were open. */
    public long refusedSources() {
        return refusedSources.sum();
    }

    /** Connections accepted so far. */
    public long accepted() {
        return connections.accepted();
    }

    /** Connections that were closed at once because too many were open, or their upstream did not answer. */
    public long refused() {
        return connections.refused();
    }

    /** Attempts to accept a connection that failed, above all for want of descriptors; the clients wait, and may be accepted later. */
    public long acceptFailures() {
        return acceptFailures.count();
    }

    /** The first such failure in words, or null. */
    public String firstAcceptFailure() {
        return acceptFailures.first();
    }

    /**
     * Stops listening and reading, and waits until what was read is in the rings. The host may be stopped then.
     *
     * @param patience how long to wait
     */
    public void stop(Duration patience) {
        for (Channel listener : listeners) {
            listener.close().awaitUninterruptibly();
        }
        connections.stopReading();
        long untilNs = System.nanoTime() + patience.toNanos();
        for (QueueFeeder feeder : feeders) {
            // What a loop had still to do is done when it comes to this.
            feeder.loop
                    .submit(() -> {})
                    .awaitUninterruptibly(Math.max(1, untilNs - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
    }

    /** Sends what is left to send, closes all connections and ends the event loops. The host must have been stopped. */
    @Override
    public void close() {
        connections.close();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
