package io.rxsim.core.live;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;

/**
 * A bounded queue of packets with many producers and one consumer: a multi-producer Disruptor ring, and the limit that the
 * kernel's queues have, which is any number, not a power of two.
 *
 * <p>Limit and claim are one atomic step, a compare-and-set on the last sequence claimed, which is ours and not the ring's cursor:
 * {@link RingBuffer#next()} knows no limit but the ring's size, and would be a second atomic step. The ring is made larger than what
 * the limit lets in and the consumer has not released, so that a claim never has to wait for a slot. A packet's number is its
 * claimed sequence; a claimed slot that is not published yet is a gap, at which the consumer stops.
 */
final class PacketRing<M> {
    /** {@link #claim}: the queue was at its limit. */
    static final long REFUSED = -1;

    private final RingBuffer<LivePacket<M>> ring;
    private final Sequence claimed = new Sequence();
    private final Sequence head = new Sequence();

    /** An empty ring of at least {@code slots} slots, rounded up to a power of two; no other capacity exists. */
    PacketRing(long slots) {
        int size = Math.toIntExact(Long.highestOneBit(Math.max(2, slots) - 1) << 1);
        ring = RingBuffer.createMultiProducer(LivePacket::new, size, new BusySpinWaitStrategy());
    }

    /** Slots. */
    int size() {
        return ring.getBufferSize();
    }

    /**
     * Producer: accepts one packet if at most {@code max} packets (unsigned) lie behind {@code floor}, and claims its slot.
     *
     * @param floor the sequence of the last packet that does not count any more; only grows
     * @return the claimed sequence, or {@link #REFUSED}
     */
    long claim(Sequence floor, int max) {
        long taken = floor.get();
        while (true) {
            // Read after floor: packets behind floor were claimed before it grew, so the difference is never negative.
            long last = claimed.get();
            if (Long.compareUnsigned(last - taken, Integer.toUnsignedLong(max)) <= 0) {
                if (claimed.compareAndSet(last, last + 1)) {
                    assert last + 1 - head.get() <= ring.getBufferSize() : "no free slot";
                    return last + 1;
                }
            } else {
                // Refused only if the floor stood still in between: then the queue was at its limit at that moment.
                long now = floor.get();
                if (now == taken) {
                    return REFUSED;
                }
                taken = now;
            }
        }
    }

    /** The slot of a claimed or published sequence. */
    LivePacket<M> slot(long sequence) {
        return ring.get(sequence);
    }

    /** Producer: the slot is filled. Pairs with {@link #isPublished}. */
    void publish(long sequence) {
        ring.publish(sequence);
    }

    /** Consumer: whether the slot of a sequence is filled. */
    boolean isPublished(long sequence) {
        return ring.isAvailable(sequence);
    }

    /** Consumer: everything up to a sequence may be overwritten. Pairs with {@link #head}. */
    void release(long sequence) {
        head.set(sequence);
    }

    /** The last released sequence; what the consumer did before is visible to who reads it. */
    Sequence head() {
        return head;
    }

    /** The last sequence claimed by anybody. */
    long claimed() {
        return claimed.get();
    }

    /** Packets accepted and not released; any thread, exact when nobody is at work. */
    long length() {
        long released = head.get();
        return claimed.get() - released;
    }
}
