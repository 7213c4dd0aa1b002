package io.rxsim.core.live;

import com.lmax.disruptor.Sequence;
import io.rxsim.core.softnet.SocketFlowHash;
import io.rxsim.core.steer.SteeringPolicy;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A socket's receive queue, bounded, between the softirq threads that append to it and the one receiver it belongs to.
 *
 * <p>It keeps the flow hash of the last packet handed to it ({@code sk_rxhash}, include/net/sock.h), under which its receiver
 * records its CPU. Every socket learns the hash of every packet, as TCP and connected UDP do ({@link SocketFlowHash} states the
 * rule; here the word is shared, since softirq threads write it while the receiver reads it).
 *
 * <p>Threads: {@link #onSend}, {@link #close} by the thread that drives the receiver; counters by any.
 *
 * @param <M> what packets carry
 */
public final class LiveSocket<M> {
    private static final VarHandle RECORDED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            RECORDED = lookup.findVarHandle(LiveSocket.class, "recorded", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Whether it is on its receiver's ready list; the same protocol as a NAPI instance. */
    final NapiState ready = new NapiState();
    /** Link of the ready list; belongs to whoever holds the list. */
    LiveSocket<M> nextReady;

    private final Receiver<M> receiver;
    private final PacketRing<M> ring;
    private final int capacity;
    /** sk_rxhash, opaque; padded, since it may change with every packet. */
    private final PaddedLong rxHash = new PaddedLong(SocketFlowHash.NO_HASH);

    private boolean recorded;
    private volatile boolean closed;
    /** Receiver, plain: the last sequence it has taken. */
    private final PaddedLong taken = new PaddedLong(-1);

    LiveSocket(Receiver<M> receiver, int capacity) {
        this.receiver = receiver;
        this.capacity = capacity;
        // What the receiver took in the running batch counts until the batch is released, as it does for the limit.
        this.ring = new PacketRing<>(capacity);
    }

    /** Who receives from it. */
    public Receiver<M> receiver() {
        return receiver;
    }

    /** Packets it holds at most; more are dropped ({@code SOCKET_RCVBUFF}). */
    public int capacity() {
        return capacity;
    }

    /** Packets it holds now; any thread. */
    public long length() {
        return ring.length();
    }

    /** The owner answers on this socket: its CPU is recorded as sendmsg does. */
    public void onSend() {
        receiver.record(this);
    }

    /** Ends it: its entry is emptied, and packets that are queued or still come are dropped ({@code NO_SOCKET}). */
    public void close() {
        if (!closed) {
            closed = true;
            receiver.onClosed(this);
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Softirq thread: whether the receiver has received from it before. Acquire, pairs with {@link #onReceive}. */
    boolean isRecorded() {
        return (boolean) RECORDED.getAcquire(this);
    }

    /** Receiver: receives on a CPU, which goes into the policy's table; {@link #isRecorded} after that. */
    void onReceive(SteeringPolicy policy, int cpu) {
        record(policy, cpu);
        if (!recorded) {
            RECORDED.setRelease(this, true);
        }
    }

    /** Receiver: puts its CPU into the policy's table. */
    void record(SteeringPolicy policy, int cpu) {
        int hash = rxHash();
        if (hash != SocketFlowHash.NO_HASH) {
            policy.onConsumed(hash, cpu);
        }
    }

    int rxHash() {
        return (int) rxHash.opaque();
    }

    /** Softirq thread: a packet of this hash was handed over; the hash before it. */
    int learn(int hash) {
        int known = rxHash();
        if (known != hash) {
            rxHash.opaque(hash);
        }
        return known;
    }

    /** Softirq thread: appends a packet; false if the queue is full. */
    boolean enqueue(LivePacket<M> packet) {
        long sequence = ring.claim(ring.head(), capacity - 1);
        if (sequence == PacketRing.REFUSED) {
            return false;
        }
        ring.slot(sequence).copyFrom(packet);
        ring.publish(sequence);
        return true;
    }

    /** Receiver: whether there is a packet to take. */
    boolean hasPacket() {
        return ring.isPublished(taken.plain() + 1);
    }

    /** Receiver: the packet that is there. */
    LivePacket<M> take() {
        long sequence = taken.plain() + 1;
        taken.plain(sequence);
        return ring.slot(sequence);
    }

    /** Receiver: what was taken has been dealt with. */
    void release() {
        ring.release(taken.plain());
    }

    Sequence head() {
        return ring.head();
    }
}
