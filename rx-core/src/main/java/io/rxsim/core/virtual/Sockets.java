package io.rxsim.core.virtual;

import io.rxsim.core.kernel.Rule;
import io.rxsim.core.run.Application;
import io.rxsim.core.run.Placement;
import io.rxsim.core.run.Scenario;
import io.rxsim.core.run.ThreadPlacement;
import io.rxsim.core.softnet.SkbTruesize;
import io.rxsim.core.softnet.SocketFlowHash;
import io.rxsim.core.steer.SteeringPolicy;
import io.rxsim.core.table.IntColumn;
import io.rxsim.core.table.IntRows;

/**
 * The sockets of all connections and the threads that read them.
 *
 * <p>A connection has a socket per direction (both ends of a captured connection are taken to live on this host): each with its
 * own flow hash and its own receive buffer, counted in truesize. It has one thread, made with its first payload, which reads
 * both in order of arrival; or it shares a pool of threads, each with an epoll set of its own. A thread is named by the first
 * flow it serves, and its state is in that flow's row.
 *
 * <p>Accepting follows {@code __udp_enqueue_schedule_skb} (net/ipv4/udp.c, 6.18): a packet is refused when the buffer would
 * exceed its bound, unless the queue is empty. Deviations: every socket learns the hash of every packet, as TCP and connected
 * UDP do; TCP sockets are held to the same rule, since a captured sender does
 * not see the modelled window. One thread.
 */
final class Sockets implements Placement {
    /** Thread states. */
    static final int NO_THREAD = 0;

    static final int SLEEPING = 1;
    static final int RUNNABLE = 2;
    static final int RUNNING = 3;

    private static final int STATE_MASK = 0b11;
    private static final int RECORDED_SHIFT = 2;
    private static final int CPU_BITS = 13;
    private static final int CPU_MASK = (1 << CPU_BITS) - 1;
    /** CPU of the thread plus one. */
    private static final int THREAD_CPU_SHIFT = 4;
    /** CPU that touched the socket's lines last, plus one. */
    private static final int LINES_CPU_SHIFT = THREAD_CPU_SHIFT + CPU_BITS;

    private final PacketPool pool;
    private final IntRows rows;
    private final FlowRows flowRows;
    private final ThreadPlacement placement;
    private final SteeringPolicy policy;
    private final int rcvbufBytes;
    private final boolean hashChangeEmptiesEntry;
    private final int poolThreads;
    private final SocketFlowHash[] flowHash;
    /** CPU that a thread ran on last, plus one. */
    private final IntColumn ranOn = new IntColumn(0);

    private int threads;
    private long threadMoves;

    Sockets(PacketPool pool, FlowRows flowRows, Scenario scenario, ThreadPlacement placement, SteeringPolicy policy) {
        this.pool = pool;
        this.flowRows = flowRows;
        this.rows = flowRows.flow;
        this.placement = placement;
        this.policy = policy;
        this.rcvbufBytes = scenario.load().application().rcvbufBytes();
        this.poolThreads = scenario.load().application().server().threads();
        this.hashChangeEmptiesEntry = scenario.machine().rules().has(Rule.HASH_CHANGE_EMPTIES_ENTRY);
        this.flowHash = new SocketFlowHash[] {
            new SocketFlowHash(flowRows.rows(0), FlowRows.socketHash(0)),
            new SocketFlowHash(flowRows.rows(1), FlowRows.socketHash(1))
        };
    }

    private static int bits(int meta, int shift, int mask) {
        return meta >>> shift & mask;
    }

    private static int with(int meta, int shift, int mask, int value) {
        return meta & ~(mask << shift) | value << shift;
    }

    private int meta(int flow) {
        return rows.page(flow)[rows.at(flow) + FlowRows.META];
    }

    private void meta(int flow, int shift, int mask, int value) {
        final int[] page = rows.page(flow);
        final int at = rows.at(flow) + FlowRows.META;
        page[at] = with(page[at], shift, mask, value);
    }

