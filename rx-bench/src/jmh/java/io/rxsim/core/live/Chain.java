package io.rxsim.core.live;

/** A way for packets from one thread through three rings to another: RX ring, backlog, socket queue. One producer. */
interface Chain extends AutoCloseable {
    /** Packets of each ring, all of which are powers of two. */
    int RX_RING = 1024;

    /** Packets inside at once: the producer waits for the last thread beyond that, so that no ring is ever full. */
    int WINDOW = 1024;

    /** Flows, taken in turn. */
    int FLOWS = 1000;

    /** Sends one packet; there is room. */
    void send(int flow, int sequence, long nowNs);

    /** The packets sent so far must be seen. */
    void flush();

    /** A chain without threads of its own: its stages have their turn on the caller's. */
    default void work() {
        // Threads work by themselves.
    }

    /** Packets that came out at the end. */
    long delivered();

    @Override
    void close();
}
