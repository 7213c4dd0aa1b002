package io.rxsim.core.virtual;

import io.rxsim.core.cost.CostModel;
import io.rxsim.core.cost.Stage;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.run.LatencyStage;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.NetConfig;
import io.rxsim.core.run.RxObserver;
import io.rxsim.core.softnet.NetRxAction;
import io.rxsim.core.softnet.SoftnetData;

/**
 * NET_RX on one CPU, packet by packet: the softirq loop ({@code handle_softirqs}, kernel/softirq.c), the receive action, the
 * polls of RX queues and of the CPU's own backlog ({@code process_backlog}, net/core/dev.c).
 *
 * <p>A step is one packet. Work without a packet (entering, polling, sending interrupts) takes effect at once and is paid
 * with the next step. NAPI instances are numbered: RX queue q is q, the backlog is {@link #BACKLOG}.
 *
 * <p>Deviations: because of that, an inter-processor interrupt leaves before the work that led to it is paid. The 2 ms of the
 * softirq loop are exact, not rounded to ticks, and a thread that waits does not end the loop (6.18 also ends it when a
 * reschedule is due). The first poll has the weight that the run starts with, as if one had read it before. Threaded NAPI and
 * threaded backlogs are not modelled.
 */
final class SoftirqContext {
    /** {@link #onStepDone} and {@link #enter}: the softirq is over. */
    static final long OVER = -1;

    private static final int BACKLOG = RxObserver.BACKLOG;
    private static final int NO_NAPI = -1;
    private static final int MAX_SOFTIRQ_RESTART = 10;
    private static final long MAX_SOFTIRQ_TIME_NS = 2_000_000;

    private final VirtualCpu cpu;
    private final VirtualHost host;
    private final NetRxAction action;
    private final SoftnetData softnet;
    private final PacketPool pool;
    private final Backlog backlog;
    private final RpsIpiList ipis;
    private final CostModel costs;
    private final boolean headOncePerPoll;
    private final boolean schedClearedEarly;
    private final boolean timeLimited;
    /** Weight of the backlog's next poll, and what that poll will set it to. */
    private int backlogWeight;

    private int devRxWeight;

    private boolean raised;
    private int restarts;
    private long startNs;
    private long owedNs;
    private int napi = NO_NAPI;
    private int quota;
    private int weight;
    private int work;
    private boolean napiScheduled;
    private int packet = PacketPool.NONE;
    private boolean inProtocol;
    /** Whether NAPI instances hold packets back to merge them. */
    private final boolean merges;

    /** Whether the poll of a queue is over but for what GRO hands up, and whether NAPI completes then. */
    private boolean handingUp;

    private boolean completing;
    /** Whether the packet in protocol processing was handed up by GRO, and counted when it came in. */
    private boolean handedUp;

    SoftirqContext(VirtualCpu cpu, VirtualHost host) {
        Machine machine = host.scenario.machine();
        NetConfig net = machine.net();
        this.cpu = cpu;
        this.host = host;
        this.softnet = host.softnet;
        this.pool = host.pool;
        this.costs = host.costs;
        this.action = NetRxAction.of(
                machine.rules(),
                net.netdevBudget(),
                net.netdevBudgetUsecs(),
                machine.profile().hz());
        this.backlogWeight = net.backlogWeight();
        this.devRxWeight = net.backlogWeight();
        this.backlog = new Backlog(pool);
        this.ipis = new RpsIpiList(cpu.number, host);
        this.headOncePerPoll = machine.rules().has(Rule.HEAD_ONCE_PER_POLL);
        this.schedClearedEarly = machine.rules().has(Rule.SCHED_CLEARED_EARLY);
        this.merges = machine.nic().gro();
        this.timeLimited = machine.rules().has(Rule.SOFTIRQ_TIME_LIMIT);
    }

    Backlog backlog() {
        return backlog;
    }

    boolean isRaised() {
        return raised;
    }

    long timeSqueeze() {
        return action.timeSqueeze();
    }

    /** The receive action, for those who change its budget. */
    NetRxAction action() {
        return action;
    }

    /** dev_weight * dev_weight_rx_bias was written: the next poll of the backlog reads it, the one after obeys it. */
    void backlogWeight(int packets) {
        devRxWeight = packets;
    }

