package io.rxsim.workload.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.rxsim.core.softnet.DropReason;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * Reads a connection, one piece at a time: the next is read when the application has dealt with the last and can get rid of its answers.
 * So nothing of a connection is lost, whatever overflows: a piece that the engine drops is offered again, and meanwhile the peer fills its
 * window. One piece in flight is a window of one read, up to 64 KiB.
 *
 * <p>Event loop, but {@link #onHandled} and {@link #onDropped} are any thread's.
 */
// A write or close that fails closes its channel, which the reader hears of; nobody waits for the future.
@SuppressWarnings("FutureReturnValueIgnored")
final class TcpReader extends ChannelInboundHandlerAdapter {
    private static final long AGAIN_US = 500;

    private final QueueFeeder feeder;
    private final LiveFlow flow;
    private ChannelHandlerContext context;
    private Inbound inFlight;
    /** Pieces that came unasked, in order. */
    private final ArrayDeque<ByteBuf> left = new ArrayDeque<>();

    private int sequence;
    /** Whether the next read waits for the sink to take more. */
    private boolean waiting;

    private boolean started;
    private boolean stopped;
    private boolean peerClosed;
    private boolean endSent;

    TcpReader(QueueFeeder feeder, LiveFlow flow) {
        this.feeder = feeder;
        this.flow = flow;
        flow.reader = this;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    /** Reads the first piece; the sink is there. */
    void start() {
        started = true;
        goOn();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (inFlight == null && started && !stopped) {
            send(bytes);
        } else {
            // Not asked for: when the peer has closed, epoll hands over what is left, as much as the socket's buffer
            // held.
            left.add(bytes);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (started && inFlight == null && !peerClosed && !waiting && !stopped) {
            // A wake-up without bytes.
            ctx.read();
        }
    }

    private void send(ByteBuf bytes) {
        inFlight = new Inbound(flow, bytes, null);
        sequence = flow.nextSequence();
        offer();
    }

    private void offer() {
        if (feeder.offer(flow, sequence, inFlight)) {
            feeder.interrupt();
        } else {
            feeder.loop.schedule(this::offer, AGAIN_US, TimeUnit.MICROSECONDS);
        }
    }

    /** The application has dealt with the piece in flight. */
    void onHandled() {
        feeder.loop.execute(this::goOn);
    }

    /** The engine dropped the piece in flight: it is offered again, unless nobody will ever receive it. */
    void onDropped(DropReason reason) {
        if (reason == DropReason.NO_SOCKET) {
            feeder.loop.execute(() -> {
                inFlight.bytes().release();
                inFlight = null;
                context.close();
            });
        } else {
            feeder.loop.schedule(this::offer, AGAIN_US, TimeUnit.MICROSECONDS);
        }
    }

    /** Reads that end after one piece. */
    static RecvByteBufAllocator oneAtATime() {
        return new AdaptiveRecvByteBufAllocator().maxMessagesPerRead(1);
    }

    /** Closes a channel once what was written to it is out. */
    static void closeAfterWrites(Channel channel) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /** Tells the peer that nothing more comes, once what was written is out; it may still send. */
    static void shutDownOutputAfterWrites(Channel channel) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> ((DuplexChannel) channel).shutdownOutput());
    }

    /** The host is about to stop: nothing more is read, and what is in flight is the last. */
    void stop() {
        stopped = true;
        left.forEach(ByteBuf::release);
        left.clear();
    }

    private void goOn() {
        inFlight = null;
        if (stopped) {
            return;
        }
        if (!left.isEmpty()) {
            send(left.remove());
        } else if (peerClosed) {
            sendEnd();
        } else if (flow.sink().isWritable()) {
            waiting = false;
            context.read();
        } else {
            waiting = true;
        }
    }

    /** The sink may take more. */
    void onSinkWritable() {
        if (waiting && inFlight == null) {
            goOn();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            TcpReader source = flow.other == null ? this : flow.other.reader;
            if (source != null) {
                source.onSinkWritable();
            }
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            // The peer sends nothing more; it may still read.
            onPeerClosed();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        onPeerClosed();
    }

    private void onPeerClosed() {
        peerClosed = true;
        if (inFlight == null && started) {
            goOn();
        }
    }

    private void sendEnd() {
        if (!endSent) {
            endSent = true;
            send(Unpooled.EMPTY_BUFFER);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // A reset connection ends like a closed one.
        ctx.close();
    }
}
