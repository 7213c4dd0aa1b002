package io.rxsim.workload.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.rxsim.workload.netty.replay.ReplayHeader;
import io.rxsim.workload.netty.replay.ReplayPacket;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads the datagrams of a replay at one RX queue: flow, order and hashes are those of the captured packet, as its header says. What has no header
 * of this replay is counted and left. Only the header goes on; the rest is zeros. Event loop; counters are any thread's.
 */
final class ReplayReader extends ChannelInboundHandlerAdapter {
    private final QueueFeeder feeder;
    private final ReplayEnds ends;
    private final long run;
    private final ReplayPacket packet = new ReplayPacket();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong foreign = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();

    ReplayReader(QueueFeeder feeder, ReplayEnds ends, long run) {
        this.feeder = feeder;
        this.ends = ends;
        this.run = run;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        DatagramPacket datagram = (DatagramPacket) message;
        try {
            ByteBuf content = datagram.content();
            LiveFlow end = ReplayHeader.read(content, run, packet) ? ends.of(packet.socketNumber, ctx.channel()) : null;
            if (end == null) {
                add(foreign);
                return;
            }
            add(received);
            Inbound inbound = packet.socket
                    ? new Inbound(
                            end,
                            ctx.alloc()
                                    .buffer(ReplayHeader.BYTES)
                                    .writeBytes(content, content.readerIndex(), ReplayHeader.BYTES),
                            datagram.sender())
                    : null;
            boolean accepted = feeder.offer(packet, end, inbound);
            if (!accepted) {
                feeder.dropped();
            }
            if (!accepted && inbound != null) {
                inbound.bytes().release();
            }
            if (!accepted || inbound == null) {
                add(ended);
            }
        } finally {
            datagram.release();
        }
    }

    private static void add(AtomicLong counter) {
        // One writer.
        counter.lazySet(counter.get() + 1);
    }

    /** Datagrams of this replay. */
    long received() {
        return received.get();
    }

    /** Datagrams of others. */
    long foreign() {
        return foreign.get();
    }

    /** Datagrams that no application will hear of: the ring was full, or no socket receives such a packet. */
    long ended() {
        return ended.get();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        feeder.interrupt();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // An error of one datagram; the next may be fine.
    }
}
