package io.rxsim.core.padata.live;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import io.rxsim.core.padata.PadataWork;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Works that wait, in the order in which they were queued: a Disruptor ring with many producers, taken from by whoever comes
 * first.
 *
 * <p>A work is in the ring once at most, so the ring holds as many as there are. Should there be more than it has room for, the
 * rest waits in a list: whoever queues a work may be the very thread that would have to make room, so queueing never blocks.
 */
final class WorkRing {
    private final RingBuffer<Entry> ring;
    /** Last entry taken; the ring overwrites none behind it. */
    private final Sequence taken = new Sequence();

    private final Queue<PadataWork> overflow = new ConcurrentLinkedQueue<>();

    /** A place in the ring. */
    private static final class Entry {
        private PadataWork work;
    }

    /** A ring with room for {@code size} works, a power of two. */
    WorkRing(int size) {
        ring = RingBuffer.createMultiProducer(Entry::new, size);
        ring.addGatingSequences(taken);
    }

    /** Appends a work; any thread. */
    void add(PadataWork work) {
        long at;
        try {
            at = ring.tryNext();
        } catch (InsufficientCapacityException full) {
            overflow.add(work);
            return;
        }
        ring.get(at).work = work;
        ring.publish(at);
    }

    /** Takes the first work, or null; any thread. */
    PadataWork poll() {
        while (true) {
            long last = taken.get();
            long next = last + 1;
            if (!ring.isAvailable(next)) {
                // Taken by another meanwhile, or not there.
                if (taken.get() == last) {
                    return overflow.isEmpty() ? null : overflow.poll();
                }
                continue;
            }
            // Read before it is taken: until then no producer can write here.
            PadataWork work = ring.get(next).work;
            if (taken.compareAndSet(last, next)) {
                return work;
            }
        }
    }

    /**
     * Takes the first works at once, a share of those that wait: every {@code takers}-th, rounded up, and no more than there is
     * room for.
     *
     * @return how many
     */
    int poll(PadataWork[] into, int takers) {
        while (true) {
            long last = taken.get();
            int waiting = waiting(last, into.length * takers);
            if (waiting == 0) {
                if (taken.get() != last) {
                    continue;
                }
                into[0] = overflow.isEmpty() ? null : overflow.poll();
                return into[0] == null ? 0 : 1;
            }
            int share = (waiting + takers - 1) / takers;
            for (int i = 0; i < share; i++) {
                // Read before they are taken, as above.
                into[i] = ring.get(last + 1 + i).work;
            }
            if (taken.compareAndSet(last, last + share)) {
                return share;
            }
        }
    }

    private int waiting(long last, int atMost) {
        int count = 0;
        while (count < atMost && ring.isAvailable(last + 1 + count)) {
            count++;
        }
        return count;
    }

    /** Whether nothing waits. */
    boolean isEmpty() {
        return !ring.isAvailable(taken.get() + 1) && overflow.isEmpty();
    }
}
