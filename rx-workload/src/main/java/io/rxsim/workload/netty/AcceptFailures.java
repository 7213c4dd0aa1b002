package io.rxsim.workload.netty;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * Listeners that cannot accept, above all for want of descriptors: counted, named once, and tried again a little later, while accepted
 * connections go on. The clients wait in the listener's backlog meanwhile. Event loop; counts by any thread.
 */
// Nobody waits for the next attempt.
@SuppressWarnings("FutureReturnValueIgnored")
@ChannelHandler.Sharable
final class AcceptFailures extends ChannelInboundHandlerAdapter {
    private static final long AGAIN_MS = 100;

    private final LongAdder failures = new LongAdder();
    private final AtomicReference<String> first = new AtomicReference<>();

    /** Attempts to accept that failed. */
    long count() {
        return failures.sum();
    }

    /** The first failure, or null. */
    String first() {
        return first.get();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failures.increment();
        first.compareAndSet(null, "cannot accept a connection: " + LiveServer.reason(cause));
        ctx.channel().config().setAutoRead(false);
        ctx.executor().schedule(() -> ctx.channel().config().setAutoRead(true), AGAIN_MS, TimeUnit.MILLISECONDS);
    }
}
