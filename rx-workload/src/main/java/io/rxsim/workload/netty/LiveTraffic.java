package io.rxsim.workload.netty;

import io.rxsim.core.live.DropHandler;
import io.rxsim.core.live.LivePacket;
import io.rxsim.core.live.Receiver;
import io.rxsim.core.softnet.DropReason;
import java.util.concurrent.atomic.LongAdder;

/**
 * Where packets of real traffic end: at the application, or lost. Bytes are released here or by the application, once.
 *
 * <p>Threads: {@link #onPacket} those that drive receivers, {@link #onDropped} any of the engine's.
 */
// A write or close that fails closes its channel, which the reader hears of; nobody waits for the future.
@SuppressWarnings("FutureReturnValueIgnored")
final class LiveTraffic implements Receiver.Handler<Inbound>, DropHandler<Inbound> {
    private final LiveApplication application;
    private final LongAdder droppedDatagrams = new LongAdder();
    private volatile LiveFlows flows;

    LiveTraffic(LiveApplication application) {
        this.application = application;
    }

    LiveApplication application() {
        return application;
    }

    /** Datagrams that the engine lost after it had accepted them. */
    long droppedDatagrams() {
        return droppedDatagrams.sum();
    }

    void flows(LiveFlows itsFlows) {
        flows = itsFlows;
    }

    @Override
    public void onPacket(LivePacket<Inbound> packet) {
        Inbound inbound = packet.message;
        LiveFlow flow = inbound.source();
        if (inbound.isEnd()) {
            onEnd(flow);
            return;
        }
        try {
            application.onBytes(flow, inbound);
        } finally {
            if (flow.reader != null) {
                flow.reader.onHandled();
            }
        }
    }

    /** The peer sends nothing more: everything before it was dealt with, and the other end learns of it. */
    private void onEnd(LiveFlow flow) {
        flows.close(flow);
        if (flow.other == null) {
            TcpReader.closeAfterWrites(flow.channel);
        } else if (flow.other.ended) {
            TcpReader.closeAfterWrites(flow.channel);
            TcpReader.closeAfterWrites(flow.other.channel);
        } else {
            TcpReader.shutDownOutputAfterWrites(flow.other.channel);
        }
    }

    @Override
    public void onDropped(LivePacket<Inbound> packet, DropReason reason) {
        Inbound inbound = packet.message;
        if (inbound == null) {
            // A replayed packet that no socket receives carries nothing.
            return;
        }
        TcpReader reader = inbound.source().reader;
        if (reader != null) {
            reader.onDropped(reason);
        } else {
            droppedDatagrams.increment();
            inbound.bytes().release();
        }
    }
}
