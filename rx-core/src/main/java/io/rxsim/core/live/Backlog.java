package io.rxsim.core.live;

import com.lmax.disruptor.Sequence;

/**
 * The backlog of one CPU ({@code softnet_data.input_pkt_queue} and {@code process_queue}, net/core/dev.c) as one ring with two
 * sequences of its consumer: behind <em>spliced</em> lies the input queue, between it and <em>head</em> what the CPU works on.
 *
 * <p>RFS needs nothing else: input_queue_tail of a packet is its claimed sequence + 1, input_queue_head is the head's + 1, and
 * "drained" compares the two. Any softirq thread appends; the CPU's own thread takes.
 */
final class Backlog<M> {
    /** Largest netdev_max_backlog: the ring of a CPU is then 262,144 slots. */
    static final int MAX_LIMIT = 65_535;

    final NapiState napi = new NapiState();
    private final PacketRing<M> ring;
    private final Sequence spliced = new Sequence();
    private final int startCount;
    private int limit;
    private int largestLimit;
    /** Owner, plain: the last sequence it has processed. Padded, since appenders read the fields beside it. */
    private final PaddedLong taken = new PaddedLong(-1);
    /** Owner, plain: the same as {@link #spliced}. */
    private final PaddedLong takenOver = new PaddedLong(-1);
    /** Longest the input queue has been when it was spliced; gaps not counted. */
    private long longestInput;

    /**
     * An empty backlog.
     *
     * @param limit netdev_max_backlog
     * @param largestLimit the largest that will be set; sizes the ring
     * @param weight packets a poll may process before it releases them
     * @param startCount where head and tail start to count
     */
    Backlog(int limit, int largestLimit, int weight, int startCount) {
        this.limit = limit;
        this.largestLimit = limit;
        this.startCount = startCount;
        // The input queue, the batch that was spliced before it, and what the running poll has processed but not
        // released.
        this.ring = new PacketRing<>(2L * (largestLimit + 1) + weight);
    }

    /** While the machine is stopped. */
    void limit(int packets) {
        limit = packets;
        largestLimit = Math.max(largestLimit, packets);
    }

    int limit() {
        return limit;
    }

    int slots() {
        return ring.size();
    }

    /** Any softirq thread: a slot, or {@link PacketRing#REFUSED}. */
    long claim() {
        return ring.claim(spliced, limit);
    }

    LivePacket<M> slot(long sequence) {
        return ring.slot(sequence);
    }

    void publish(long sequence) {
        ring.publish(sequence);
    }

    /** input_queue_tail just past the packet of a claimed sequence, u32. */
    int qtail(long sequence) {
        return (int) sequence + 1 + startCount;
    }

    /** Packets of the input queue, gaps included; any softirq thread. */
    int inputLength() {
        long behind = spliced.get();
        // Read after spliced, so that it is never less.
        return (int) (ring.claimed() - behind);
    }

    /** input_queue_head, u32; acquire, pairs with {@link #releaseProcessed}. */
    int inputQueueHead() {
        return (int) ring.head().get() + 1 + startCount;
    }

    /** input_queue_tail, u32. */
    int inputQueueTail() {
        return (int) ring.claimed() + 1 + startCount;
    }

    /** Owner: the next packet of the process queue, or null if it is empty. */
    LivePacket<M> next() {
        long sequence = taken.plain();
        if (sequence == takenOver.plain()) {
            return null;
        }
        taken.plain(sequence + 1);
        return ring.slot(sequence + 1);
    }

    /** Owner: the packet last given by {@link #next} was not processed and stays queued. */
    void putBack() {
        taken.plain(taken.plain() - 1);
    }

    /** Owner: takes over all that is published, up to the first gap; how many packets that is. */
    int splice() {
        long before = takenOver.plain();
        long last = before;
        while (ring.isPublished(last + 1)) {
            last++;
        }
        int length = (int) (last - before);
        if (length > 0) {
            longestInput = Math.max(longestInput, length);
            takenOver.plain(last);
            spliced.set(last);
        }
        return length;
    }

    /** Owner: whether something is published that was not spliced. */
    boolean hasInput() {
        return ring.isPublished(takenOver.plain() + 1);
    }

    /** Owner: head becomes what was processed. Everything done with those packets is visible to who reads the head. */
    void releaseProcessed() {
        ring.release(taken.plain());
    }

    /** Packets accepted so far, when nobody is at work. */
    long accepted() {
        return ring.claimed() + 1;
    }

    /** The largest limit so far. */
    int largestLimit() {
        return largestLimit;
    }

    /** Packets accepted and not processed; any thread. */
    long length() {
        return ring.length();
    }

    /** Owner, or after it ended. */
    long longestInput() {
        return longestInput;
    }
}
