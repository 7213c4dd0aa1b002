package io.rxsim.core.live;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import java.lang.invoke.VarHandle;

/**
 * One RX queue of the live NIC: a single-producer Disruptor ring of descriptors, and the interrupt of its NAPI instance.
 *
 * <pre>{@code
 * LivePacket<M> packet = queue.next();
 * if (packet == null) { queue.dropped(1); return; }
 * packet.flow = ...; packet.hash = ...; packet.message = ...; packet.socket = ...; packet.arrivedNs = System.nanoTime();
 * queue.publish();
 * queue.interrupt();   // once per batch
 * }</pre>
 *
 * <p>Threads: one producer, the same thread for the life of the queue, calls everything public here but the counters. When the
 * host stops, {@link #next} gives null; a packet that is being filled in is waited for.
 *
 * @param <M> what packets carry
 */
public final class RxQueue<M> {
    final NapiState napi = new NapiState();
    private final int number;
    private final LiveHost<M> host;
    private final RingBuffer<LivePacket<M>> ring;
    /** The softirq's sequence; gates the producer. */
    private final Sequence released = new Sequence();

    private final PaddedLong received = new PaddedLong(0);
    private final PaddedLong dropped = new PaddedLong(0);
    /** The CPU on whose poll list the instance is or was last; written by who lists it, read while the machine is stopped. */
    int listedOn = -1;
    /** Written while the machine is stopped, read by the producer after {@link NapiState#raise}. */
    private volatile SoftirqThread<M> owner;
    /** Producer, plain: the claimed slot, or -1. Padded, as is what the poller writes. */
    private final PaddedLong claimed = new PaddedLong(-1);
    /** Poller, plain: the last sequence taken off. */
    private final PaddedLong taken = new PaddedLong(-1);

    RxQueue(int number, int descriptors, LiveHost<M> host) {
        this.number = number;
        this.host = host;
        int size = Integer.highestOneBit(Math.max(2, descriptors) - 1) << 1;
        ring = RingBuffer.createSingleProducer(LivePacket::new, size, new BusySpinWaitStrategy());
        ring.addGatingSequences(released);
    }

    /** Its number. */
    public int number() {
        return number;
    }

    /** Descriptors of the ring: the configured number, rounded up to a power of two. */
    public int descriptors() {
        return ring.getBufferSize();
    }

    /**
     * The next slot to fill; its fields are those of an earlier packet. Asked twice without {@link #publish} it gives the same.
     *
     * @return null if the ring is full or the host is stopping: the producer waits, or counts a loss with {@link #dropped(int)}
     */
    public LivePacket<M> next() {
        if (claimed.plain() < 0) {
            if (!host.isAccepting() || !ring.hasAvailableCapacity(1)) {
                return null;
            }
            // Opaque, so that stop() sees that a packet is being filled in.
            claimed.opaque(ring.next());
        }
        return ring.get(claimed.plain());
    }

    /** Hands the slot of {@link #next} to the softirq; {@link #interrupt} must follow, at the latest after the batch. */
    public void publish() {
        ring.get(claimed.plain()).rxQueue = number;
        ring.publish(claimed.plain());
        claimed.opaque(-1);
        received.opaque(received.plain() + 1);
    }

    /** Interrupts the CPU of this queue unless it is polling already; it learns of all that was published before. */
    public void interrupt() {
        // Pairs with NapiState.complete(): the polling CPU sees the packets, or this call sees SCHED clear.
        VarHandle.fullFence();
        if (napi.raise()) {
            owner.doze.wake();
        }
    }

    /** The producer gave up on packets because the ring was full; they count as {@code RX_RING} drops. */
    public void dropped(int packets) {
        dropped.opaque(dropped.plain() + packets);
    }

    /** Packets published so far; any thread. */
    public long received() {
        return received.opaque();
    }

    /** Packets given up so far; any thread. */
    public long dropped() {
        return dropped.opaque();
    }

    /** Whether the producer has a slot that it has not published; any thread. */
    boolean isFilling() {
        return claimed.opaque() >= 0;
    }

    /** Packets published and not taken off yet; any thread. */
    public long length() {
        long releasedNow = released.get();
        return ring.getCursor() - releasedNow;
    }

    void owner(SoftirqThread<M> softirq) {
        owner = softirq;
    }

    /** Poller, who holds SCHED: how many packets a poll may take now. */
    int available(int weight) {
        return (int) Math.min(weight, ring.getCursor() - taken.plain());
    }

    /** Poller: the next packet; there must be one. */
    LivePacket<M> take() {
        long sequence = taken.plain() + 1;
        taken.plain(sequence);
        return ring.get(sequence);
    }

    /** Poller: the packet last taken was not handled and stays in the ring. */
    void putBack() {
        taken.plain(taken.plain() - 1);
    }

    /** Poller: what was taken is handled, its descriptors may be filled again. */
    void refill() {
        released.set(taken.plain());
    }
}
