package io.rxsim.workload.netty;

import io.rxsim.core.packet.FlowKey;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A bounded queue of steered packets from the softirq thread that polls an RX queue to the recorder. Full, it refuses: the softirq never waits for a disk. Slots are
 * made once.
 *
 * <p>Threads: one producer at a time, whoever polls the queue ({@link #claim}, {@link #publish}), one consumer ({@link #peek}, {@link #release}); {@link #refused} is any's.
 */
final class RecordRing {
    private static final VarHandle TAIL;
    private static final VarHandle HEAD;
    private static final VarHandle REFUSED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            TAIL = lookup.findVarHandle(RecordRing.class, "tail", long.class);
            HEAD = lookup.findVarHandle(RecordRing.class, "head", long.class);
            REFUSED = lookup.findVarHandle(RecordRing.class, "refused", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** One packet. */
    static final class Slot {
        FlowKey key;
        int flow;
        int direction;
        int sequence;
        int hash;
        int rssHash;
        int rxQueue;
        int payloadBytes;
        long arrivedNs;
        long decision;
        int cpu;
        int head;
        long tail;
    }

    private final Slot[] slots;
    private long tail;
    private long head;
    private long refused;

    /** An empty ring; {@code size} is a power of two. */
    RecordRing(int size) {
        slots = new Slot[size];
        for (int i = 0; i < size; i++) {
            slots[i] = new Slot();
        }
    }

    /** Producer: the next slot to fill, or null if all are full or there is nothing to say: that packet is counted. */
    Slot claim(boolean known) {
        // Pairs with release: what the consumer read from the slot is behind it.
        if (!known || tail - (long) HEAD.getAcquire(this) == slots.length) {
            REFUSED.setOpaque(this, refused + 1);
            return null;
        }
        return slots[(int) tail & slots.length - 1];
    }

    /** Producer: the claimed slot is filled. */
    void publish() {
        TAIL.setRelease(this, tail + 1);
    }

    /** Consumer: the oldest packet, or null. */
    Slot peek() {
        return (long) TAIL.getAcquire(this) == head ? null : slots[(int) head & slots.length - 1];
    }

    /** Consumer: the packet of {@link #peek} is dealt with. */
    void release() {
        HEAD.setRelease(this, head + 1);
    }

    /** Packets that found it full; any thread. */
    long refused() {
        return (long) REFUSED.getOpaque(this);
    }
}
