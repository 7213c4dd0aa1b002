package io.rxsim.core.live;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.YieldingWaitStrategy;
import java.util.ArrayList;
import java.util.List;

/**
 * The bare chain: three Disruptor rings of the engine's sizes and kinds, a thread after each, Disruptor's own processors and
 * yielding wait strategy. Packets are copied from ring to ring as the engine copies them; nothing is decided, checked or timed.
 */
final class BareChain implements Chain {
    private final RingBuffer<LivePacket<Object>> rx;
    private final List<BatchEventProcessor<?>> processors = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final PaddedLong delivered = new PaddedLong(0);

    BareChain(int backlogSlots, int socketSlots) {
        rx = RingBuffer.createSingleProducer(LivePacket::new, RX_RING, new YieldingWaitStrategy());
        RingBuffer<LivePacket<Object>> backlog =
                RingBuffer.createMultiProducer(LivePacket::new, backlogSlots, new YieldingWaitStrategy());
        RingBuffer<LivePacket<Object>> socket =
                RingBuffer.createMultiProducer(LivePacket::new, socketSlots, new YieldingWaitStrategy());
        run(rx, (packet, sequence, endOfBatch) -> pass(packet, backlog));
        run(backlog, (packet, sequence, endOfBatch) -> pass(packet, socket));
        run(socket, new Last());
    }

    static void pass(LivePacket<Object> packet, RingBuffer<LivePacket<Object>> to) {
        long sequence = to.next();
        to.get(sequence).copyFrom(packet);
        to.publish(sequence);
        packet.forget();
    }

    /** Counts a batch when it ends, as the engine's receiver does. */
    private final class Last implements EventHandler<LivePacket<Object>> {
        private int batch;

        @Override
        public void onEvent(LivePacket<Object> packet, long sequence, boolean endOfBatch) {
            packet.forget();
            batch++;
            if (endOfBatch || batch == Receiver.BATCH) {
                delivered.opaque(delivered.plain() + batch);
                batch = 0;
            }
        }
    }

    private void run(RingBuffer<LivePacket<Object>> ring, EventHandler<LivePacket<Object>> handler) {
        BatchEventProcessor<LivePacket<Object>> processor =
                new BatchEventProcessorBuilder().build(ring, ring.newBarrier(), handler);
        ring.addGatingSequences(processor.getSequence());
        processors.add(processor);
        Thread thread = new Thread(processor, "bare-" + threads.size());
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    @Override
    public void send(int flow, int sequence, long nowNs) {
        fill(rx, flow, sequence, nowNs);
    }

    static void fill(RingBuffer<LivePacket<Object>> rx, int flow, int sequence, long nowNs) {
        long at = rx.next();
        LivePacket<Object> packet = rx.get(at);
        packet.flow = flow;
        packet.sequence = sequence;
        packet.hash = EngineChain.hashOf(flow);
        packet.lengthBytes = 64;
        packet.arrivedNs = nowNs;
        rx.publish(at);
    }

    @Override
    public void flush() {
        // Publishing is enough.
    }

    @Override
    public long delivered() {
        return delivered.opaque();
    }

    @Override
    public void close() {
        processors.forEach(BatchEventProcessor::halt);
        for (Thread thread : threads) {
            LiveThroughput.join(thread);
        }
    }
}
