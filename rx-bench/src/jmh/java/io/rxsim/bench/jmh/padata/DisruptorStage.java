package io.rxsim.bench.jmh.padata;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import com.lmax.disruptor.util.DaemonThreadFactory;

/**
 * N BatchEventProcessors that each take every N-th sequence, and one behind them all that takes the results in order: an event
 * passes the barrier when all of the N have passed it.
 */
final class DisruptorStage implements OrderedStage {
    private static final int RING = 512;
    /** Events published at once. */
    private static final int POLL = 64;

    private final Disruptor<Event> disruptor;
    private volatile long taken;
    private long sum;
    private int submitted;

    /** A job. */
    private static final class Event {
        private int job;
        private long result;
    }

    DisruptorStage(JobWork work, WaitStrategy wait) {
        disruptor = new Disruptor<>(Event::new, RING, DaemonThreadFactory.INSTANCE, ProducerType.SINGLE, wait);
        @SuppressWarnings({"unchecked", "rawtypes"})
        EventHandler<Event>[] workers = new EventHandler[WORKERS];
        for (int i = 0; i < WORKERS; i++) {
            int own = i;
            workers[i] = (event, sequence, endOfBatch) -> {
                if (sequence % WORKERS == own) {
                    event.result = work.run(event.job);
                }
            };
        }
        disruptor.handleEventsWith(workers).then(this::onResult);
        disruptor.start();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes.
    private void onResult(Event event, long sequence, boolean endOfBatch) {
        sum += event.result;
        taken++;
    }

    @Override
    public void batch(int jobs) {
        RingBuffer<Event> ring = disruptor.getRingBuffer();
        for (int left = jobs; left > 0; ) {
            int count = Math.min(left, POLL);
            long last = ring.next(count);
            for (long at = last - count + 1; at <= last; at++) {
                ring.get(at).job = submitted++;
            }
            ring.publish(last - count + 1, last);
            left -= count;
        }
    }

    @Override
    public long taken() {
        return taken;
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // There are more threads than a small machine has processors.
    public void close() {
        while (taken < submitted) {
            Thread.yield();
        }
        disruptor.halt();
        if (sum == Long.MIN_VALUE) {
            throw new IllegalStateException();
        }
    }
}
