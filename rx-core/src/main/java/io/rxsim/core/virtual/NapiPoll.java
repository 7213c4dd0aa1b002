package io.rxsim.core.virtual;

import io.rxsim.core.cost.CostModel;
import io.rxsim.core.cost.Stage;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.run.LatencyStage;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.RxObserver;
import io.rxsim.core.softnet.NetRxAction;
import io.rxsim.core.softnet.SoftnetData;

/**
 * One poll of a NAPI instance on one CPU, packet by packet ({@code __napi_poll}, {@code process_backlog}, net/core/dev.c): of an
 * RX queue, whose number names it, or of the CPU's own backlog, {@link #BACKLOG}.
 *
 * <p>Work without a packet takes effect at once and is charged to the CPU. A CPU is in one poll at a time, in the softirq or in a
 * thread, which polls with softirqs off. Deviation: the backlog's first poll has the weight that the run starts with, as if one
 * had read it before. One thread.
 */
final class NapiPoll {
    /** {@link #next} and {@link #onStepDone}: there is no step. */
    static final long NO_STEP = -1;

    /** The instance of a CPU's own backlog. */
    static final int BACKLOG = RxObserver.BACKLOG;

    private final int cpu;
    private final SoftirqContext softirq;
    private final VirtualHost host;
    private final SoftnetData softnet;
    private final PacketPool pool;
    private final Backlog backlog;
    private final CostModel costs;
    private final boolean headOncePerPoll;
    private final boolean schedClearedEarly;
    /** Whether NAPI instances hold packets back to merge them. */
    private final boolean merges;
    /** Weight of the backlog's next poll, and what that poll will set it to. */
    private int backlogWeight;

    private int devRxWeight;

    private int napi;
    private int quota;
    private int weight;
    private int work;
    private boolean scheduled;
    private int packet = PacketPool.NONE;
    private boolean inProtocol;
    /** Whether the poll of a queue is over but for what GRO hands up, and whether NAPI completes then. */
    private boolean handingUp;

    private boolean completing;
    /** Whether the packet in protocol processing was handed up by GRO, and counted when it came in. */
    private boolean handedUp;

    NapiPoll(int cpu, SoftirqContext softirq, Backlog backlog, VirtualHost host) {
        Machine machine = host.scenario.machine();
        this.cpu = cpu;
        this.softirq = softirq;
        this.host = host;
        this.softnet = host.softnet;
        this.pool = host.pool;
        this.backlog = backlog;
        this.costs = host.costs;
        this.headOncePerPoll = machine.rules().has(Rule.HEAD_ONCE_PER_POLL);
        this.schedClearedEarly = machine.rules().has(Rule.SCHED_CLEARED_EARLY);
        this.merges = machine.nic().gro();
        this.backlogWeight = machine.net().backlogWeight();
        this.devRxWeight = machine.net().backlogWeight();
    }

    /** dev_weight * dev_weight_rx_bias was written: the next poll of the backlog reads it, the one after obeys it. */
    void backlogWeight(int packets) {
        devRxWeight = packets;
    }

    /** Whether a packet is being worked on. */
    boolean hasPacket() {
        return packet != PacketPool.NONE;
    }

    /** The instance being polled, or polled last. */
    int napi() {
        return napi;
    }

    /** Packets the poll handled. */
    int work() {
        return work;
    }

    /** Packets it may handle. */
    int weight() {
        return weight;
    }

    /** Whether the instance still holds SCHED. */
    boolean isScheduled() {
        return scheduled;
    }

    /** Starts a poll. */
    void begin(int instance, long nowNs) {
        napi = instance;
        work = 0;
        scheduled = true;
        softirq.charge(costs.costNs(Stage.POLL, cpu, cpu, 0));
        if (napi == BACKLOG) {
            softirq.sendIpis(nowNs);
            weight = backlogWeight;
            backlogWeight = devRxWeight;
        } else {
            int cleaned = host.nic.cleanTransmitted(host.nic.ring(napi));
            softirq.charge(cleaned * costs.costNs(Stage.TX_COMPLETE, cpu, cpu, 0));
            weight = NetRxAction.NAPI_POLL_WEIGHT;
        }
        quota = weight;
    }

    /** The cost of the next step, or {@link #NO_STEP}: the poll is over. */
    long next(long nowNs) {
        long costNs = napi == BACKLOG ? nextFromBacklog(nowNs) : nextFromRing(nowNs);
        if (costNs == NO_STEP && napi == BACKLOG && headOncePerPoll && work > 0) {
            softnet.advanceHead(cpu, work);
        }
        return costNs;
    }