    /** A packet of a flow arrives at the NIC; returns whether the flow's number now names a new connection. */
    boolean onArrived(int flow, int generation) {
        if (rows.get(flow, FlowRows.GENERATION) == generation) {
            return false;
        }
        close(flow);
        rows.set(flow, FlowRows.GENERATION, generation);
        return true;
    }

    private void close(int flow) {
        for (SocketFlowHash hash : flowHash) {
            int known = hash.close(flow);
            if (known != SocketFlowHash.NO_HASH) {
                policy.onClosed(known);
            }
        }
        meta(flow, LINES_CPU_SHIFT, CPU_MASK, 0);
        meta(flow, RECORDED_SHIFT, 0b11, 0);
        if (poolThreads == Application.Server.PER_CONNECTION && state(flow) == SLEEPING) {
            state(flow, NO_THREAD);
        }
    }

    /** The thread that serves a flow. */
    int threadOf(int flow) {
        return poolThreads == Application.Server.PER_CONNECTION ? flow : flow % poolThreads;
    }

    /** Makes the thread that will read a flow, asleep, unless it has one. */
    void ensureThread(int flow) {
        final int thread = threadOf(flow);
        if (state(thread) == NO_THREAD) {
            state(thread, SLEEPING);
            meta(thread, THREAD_CPU_SHIFT, CPU_MASK, placement.initialCpu(threads++) + 1);
        }
    }

    /** Whether the packet's connection is still the one its number names. */
    boolean isOpen(int packet) {
        return rows.get(pool.flow[packet], FlowRows.GENERATION) == pool.generation[packet];
    }

    /** Whether a direction's socket has recorded no CPU yet, so that it cannot have an entry. */
    boolean beforeFirstRecord(int flow, int direction) {
        return bits(meta(flow), RECORDED_SHIFT + direction, 1) == 0;
    }

    /** CPU that touched the socket's lines last; {@code cpu} if nobody did. */
    int linesCpu(int flow, int cpu) {
        int last = bits(meta(flow), LINES_CPU_SHIFT, CPU_MASK);
        return last == 0 ? cpu : last - 1;
    }

    /** Protocol processing on a CPU touched the socket and left the packet's hash in it. */
    void onProcessed(int packet, int cpu) {
        final int flow = pool.flow[packet];
        meta(flow, LINES_CPU_SHIFT, CPU_MASK, cpu + 1);
        if (pool.socket[packet]) {
            final SocketFlowHash socket = flowHash[pool.direction[packet]];
            if (hashChangeEmptiesEntry) {
                emptyIfChanged(socket.onCall(flow), pool.hash[packet]);
            }
            socket.onPacket(flow, pool.hash[packet]);
        }
    }

    private void emptyIfChanged(int known, int hash) {
        if (known != SocketFlowHash.NO_HASH && known != hash) {
            policy.onClosed(known);
        }
    }

    /** Puts a packet, for which its socket has been charged, on the queue of its thread. */
    void append(int packet) {
        final int thread = threadOf(pool.flow[packet]);
        final int[] page = rows.page(thread);
        final int at = rows.at(thread) + FlowRows.QUEUE_TAIL;
        final int tail = page[at];
        if (tail == PacketPool.NONE) {
            pool.next[packet] = packet;
        } else {
            pool.next[packet] = pool.next[tail];
            pool.next[tail] = packet;
        }
        page[at] = packet;
    }

    /** Bytes of the receive buffer of a flow's first direction that are in use. */
    int used(int flow) {
        return rows.get(flow, FlowRows.rmem(0));
    }

    private int truesize(int packet) {
        return pool.segments[packet] * SkbTruesize.of(pool.lengthBytes[packet]);
    }

