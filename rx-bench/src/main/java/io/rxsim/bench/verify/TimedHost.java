package io.rxsim.bench.verify;

import io.rxsim.core.run.Application;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.HostChange;
import io.rxsim.core.run.Load;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.Measure;
import io.rxsim.core.run.RxObserver;
import io.rxsim.core.run.Scenario;
import io.rxsim.core.softnet.DropReason;
import io.rxsim.core.softnet.SocketFlowHash;
import io.rxsim.core.softnet.SoftnetStat;
import io.rxsim.core.table.IntColumn;
import io.rxsim.core.virtual.VirtualHost;
import io.rxsim.steering.SteeringCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The virtual engine's host under RFS, driven step by step: for recordings in which packets stay queued behind a packet of
 * long protocol time. Packets are taken in on a given CPU; the sockets learn their hash when the engine has processed a packet,
 * and recv is called from outside, on a given CPU. One thread.
 */
final class TimedHost {
    /** Time in which everything but a blocker is done, in nanoseconds. */
    static final long SETTLE_NS = 1_000_000;

    /** {@link #offer}: the packet was dropped. */
    static final int DROPPED = -1;

    /** A packet without a hash is not steered: it goes to the backlog of the CPU that takes it in. */
    static final int NO_HASH = 0;

    private static final int LENGTH_BYTES = 60;

    private final SocketFlowHash sockets = new SocketFlowHash();
    private final IntColumn hashOfFlow = new IntColumn(NO_HASH);
    private final VirtualHost host;
    private final List<List<Poll>> polls = new ArrayList<>();
    private final Map<Integer, Integer> offered = new TreeMap<>();
    private final Map<Integer, List<Integer>> order = new TreeMap<>();
    private int enqueuedTo = DROPPED;

    TimedHost(Machine machine) {
        for (int cpu = 0; cpu < machine.cpuCount(); cpu++) {
            polls.add(new ArrayList<>());
        }
        Load load = new Load(
                NoArrivals::new,
                Load.Pacing.TIMED,
                new Application(anyMachine -> new ThreadsOnCpu0(), 0, Application.DEFAULT_RCVBUF_BYTES));
        Scenario scenario =
                new Scenario("recorded", machine, SteeringCatalog.steering(SteeringCatalog.RFS), load, Measure.ALL, 0);
        host = new VirtualHost(scenario, new Witness());
    }

    /**
     * A packet of a flow arrives now and is taken in on a CPU.
     *
     * @param protocolExtraNs protocol time beyond the usual, which makes it a blocker
     * @return the CPU whose backlog has it, or {@link #DROPPED}
     */
    int offer(int flow, int hash, int intakeCpu, long protocolExtraNs) {
        hashOfFlow.set(flow, hash);
        Arrival arrival = new Arrival();
        arrival.timeNs = host.nowNs();
        arrival.flow = flow;
        arrival.sequence = offered.merge(flow, 1, Integer::sum) - 1;
        arrival.hash = hash;
        arrival.lengthBytes = LENGTH_BYTES;
        arrival.rxQueue = 0;
        arrival.cpu = intakeCpu;
        arrival.protocolExtraNs = protocolExtraNs;
        enqueuedTo = DROPPED;
        host.offer(arrival);
        return enqueuedTo;
    }

    /**
     * A poll of a backlog.
     *
     * @param work packets it handled
     * @param weight packets it was allowed
     */
    record Poll(int work, int weight) {}

    /** The polls of a CPU's backlog so far. */
    List<Poll> polls(int cpu) {
        return polls.get(cpu);
    }

    /** By flow, its packets in the order in which they were processed, each by its number among those offered, from 0. */
    Map<Integer, List<Integer>> order() {
        return order;
    }

    /** The counters of a CPU. */
    SoftnetStat softnetStat(int cpu) {
        return host.softnetStat(cpu);
    }

    /** Something is done to the host now. */
    void change(HostChange change) {
        host.change(change);
    }

    /** Time goes by. */
    void pass(long durationNs) {
        host.runUntil(host.nowNs() + durationNs);
    }

    /** The application of a flow calls recv on a CPU. */
    void recv(int flow, int cpu) {
        int hash = sockets.onCall(flow);
        if (hash != SocketFlowHash.NO_HASH) {
            host.policy().onConsumed(hash, cpu);
        }
    }

    /** Sees where packets are queued, and hands processed ones to their sockets. */
    private final class Witness implements RxObserver {
        @Override
        public void onEnqueued(long nowNs, int flow, int sequence, int cpu, int qtail) {
            enqueuedTo = cpu;
        }

        @Override
        public void onDropped(long nowNs, int flow, int sequence, int cpu, DropReason reason) {
            enqueuedTo = DROPPED;
        }

        @Override
        public void onPolled(long nowNs, int cpu, int rxQueue, int work, int weight) {
            if (rxQueue == BACKLOG) {
                polls.get(cpu).add(new Poll(work, weight));
            }
        }

        @Override
        public void onProcessed(long nowNs, int flow, int sequence, int cpu) {
            sockets.onPacket(flow, hashOfFlow.get(flow));
            order.computeIfAbsent(flow, first -> new ArrayList<>()).add(sequence);
        }
    }
}