    /** The work of a step is done; the cost of what follows for its packet, or {@link #NO_STEP} if nothing does. */
    long onStepDone(long nowNs) {
        if (!inProtocol && merges) {
            host.nic.ring(napi).gro.receive(packet, nowNs);
        } else if (!inProtocol) {
            long protocolNs = onTakenIn(nowNs);
            if (protocolNs != NO_STEP) {
                return protocolNs;
            }
        } else {
            long moreNs = host.receive.onProtocolDone(packet, cpu, nowNs);
            if (moreNs != XfrmInput.GONE) {
                return worked(moreNs);
            }
            inProtocol = false;
        }
        packet = PacketPool.NONE;
        if (handedUp) {
            handedUp = false;
            return NO_STEP;
        }
        work++;
        if (napi == BACKLOG && !headOncePerPoll) {
            softnet.advanceHead(cpu, 1);
        }
        return NO_STEP;
    }

    /** Driver work is done: steer, and queue or process inline. Protocol cost if inline. */
    private long onTakenIn(long nowNs) {
        host.recorder.onStageDone(packet, LatencyStage.DRIVER, nowNs);
        if (host.receive.steer(packet, cpu, nowNs)) {
            softirq.charge(costs.costNs(Stage.ENQUEUE, cpu, cpu, 0));
            return NO_STEP;
        }
        inProtocol = true;
        return worked(host.receive.protocolNs(packet, cpu));
    }

    /** The cost of a step, which is work on its packet. */
    private long worked(long costNs) {
        host.recorder.onWork(packet, costNs);
        return costNs;
    }

    private long nextFromRing(long nowNs) {
        if (merges) {
            long costNs = handUp(nowNs);
            if (costNs != NO_STEP) {
                return costNs;
            }
            if (handingUp) {
                handingUp = false;
                if (completing) {
                    complete(host.nic.ring(napi), nowNs);
                }
                return NO_STEP;
            }
        }
        RxRing ring = host.nic.ring(napi);
        boolean full = work == quota;
        if (full || ring.packets.isEmpty()) {
            if (merges) {
                return endOfRing(full, nowNs);
            }
            if (!full) {
                complete(ring, nowNs);
            }
            return NO_STEP;
        }
        packet = ring.packets.remove();
        host.receive.onTakenOff(packet, ring, nowNs);
        return worked(host.receive.intakeNs(packet, cpu));
    }

    private void complete(RxRing ring, long nowNs) {
        completed();
        ring.schedThreaded = false;
        host.nic.onNapiComplete(ring, nowNs);
    }

    private void completed() {
        scheduled = false;
        softirq.action().completed(napi);
    }

    /** The poll takes nothing more off the ring: what GRO holds goes up before it is over. */
    private long endOfRing(boolean full, long nowNs) {
        handingUp = true;
        completing = !full;
        if (full) {
            host.nic.ring(napi).gro.onFullPoll(nowNs);
        } else {
            host.nic.ring(napi).gro.flush();
        }
        return nextFromRing(nowNs);
    }

    /** Steers what GRO has done with; the cost of the first that is processed inline, or {@link #NO_STEP}. */
    private long handUp(long nowNs) {
        PacketFifo ready = host.nic.ring(napi).gro.ready();
        while (!ready.isEmpty()) {
            int first = ready.remove();
            host.recorder.onStageDone(first, LatencyStage.DRIVER, nowNs);
            softirq.charge(host.receive.steerNs(cpu));
            if (!host.receive.steer(first, cpu, nowNs)) {
                packet = first;
                inProtocol = true;
                handedUp = true;
                return worked(host.receive.protocolNs(packet, cpu));
            }
            softirq.charge(costs.costNs(Stage.ENQUEUE, cpu, cpu, 0));
        }
        return NO_STEP;
    }

    private long nextFromBacklog(long nowNs) {
        if (work >= quota) {
            return NO_STEP;
        }
        if (backlog.process.isEmpty() && !splice()) {
            return NO_STEP;
        }
        packet = backlog.process.remove();
        inProtocol = true;
        host.recorder.onStageDone(packet, LatencyStage.BACKLOG_WAIT, nowNs);
        return worked(costs.costNs(Stage.BACKLOG, cpu, pool.cpu[packet], 0) + host.receive.protocolNs(packet, cpu));
    }

    /** Takes the whole input queue over; false if it is empty or was too small to need another look (2.6.35). */
    private boolean splice() {
        final int length = backlog.input.length();
        if (length > 0) {
            backlog.input.spliceTo(backlog.process);
        }
        if (schedClearedEarly ? length < quota - work : length == 0) {
            completed();
            backlog.schedThreaded = false;
            softnet.backlogScheduled(cpu, false);
            quota = schedClearedEarly ? work + length : quota;
        }
        return length > 0;
    }
}