    /** Takes a packet's place from the receive buffer of its socket; false if that is full. */
    boolean charge(int packet) {
        final int direction = pool.direction[packet];
        final IntRows ofDirection = flowRows.rows(direction);
        final int[] page = ofDirection.page(pool.flow[packet]);
        final int at = ofDirection.at(pool.flow[packet]) + FlowRows.rmem(direction);
        final int truesize = truesize(packet);
        if (page[at] > 0 && page[at] + truesize > rcvbufBytes) {
            return false;
        }
        page[at] += truesize;
        return true;
    }

    boolean hasQueued(int thread) {
        return rows.get(thread, FlowRows.QUEUE_TAIL) != PacketPool.NONE;
    }

    /** recv begins on a CPU: records it for the socket whose packet is next, and returns that packet. */
    int onRecvEntry(int thread, int cpu) {
        final int packet = pool.next[rows.get(thread, FlowRows.QUEUE_TAIL)];
        record(packet, cpu);
        return packet;
    }

    /** sendmsg of the answer to a packet begins on a CPU: records it too. */
    void onSendEntry(int packet, int cpu) {
        record(packet, cpu);
    }

    private void record(int packet, int cpu) {
        final int flow = pool.flow[packet];
        final int direction = pool.direction[packet];
        final int hash = flowHash[direction].onCall(flow);
        if (hash != SocketFlowHash.NO_HASH) {
            meta(flow, RECORDED_SHIFT + direction, 1, 1);
            policy.onConsumed(hash, cpu);
        }
    }

    /** recv ends: the packet, the first of the thread's queue, leaves it. */
    void dequeue(int thread, int cpu, int packet) {
        final int flow = pool.flow[packet];
        final int[] page = rows.page(thread);
        final int at = rows.at(thread) + FlowRows.QUEUE_TAIL;
        if (page[at] == packet) {
            page[at] = PacketPool.NONE;
        } else {
            pool.next[page[at]] = pool.next[packet];
        }
        final int direction = pool.direction[packet];
        final IntRows ofDirection = flowRows.rows(direction);
        ofDirection.page(flow)[ofDirection.at(flow) + FlowRows.rmem(direction)] -= truesize(packet);
        meta(flow, LINES_CPU_SHIFT, CPU_MASK, cpu + 1);
    }

    int state(int thread) {
        return bits(meta(thread), 0, STATE_MASK);
    }

    void state(int thread, int to) {
        meta(thread, 0, STATE_MASK, to);
    }

    @Override
    public int cpuOf(int flow) {
        return cpuOfThread(threadOf(flow));
    }

    /** The CPU that a thread belongs to, or {@link #NO_APPLICATION} where there is no such thread. */
    int cpuOfThread(int thread) {
        return bits(meta(thread), THREAD_CPU_SHIFT, CPU_MASK) - 1;
    }

    /** A CPU switches to a thread; returns the CPU that the thread ran on last, or this one if on none. */
    int switchTo(int thread, int cpu) {
        final int last = ranOn.get(thread);
        ranOn.set(thread, cpu + 1);
        return last == 0 ? cpu : last - 1;
    }

    /** Moves a flow's thread, if it has one. */
    void move(int flow, int cpu) {
        if (cpuOf(flow) != NO_APPLICATION) {
            runOn(threadOf(flow), cpu);
        }
    }

    /** Moves all threads that belong to a CPU. */
    void moveAll(int fromCpu, int toCpu) {
        for (int thread = 0; thread < flowRows.flows(); thread++) {
            if (state(thread) != NO_THREAD && cpuOfThread(thread) == fromCpu) {
                runOn(thread, toCpu);
            }
        }
    }

    /** A thread belongs to a CPU from now on. */
    void runOn(int thread, int cpu) {
        if (cpuOfThread(thread) != cpu) {
            meta(thread, THREAD_CPU_SHIFT, CPU_MASK, cpu + 1);
            threadMoves++;
        }
    }

    long threadMoves() {
        return threadMoves;
    }
}