    /** This CPU is dead: its poll list and the wake-ups it owes go to a survivor, its backlog gives up SCHED. */
    void moveDutiesTo(SoftirqContext survivor, long nowNs) {
        for (int instance = action.takeFirst(); instance != NetRxAction.DONE; instance = action.takeFirst()) {
            if (instance == BACKLOG) {
                softnet.backlogScheduled(cpu.number, false);
            } else {
                survivor.scheduleQueue(instance);
            }
        }
        survivor.ipis.sendFor(ipis, nowNs);
    }

    /** Takes a packet that is left on the backlog, the batch that was spliced first, or {@link PacketPool#NONE}. */
    int takeLeft() {
        final PacketFifo left = backlog.process.isEmpty() ? backlog.input : backlog.process;
        if (left.isEmpty()) {
            return PacketPool.NONE;
        }
        softnet.advanceHead(cpu.number, 1);
        return left.remove();
    }

    long ipisSent() {
        return ipis.sent();
    }

    /** An interrupt schedules the instance of an RX queue. */
    void scheduleQueue(int queue) {
        raised |= action.schedule(queue);
    }

    /** Puts the own backlog on the poll list: an inter-processor interrupt arrived, or a packet was queued locally. */
    void scheduleBacklog() {
        raised |= action.schedule(BACKLOG);
    }

    /** Remembers to wake another CPU's backlog (napi_schedule_rps). */
    void owe(int target) {
        ipis.add(target);
        raised |= action.mustRaise();
    }

    /** Work without a packet costs this much, to be paid with the next step. */
    void charge(long costNs) {
        owedNs += costNs;
    }

    /** Starts the softirq loop; the cost of the first step, or {@link #OVER}. */
    long enter(long nowNs) {
        restarts = 0;
        startNs = nowNs;
        beginAction(nowNs);
        return step(nowNs);
    }

    /** The packet of the last step is done; the cost of the next step, or {@link #OVER}. */
    long onStepDone(long nowNs) {
        if (packet == PacketPool.NONE) {
            return afterAction(nowNs);
        }
        if (!inProtocol && merges) {
            host.nic.ring(napi).gro.receive(packet, nowNs);
        } else if (!inProtocol) {
            long protocolNs = onTakenIn(nowNs);
            if (protocolNs >= 0) {
                return protocolNs;
            }
        } else {
            long moreNs = host.receive.onProtocolDone(packet, cpu.number, nowNs);
            if (moreNs != XfrmInput.GONE) {
                return takeOwed() + worked(moreNs);
            }
            inProtocol = false;
        }
        packet = PacketPool.NONE;
        if (handedUp) {
            handedUp = false;
            return step(nowNs);
        }
        work++;
        if (napi == BACKLOG && !headOncePerPoll) {
            softnet.advanceHead(cpu.number, 1);
        }
        return step(nowNs);
    }

    /** Driver work is done: steer, and queue or process inline. Protocol cost if inline, otherwise negative. */
    private long onTakenIn(long nowNs) {
        host.recorder.onStageDone(packet, LatencyStage.DRIVER, nowNs);
        if (host.receive.steer(packet, cpu.number, nowNs)) {
            charge(costs.costNs(Stage.ENQUEUE, cpu.number, cpu.number, 0));
            return -1;
        }
        inProtocol = true;
        return takeOwed() + worked(host.receive.protocolNs(packet, cpu.number));
    }

    /** The cost of a step, which is work on its packet. */
    private long worked(long costNs) {
        host.recorder.onWork(packet, costNs);
        return costNs;
    }

    private void beginAction(long nowNs) {
        raised = false;
        charge(costs.costNs(Stage.SOFTIRQ, cpu.number, cpu.number, 0));
        action.begin(nowNs);
        napi = NO_NAPI;
    }

    /** Goes on until a packet is found to work on, or the action is over. */
    private long step(long nowNs) {
        while (true) {
            if (napi == NO_NAPI && !beginPoll(nowNs)) {
                return finishAction(nowNs);
            }
            long costNs = napi == BACKLOG ? nextFromBacklog(nowNs) : nextFromRing(nowNs);
            if (costNs != OVER) {
                return costNs + takeOwed();
            }
            endPoll(nowNs);
        }
    }

