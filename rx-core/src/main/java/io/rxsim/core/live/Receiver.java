package io.rxsim.core.live;

import io.rxsim.core.run.OrderAudit;
import io.rxsim.core.run.OrderResult;
import io.rxsim.core.softnet.DropReason;
import io.rxsim.core.softnet.SocketFlowHash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.BooleanSupplier;

/**
 * An application thread as steering sees it: it runs on a simulated CPU, has sockets as an epoll set has them, and records its
 * CPU at every receive call, so that RFS brings its flows there.
 *
 * <p>It is driven by any Java thread, one at a time: by the program's own ({@link #receive}, {@link #await}), or by one that the
 * engine starts ({@link LiveHost#start(Receiver, Handler, LiveWait)}). Another thread may take over when the first has let go with a
 * happens-before edge (a queue, a lock, an executor); the order of every flow stays. {@link #moveTo} is for any thread at any time.
 *
 * <p>One receive call takes up to {@link #BATCH} packets of a socket and records once, as recvmmsg does.
 *
 * @param <M> what packets carry
 */
public final class Receiver<M> {
    /** Packets of one socket taken at a time, before its next one has its turn. */
    public static final int BATCH = 64;

    private static final VarHandle READY;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            READY = lookup.findVarHandle(Receiver.class, "ready", LiveSocket.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** What an application does with a packet. */
    @FunctionalInterface
    public interface Handler<M> {
        /**
         * A packet, on the thread that drives the receiver; valid until this returns. An exception counts as this handler's failure
         * and is reported with the packet's flow; the packet counts as delivered, and the next one follows.
         */
        void onPacket(LivePacket<M> packet);
    }

    final Doze doze = new Doze();
    final GroupTimes times = new GroupTimes();
    private final int number;
    private final LiveHost<M> host;
    private final OrderAudit audit = new OrderAudit();
    private final OrderAudit.Seen seen = new OrderAudit.Seen();
    private final BooleanSupplier hasWork = this::hasWork;
    private final PaddedLong delivered = new PaddedLong(0);
    private final PaddedLong noSocket = new PaddedLong(0);
    private final PaddedLong failures = new PaddedLong(0);
    private volatile String firstFailure;
    /** Sockets that became readable, last first; any softirq thread pushes. Through {@link #READY} only. */
    LiveSocket<M> ready;

    /** Opaque; padded, since softirq threads read it for every packet. */
    private final PaddedLong cpu;
    /** Driver: sockets taken from {@link #ready}, in order. */
    private LiveSocket<M> first;

    private LiveSocket<M> last;

    Receiver(int number, int cpu, LiveHost<M> host) {
        this.number = number;
        this.cpu = new PaddedLong(cpu);
        this.host = host;
    }

    /** Its number. */
    public int number() {
        return number;
    }

    /** The simulated CPU it runs on; any thread. */
    public int cpu() {
        return (int) cpu.opaque();
    }

    /** The scheduler moves it to another simulated CPU, which its next receive call records; any thread. */
    public void moveTo(int target) {
        host.requireCpu(target);
        cpu.opaque(target);
        host.onMoved();
    }

    /**
     * Opens a socket that holds at most {@code capacity} packets; any thread.
     *
     * @param capacity 1 to 65536
     */
    public LiveSocket<M> open(int capacity) {
        return host.open(this, capacity);
    }

    /** Driver: takes packets that are there, up to {@code max}; how many. Never waits. */
    public int receive(Handler<M> handler, int max) {
        times.times.onLook();
        int done = 0;
        while (done < max) {
            if (first == null && !takeReady()) {
                break;
            }
            LiveSocket<M> socket = first;
            done += receiveFrom(socket, handler, Math.min(BATCH, max - done));
            removeFirst();
            if (socket.hasPacket()) {
                append(socket);
            } else {
                socket.ready.complete();
                // A packet published before this look found SCHED set and announced nothing.
                if (socket.hasPacket() && socket.ready.list()) {
                    append(socket);
                }
            }
        }
        return done;
    }

    /** Driver: waits until a packet is there, or about {@code nanos} nanoseconds. */
    public void await(long nanos) {
        doze.owner(Thread.currentThread());
        doze.idle(LiveWait.BLOCK, hasWork, Math.max(1, nanos));
    }

    /** Packets that handlers got; any thread. */
    public long delivered() {
        return delivered.opaque();
    }

    /** Calls of handlers that threw; any thread. */
    public long failures() {
        return failures.opaque();
    }

    /** The first of them in words, or null; any thread. */
    public String firstFailure() {
        return firstFailure;
    }

    private int receiveFrom(LiveSocket<M> socket, Handler<M> handler, int max) {
        if (socket.isClosed()) {
            return dropAll(socket);
        }
        socket.onReceive(host.policy(), cpu());
        int done = 0;
        times.begin(host.nowNs());
        try {
            while (done < max && socket.hasPacket()) {
                LivePacket<M> packet = socket.take();
                done++;
                handle(packet, handler);
                packet.forget();
                if (times.isFull()) {
                    times.end(host.nowNs());
                }
            }
        } finally {
            times.end(host.nowNs());
            socket.release();
            delivered.opaque(delivered.plain() + done);
        }
        return done;
    }

    private void handle(LivePacket<M> packet, Handler<M> handler) {
        audit(packet);
        times.onPacket(packet);
        try {
            handler.onPacket(packet);
        } catch (RuntimeException | StackOverflowError | AssertionError thrown) {
            if (failures.plain() == 0) {
                firstFailure = "receiver " + number + " on CPU " + cpu() + ": handler failed on flow " + packet.flow
                        + " packet " + packet.sequence + ": " + thrown;
            }
            failures.opaque(failures.plain() + 1);
        }
    }

    private void audit(LivePacket<M> packet) {
        while (audit.epoch() < packet.tables) {
            audit.onSteeringChanged(host.endOfTables(audit.epoch()));
        }
        seen.epoch = packet.tables;
        seen.flow = packet.flow;
        seen.direction = packet.direction;
        seen.sequence = packet.sequence;
        seen.hash = packet.hash;
        seen.rxQueue = packet.rxQueue;
        seen.decision = packet.decision;
        seen.beforeEntry = packet.beforeEntry;
        seen.nowNs = packet.processedNs;
        audit.onProcessed(seen);
    }

    private int dropAll(LiveSocket<M> socket) {
        int done = 0;
        while (socket.hasPacket()) {
            LivePacket<M> packet = socket.take();
            host.onDropped(packet, DropReason.NO_SOCKET);
            packet.forget();
            done++;
        }
        socket.release();
        noSocket.opaque(noSocket.plain() + done);
        return done;
    }

    void record(LiveSocket<M> socket) {
        socket.record(host.policy(), cpu());
    }

    void onClosed(LiveSocket<M> socket) {
        int hash = socket.rxHash();
        if (hash != SocketFlowHash.NO_HASH) {
            host.policy().onClosed(hash);
        }
        host.onClosed(socket);
        if (socket.ready.list()) {
            append(socket);
        }
    }

    /** Softirq thread, after a full fence: the socket has a packet; wakes the driver if nobody has told it. */
    void announce(LiveSocket<M> socket) {
        if (socket.ready.raise()) {
            LiveSocket<M> before = (LiveSocket<M>) READY.getOpaque(this);
            while (true) {
                socket.nextReady = before;
                // Release: the driver that takes the list sees the link. Volatile, since the sleeper's state is read
                // next.
                LiveSocket<M> witness = (LiveSocket<M>) READY.compareAndExchange(this, before, socket);
                if (witness == before) {
                    break;
                }
                before = witness;
            }
            doze.wake();
        }
    }

    /** Takes the sockets that became readable, in that order; false if there are none. */
    private boolean takeReady() {
        if (READY.getOpaque(this) == null) {
            return false;
        }
        LiveSocket<M> next = (LiveSocket<M>) READY.getAndSet(this, null);
        LiveSocket<M> reversed = null;
        last = next;
        while (next != null) {
            LiveSocket<M> following = next.nextReady;
            next.nextReady = reversed;
            reversed = next;
            next.ready.take();
            next = following;
        }
        first = reversed;
        return true;
    }

    private void removeFirst() {
        LiveSocket<M> socket = first;
        first = socket.nextReady;
        socket.nextReady = null;
        if (first == null) {
            last = null;
        }
    }

    private void append(LiveSocket<M> socket) {
        if (first == null) {
            first = socket;
        } else {
            last.nextReady = socket;
        }
        last = socket;
    }

    /** Volatile, for the look before sleeping. */
    boolean hasWork() {
        return first != null || READY.getVolatile(this) != null || times.times.isRequested() || host.isStopping();
    }

    BooleanSupplier work() {
        return hasWork;
    }

    long droppedNoSocket() {
        return noSocket.opaque();
    }

    /** When the driver has ended. */
    OrderResult order() {
        return audit.result();
    }
}
