package io.rxsim.workload.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.rxsim.core.packet.IpProtocol;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Reads datagrams: every source address is a flow. What does not fit into the ring is lost and counted there; a source beyond the limit of
 * flows is refused and counted here. Event loop.
 */
// A write or close that fails closes its channel, which the reader hears of; nobody waits for the future.
@SuppressWarnings("FutureReturnValueIgnored")
final class UdpReader extends ChannelInboundHandlerAdapter {
    private final QueueFeeder feeder;
    private final LiveFlows flows;
    private final LongAdder refused;
    private final Map<InetSocketAddress, LiveFlow> bySource = new HashMap<>();

    UdpReader(QueueFeeder feeder, LiveFlows flows, LongAdder refused) {
        this.feeder = feeder;
        this.flows = flows;
        this.refused = refused;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        DatagramPacket datagram = (DatagramPacket) message;
        try {
            InetSocketAddress sender = datagram.sender();
            LiveFlow flow = bySource.get(sender);
            if (flow == null) {
                flow = flows.open(IpProtocol.UDP, ctx.channel(), sender, (InetSocketAddress)
                        ctx.channel().localAddress());
                if (flow == null) {
                    refused.increment();
                    return;
                }
                bySource.put(sender, flow);
            }
            // The receive buffer is as large as the largest datagram; what is queued is as large as this one.
            ByteBuf bytes =
                    ctx.alloc().buffer(datagram.content().readableBytes()).writeBytes(datagram.content());
            if (!feeder.offer(flow, flow.given[0], new Inbound(flow, bytes, sender))) {
                feeder.dropped();
                bytes.release();
            } else {
                flow.nextSequence();
            }
        } finally {
            datagram.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        feeder.interrupt();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // An ICMP error of an answer that nobody waits for: the next datagram may be fine.
    }
}