    private boolean beginPoll(long nowNs) {
        napi = action.next(nowNs);
        if (napi == NetRxAction.DONE) {
            napi = NO_NAPI;
            return false;
        }
        work = 0;
        napiScheduled = true;
        charge(costs.costNs(Stage.POLL, cpu.number, cpu.number, 0));
        if (napi == BACKLOG) {
            ipis.send(nowNs);
            weight = backlogWeight;
            backlogWeight = devRxWeight;
        } else {
            int cleaned = host.nic.cleanTransmitted(host.nic.ring(napi));
            charge(cleaned * costs.costNs(Stage.TX_COMPLETE, cpu.number, cpu.number, 0));
            weight = NetRxAction.NAPI_POLL_WEIGHT;
        }
        quota = weight;
        return true;
    }

    private void endPoll(long nowNs) {
        if (napi == BACKLOG && headOncePerPoll && work > 0) {
            softnet.advanceHead(cpu.number, work);
        }
        action.polled(napi, work, weight, napiScheduled, nowNs);
        host.recorder.onPolled(cpu.number, napi, work, weight, nowNs);
        napi = NO_NAPI;
    }

    private long nextFromRing(long nowNs) {
        if (merges) {
            long costNs = handUp(nowNs);
            if (costNs != OVER) {
                return costNs;
            }
            if (handingUp) {
                handingUp = false;
                if (completing) {
                    complete(host.nic.ring(napi), nowNs);
                }
                return OVER;
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
            return OVER;
        }
        packet = ring.packets.remove();
        host.receive.onTakenOff(packet, ring, nowNs);
        return worked(host.receive.intakeNs(packet, cpu.number));
    }

    private void complete(RxRing ring, long nowNs) {
        napiScheduled = false;
        action.completed(napi);
        host.nic.onNapiComplete(ring, nowNs);
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

    /** Steers what GRO has done with; the cost of the first that is processed inline, or {@link #OVER}. */
    private long handUp(long nowNs) {
        PacketFifo ready = host.nic.ring(napi).gro.ready();
        while (!ready.isEmpty()) {
            int first = ready.remove();
            host.recorder.onStageDone(first, LatencyStage.DRIVER, nowNs);
            charge(host.receive.steerNs(cpu.number));
            if (!host.receive.steer(first, cpu.number, nowNs)) {
                packet = first;
                inProtocol = true;
                handedUp = true;
                return worked(host.receive.protocolNs(packet, cpu.number));
            }
            charge(costs.costNs(Stage.ENQUEUE, cpu.number, cpu.number, 0));
        }
        return OVER;
    }

    private long nextFromBacklog(long nowNs) {
        if (work >= quota) {
            return OVER;
        }
        if (backlog.process.isEmpty() && !splice()) {
            return OVER;
        }
        packet = backlog.process.remove();
        inProtocol = true;
        host.recorder.onStageDone(packet, LatencyStage.BACKLOG_WAIT, nowNs);
        return worked(costs.costNs(Stage.BACKLOG, cpu.number, pool.cpu[packet], 0)
                + host.receive.protocolNs(packet, cpu.number));
    }

    /** Takes the whole input queue over; false if it is empty or was too small to need another look (2.6.35). */
    private boolean splice() {
        final int length = backlog.input.length();
        if (length > 0) {
            backlog.input.spliceTo(backlog.process);
        }
        if (schedClearedEarly ? length < quota - work : length == 0) {
            napiScheduled = false;
            action.completed(napi);
            softnet.backlogScheduled(cpu.number, false);
            quota = schedClearedEarly ? work + length : quota;
        }
        return length > 0;
    }

    private long finishAction(long nowNs) {
        raised |= action.end();
        ipis.send(nowNs);
        return owedNs > 0 ? takeOwed() : afterAction(nowNs);
    }

    /** Restarts the loop, or leaves what is pending to ksoftirqd. */
    private long afterAction(long nowNs) {
        if (!raised) {
            return OVER;
        }
        boolean timeLeft = !timeLimited || nowNs - startNs < MAX_SOFTIRQ_TIME_NS;
        if (++restarts < MAX_SOFTIRQ_RESTART && timeLeft) {
            beginAction(nowNs);
            return step(nowNs);
        }
        cpu.threads.wakeKsoftirqd();
        return OVER;
    }

    private long takeOwed() {
        final long costNs = owedNs;
        owedNs = 0;
        return costNs;
    }
}
