package io.rxsim.workload.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Event loops, one per RX queue; an accepted connection is registered with the loop that RSS chooses for its 5-tuple. */
final class RssEventLoopGroup extends MultiThreadIoEventLoopGroup {
    private final List<EventLoop> loops = new ArrayList<>();
    private final LiveFlows flows;

    RssEventLoopGroup(int queues, NettyTransport transport, LiveFlows flows) {
        super(queues, new DefaultThreadFactory("rx-nic", true), transport.ioHandler());
        this.flows = flows;
        for (EventExecutor executor : this) {
            loops.add((EventLoop) executor);
        }
    }

    /** The loop of an RX queue. */
    EventLoop loop(int queue) {
        return loops.get(queue);
    }

    @Override
    public ChannelFuture register(Channel channel) {
        InetSocketAddress from = (InetSocketAddress) channel.remoteAddress();
        InetSocketAddress to = (InetSocketAddress) channel.localAddress();
        int queue = from == null || to == null ? 0 : flows.rssQueue(from, to, loops.size());
        return loops.get(queue).register(channel);
    }
}
