package io.rxsim.core.live;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.RingBuffer;

/** The bare chain on the caller's thread: the same three rings and copies, each ring emptied by Disruptor's own poller in turn. */
final class BareOneThread implements Chain {
    private final RingBuffer<LivePacket<Object>> rx =
            RingBuffer.createSingleProducer(LivePacket::new, RX_RING, new BusySpinWaitStrategy());
    private final RingBuffer<LivePacket<Object>> backlog;
    private final RingBuffer<LivePacket<Object>> socket;
    private final EventPoller<LivePacket<Object>> fromRx;
    private final EventPoller<LivePacket<Object>> fromBacklog;
    private final EventPoller<LivePacket<Object>> fromSocket;
    private final EventPoller.Handler<LivePacket<Object>> toBacklog = this::toBacklog;
    private final EventPoller.Handler<LivePacket<Object>> toSocket = this::toSocket;
    private final EventPoller.Handler<LivePacket<Object>> deliver = this::deliver;
    private long delivered;
    private int unworked;

    BareOneThread(int backlogSlots, int socketSlots) {
        backlog = RingBuffer.createMultiProducer(LivePacket::new, backlogSlots, new BusySpinWaitStrategy());
        socket = RingBuffer.createMultiProducer(LivePacket::new, socketSlots, new BusySpinWaitStrategy());
        fromRx = poller(rx);
        fromBacklog = poller(backlog);
        fromSocket = poller(socket);
    }

    private static EventPoller<LivePacket<Object>> poller(RingBuffer<LivePacket<Object>> ring) {
        EventPoller<LivePacket<Object>> poller = ring.newPoller();
        ring.addGatingSequences(poller.getSequence());
        return poller;
    }

    @Override
    public void send(int flow, int sequence, long nowNs) {
        BareChain.fill(rx, flow, sequence, nowNs);
    }

    @Override
    public void flush() {
        // Publishing is enough.
    }

    @Override
    public void work() {
        if (++unworked == EngineChain.TURN) {
            unworked = 0;
            try {
                fromRx.poll(toBacklog);
                fromBacklog.poll(toSocket);
                fromSocket.poll(deliver);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private boolean toBacklog(LivePacket<Object> packet, long sequence, boolean endOfBatch) {
        BareChain.pass(packet, backlog);
        return true;
    }

    private boolean toSocket(LivePacket<Object> packet, long sequence, boolean endOfBatch) {
        BareChain.pass(packet, socket);
        return true;
    }

    private boolean deliver(LivePacket<Object> packet, long sequence, boolean endOfBatch) {
        packet.forget();
        delivered++;
        return true;
    }

    @Override
    public long delivered() {
        return delivered;
    }

    @Override
    public void close() {
        // Nothing runs.
    }
}
