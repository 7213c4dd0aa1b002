package io.rxsim.core.live;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;

/**
 * A bounded queue of packets with many producers and one consumer: a multi-producer Disruptor ring, and the limit that the
 * kernel's queues have, which is any number, not a power of two.
 *
 * <p>Limit and claim are one atomic step: a producer counts itself in by compare-and-set on <em>accepted</em>, and only then
 * claims a slot. The ring is larger than what the limit lets in and the consumer has not released, so that a claim never waits.
 * A packet's number is its claimed sequence; a claimed slot that is not published yet is a gap, at which the consumer stops.
 */
final class PacketRing<M> {
    /** {@link #claim}: the queue was at its limit. */
    static final long REFUSED = -1;

    private final RingBuffer<LivePacket<M>> ring;
    private final Sequence accepted = new Sequence();
    private final Sequence head = new Sequence();

    /** An empty ring of at least {@code slots} slots, rounded up to a power of two; no other capacity exists. */
    PacketRing(long slots) {
        int size = Math.toIntExact(Long.highestOneBit(Math.max(2, slots) - 1) << 1);
        ring = RingBuffer.createMultiProducer(LivePacket::new, size, new BusySpinWaitStrategy());
        ring.addGatingSequences(head);
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
            // Read after floor: packets behind floor were accepted before it grew, so the difference is never negative.
            long last = accepted.get();
            if (Long.compareUnsigned(last - taken, Integer.toUnsignedLong(max)) <= 0) {
                if (accepted.compareAndSet(last, last + 1)) {
                    return ring.next();
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
        return ring.getCursor();
    }

    /** Packets accepted and not released; any thread, exact when nobody is at work. */
    long length() {
        long released = head.get();
        return accepted.get() - released;
    }
}
