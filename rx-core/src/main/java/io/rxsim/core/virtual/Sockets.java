package io.rxsim.core.virtual;

import io.rxsim.core.run.Application;
import io.rxsim.core.run.Placement;
import io.rxsim.core.run.ThreadPlacement;
import io.rxsim.core.softnet.SkbTruesize;
import io.rxsim.core.softnet.SocketFlowHash;
import io.rxsim.core.steer.SteeringPolicy;
import io.rxsim.core.table.IntColumn;

/**
 * The sockets of all connections and the threads that read them.
 *
 * <p>A connection has one thread, made with its first payload, and a socket per direction (both ends of a captured connection
 * are taken to live on this host): each with its own flow hash and its own receive buffer, counted in truesize. The thread
 * reads both in order of arrival.
 *
 * <p>Accepting follows {@code __udp_enqueue_schedule_skb} (net/ipv4/udp.c, 6.18): a packet is refused when the buffer would
 * exceed its bound, unless the queue is empty. Deviation: TCP sockets are held to the same rule, since a captured sender does
 * not see the modelled window. One thread.
 */
final class Sockets implements Placement {
    /** Thread states. */
    static final int NO_THREAD = 0;

    static final int SLEEPING = 1;
    static final int RUNNABLE = 2;
    static final int RUNNING = 3;

    private final PacketPool pool;
    private final ThreadPlacement placement;
    private final SteeringPolicy policy;
    private final int rcvbufBytes;
    private final SocketFlowHash[] flowHash = {new SocketFlowHash(), new SocketFlowHash()};
    private final IntColumn[] rmemAlloc = {new IntColumn(0), new IntColumn(0)};
    private final IntColumn state = new IntColumn(NO_THREAD);
    private final IntColumn threadCpu = new IntColumn(NO_APPLICATION);
    private final IntColumn linesCpu = new IntColumn(-1);
    private final IntColumn queueHead = new IntColumn(PacketPool.NONE);
    private final IntColumn queueTail = new IntColumn(PacketPool.NONE);
    private final IntColumn generation = new IntColumn(0);
    private int threads;
    private long threadMoves;

    Sockets(PacketPool pool, Application application, ThreadPlacement placement, SteeringPolicy policy) {
        this.pool = pool;
        this.placement = placement;
        this.policy = policy;
        this.rcvbufBytes = application.rcvbufBytes();
    }

    /** A packet of a flow arrives at the NIC; returns whether the flow's number now names a new connection. */
    boolean onArrived(int flow, int itsGeneration) {
        if (generation.get(flow) == itsGeneration) {
            return false;
        }
        close(flow);
        generation.set(flow, itsGeneration);
        return true;
    }

    private void close(int flow) {
        for (SocketFlowHash hash : flowHash) {
            int known = hash.close(flow);
            if (known != SocketFlowHash.NO_HASH) {
                policy.onClosed(known);
            }
        }
        linesCpu.set(flow, -1);
        if (state.get(flow) == SLEEPING) {
            state.set(flow, NO_THREAD);
        }
    }

    /** Whether the packet's connection is still the one its number names. */
    boolean isOpen(int packet) {
        return generation.get(pool.flow[packet]) == pool.generation[packet];
    }

    /** Whether neither socket of the flow has recorded a CPU yet, so that it cannot have an entry. */
    boolean beforeFirstRecord(int flow, int direction) {
        return !flowHash[direction].hasRecorded(flow);
    }

    /** CPU that touched the socket's lines last; {@code cpu} if nobody did. */
    int linesCpu(int flow, int cpu) {
        int last = linesCpu.get(flow);
        return last < 0 ? cpu : last;
    }

    /** Protocol processing on a CPU touched the socket and left the packet's hash in it. */
    void onProcessed(int packet, int cpu) {
        final int flow = pool.flow[packet];
        linesCpu.set(flow, cpu);
        if (pool.socket[packet]) {
            flowHash[pool.direction[packet]].onPacket(flow, pool.hash[packet]);
        }
    }

    /** Puts a packet on the receive queue; false if the receive buffer is full. */
    boolean enqueue(int packet) {
        final int flow = pool.flow[packet];
        final IntColumn rmem = rmemAlloc[pool.direction[packet]];
        final int used = rmem.get(flow);
        final int truesize = SkbTruesize.of(pool.lengthBytes[packet]);
        if (used > 0 && used + truesize > rcvbufBytes) {
            return false;
        }
        rmem.set(flow, used + truesize);
        pool.next[packet] = PacketPool.NONE;
        if (queueHead.get(flow) == PacketPool.NONE) {
            queueHead.set(flow, packet);
        } else {
            pool.next[queueTail.get(flow)] = packet;
        }
        queueTail.set(flow, packet);
        if (state.get(flow) == NO_THREAD) {
            state.set(flow, SLEEPING);
            threadCpu.set(flow, placement.initialCpu(threads++));
        }
        return true;
    }

    boolean hasQueued(int flow) {
        return queueHead.get(flow) != PacketPool.NONE;
    }

    /** recv begins on a CPU: records it for the socket whose packet is next, and returns that packet. */
    int onRecvEntry(int flow, int cpu) {
        final int packet = queueHead.get(flow);
        final int hash = flowHash[pool.direction[packet]].onCall(flow);
        if (hash != SocketFlowHash.NO_HASH) {
            policy.onConsumed(hash, cpu);
        }
        return packet;
    }

    /** recv ends: the packet leaves the receive queue. */
    void dequeue(int flow, int cpu, int packet) {
        queueHead.set(flow, pool.next[packet]);
        final IntColumn rmem = rmemAlloc[pool.direction[packet]];
        rmem.set(flow, rmem.get(flow) - SkbTruesize.of(pool.lengthBytes[packet]));
        linesCpu.set(flow, cpu);
    }

    int state(int flow) {
        return state.get(flow);
    }

    void state(int flow, int to) {
        state.set(flow, to);
    }

    @Override
    public int cpuOf(int flow) {
        return threadCpu.get(flow);
    }

    /** Moves a flow's thread, if it has one. */
    void move(int flow, int cpu) {
        if (threadCpu.get(flow) != NO_APPLICATION && threadCpu.get(flow) != cpu) {
            threadCpu.set(flow, cpu);
            threadMoves++;
        }
    }

    long threadMoves() {
        return threadMoves;
    }
}
