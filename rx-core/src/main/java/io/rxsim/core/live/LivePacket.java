package io.rxsim.core.live;

/**
 * One packet in a ring of the live engine. Slots are reused: read a packet within the call that gives it, copy what is to be kept.
 *
 * <p>Plain fields: a slot belongs to one thread at a time, and the ring's sequences hand it on. A producer fills the fields
 * of {@link RxQueue#next}; a {@link Receiver.Handler} reads them.
 *
 * @param <M> what the packet carries
 */
public final class LivePacket<M> {
    /** Producer: dense number of the flow, from 0; the order audit keeps a row per flow. */
    public int flow;
    /** Producer: which direction of the flow, 0 or 1. */
    public int direction;
    /** Producer: number of this packet in its direction of its flow, from 0. */
    public int sequence;
    /** Producer: the flow hash, u32, well mixed in all bits; 0 is none, such a packet is not steered. */
    public int hash;
    /** Producer: length in bytes. */
    public int lengthBytes;
    /** Producer: when it arrived, in nanoseconds of {@link System#nanoTime}; latencies count from here. */
    public long arrivedNs;
    /** Producer: what is carried, or null. The engine forgets it when the packet leaves. */
    public M message;
    /** Producer: who receives it; null ends the packet, counted as delivered, with protocol processing. */
    public LiveSocket<M> socket;

    /** Engine: the RX queue it came over. */
    int rxQueue;
    /** Engine: packed {@link io.rxsim.core.steer.Decision}. */
    long decision;
    /** Engine: generation of tables and masks under which it was decided. */
    int tables;
    /** Engine: whether its socket had never been received from when it was steered. */
    boolean beforeEntry;
    /** Engine: whether it was taken from a dead CPU's backlog and steered again. */
    boolean reinjected;
    /** Engine: when the softirq took it off the RX ring. */
    long takenNs;
    /** Engine: when its protocol processing began. */
    long processedNs;

    LivePacket() {}

    /** The RX queue it came over. */
    public int rxQueue() {
        return rxQueue;
    }

    /** How it was steered: a packed {@link io.rxsim.core.steer.Decision}. */
    public long decision() {
        return decision;
    }

    void copyFrom(LivePacket<M> other) {
        flow = other.flow;
        direction = other.direction;
        sequence = other.sequence;
        hash = other.hash;
        lengthBytes = other.lengthBytes;
        arrivedNs = other.arrivedNs;
        message = other.message;
        socket = other.socket;
        rxQueue = other.rxQueue;
        decision = other.decision;
        tables = other.tables;
        beforeEntry = other.beforeEntry;
        reinjected = other.reinjected;
        takenNs = other.takenNs;
        processedNs = other.processedNs;
    }

    /** Lets go of what the packet carried. */
    void forget() {
        message = null;
        socket = null;
    }
}
