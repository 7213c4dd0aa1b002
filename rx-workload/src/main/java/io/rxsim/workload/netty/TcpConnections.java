package io.rxsim.workload.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.rxsim.core.packet.IpProtocol;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Connections as they come: counted, bounded, given a flow, and with a proxy connected to the upstream server. Event loops. */
// A write or close that fails closes its channel, which the reader hears of; nobody waits for the future.
@SuppressWarnings("FutureReturnValueIgnored")
@ChannelHandler.Sharable
final class TcpConnections extends ChannelInitializer<Channel> {
    private static final int CONNECT_MS = 5_000;

    private final List<QueueFeeder> feeders;
    private final LiveFlows flows;
    private final NettyTransport transport;
    private final ListenAddress upstream;
    private final int limit;
    private final AtomicInteger open = new AtomicInteger();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private volatile boolean stopping;

    TcpConnections(
            List<QueueFeeder> feeders, LiveFlows flows, NettyTransport transport, ListenAddress upstream, int limit) {
        this.feeders = feeders;
        this.flows = flows;
        this.transport = transport;
        this.upstream = upstream;
        this.limit = limit;
    }

    long accepted() {
        return accepted.sum();
    }

    long refused() {
        return refused.sum();
    }

    @Override
    protected void initChannel(Channel channel) {
        if (stopping || open.incrementAndGet() > limit) {
            if (!stopping) {
                open.decrementAndGet();
            }
            refuse(channel);
            return;
        }
        channel.closeFuture().addListener(closed -> open.decrementAndGet());
        LiveFlow flow =
                flows.open(IpProtocol.TCP, channel, (InetSocketAddress) channel.remoteAddress(), (InetSocketAddress)
                        channel.localAddress());
        if (flow == null) {
            refuse(channel);
            return;
        }
        channels.add(channel);
        QueueFeeder feeder = feederOf(channel);
        TcpReader reader = new TcpReader(feeder, flow);
        channel.pipeline().addLast(reader);
        if (upstream == null) {
            accepted.increment();
            // Registration goes on after this.
            feeder.loop.execute(reader::start);
        } else {
            connect(channel, flow, feeder);
        }
    }

    private void refuse(Channel channel) {
        refused.increment();
        channel.close();
    }

    private QueueFeeder feederOf(Channel channel) {
        for (QueueFeeder feeder : feeders) {
            if (feeder.loop == channel.eventLoop()) {
                return feeder;
            }
        }
        throw new IllegalStateException("connection on a loop of no queue");
    }

    /** The upstream connection lives on the client's loop, so that one thread feeds both directions. */
    private void connect(Channel client, LiveFlow flow, QueueFeeder feeder) {
        ChannelFuture connecting = new Bootstrap()
                .group(client.eventLoop())
                .channel(transport.channels().stream())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MS)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.RECVBUF_ALLOCATOR, TcpReader.oneAtATime())
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channels.add(channel);
                    }
                })
                .connect(upstream.socket());
        connecting.addListener(done -> {
            if (!done.isSuccess() || !client.isActive()) {
                flows.close(flow);
                connecting.channel().close();
                refuse(client);
                return;
            }
            accepted.increment();
            TcpReader answers = new TcpReader(feeder, flows.reverse(flow, connecting.channel()));
            connecting.channel().pipeline().addLast(answers);
            flow.reader.start();
            answers.start();
        });
    }

    /** Nothing is accepted or read any more. */
    void stopReading() {
        stopping = true;
        for (Channel channel : channels) {
            TcpReader reader = channel.pipeline().get(TcpReader.class);
            if (reader != null) {
                channel.eventLoop().execute(reader::stop);
            }
        }
    }

    /** Closes all connections, after what was written. */
    void close() {
        channels.flush();
        channels.close().awaitUninterruptibly();
    }
}
