package io.rxsim.core.virtual;

/** A queue of packets, linked through {@link PacketPool#next}; splicing two is one step, as for the kernel's sk_buff lists. */
final class PacketFifo {
    private final PacketPool pool;
    private int head = PacketPool.NONE;
    private int tail = PacketPool.NONE;
    private int length;

    PacketFifo(PacketPool pool) {
        this.pool = pool;
    }

    int length() {
        return length;
    }

    boolean isEmpty() {
        return length == 0;
    }

    void add(int packet) {
        pool.next[packet] = PacketPool.NONE;
        if (length++ == 0) {
            head = packet;
        } else {
            pool.next[tail] = packet;
        }
        tail = packet;
    }

    int remove() {
        final int packet = head;
        head = pool.next[packet];
        length--;
        return packet;
    }

    /** Moves everything to an empty queue. */
    void spliceTo(PacketFifo empty) {
        empty.head = head;
        empty.tail = tail;
        empty.length = length;
        length = 0;
    }
}
