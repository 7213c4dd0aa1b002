package io.rxsim.core.virtual;

import io.rxsim.core.cost.CostModel;
import io.rxsim.core.cost.Stage;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.NetConfig;
import io.rxsim.core.softnet.NetRxAction;
import io.rxsim.core.softnet.SoftnetData;

/**
 * NET_RX on one CPU, packet by packet: the softirq loop ({@code handle_softirqs}, kernel/softirq.c) and the receive action; and
 * the polls of threads, which run with softirqs off ({@code napi_threaded_poll_loop}, net/core/dev.c).
 *
 * <p>A step is one packet. Work without a packet (entering, polling, sending interrupts) takes effect at once and is paid
 * with the next step.
 *
 * <p>Deviations: because of that, an inter-processor interrupt leaves before the work that led to it is paid. The 2 ms of the
 * softirq loop are exact, not rounded to ticks, and a thread that waits does not end the loop (6.18 also ends it when a
 * reschedule is due).
 */
final class SoftirqContext {
    /** {@link #onStepDone} and {@link #enter}: the softirq is over. */
    static final long OVER = -1;

    private static final int BACKLOG = NapiPoll.BACKLOG;
    private static final int MAX_SOFTIRQ_RESTART = 10;
    private static final long MAX_SOFTIRQ_TIME_NS = 2_000_000;

    private final VirtualCpu cpu;
    private final VirtualHost host;
    private final NetRxAction action;
    private final SoftnetData softnet;
    private final Backlog backlog;
    private final NapiPoll poll;
    private final RpsIpiList ipis;
    private final CostModel costs;
    private final boolean timeLimited;
    private final boolean threadedBacklog;

    private boolean raised;
    private int restarts;
    private long startNs;
    private long owedNs;
    /** Whether an instance is being polled, and whether a thread polls it, outside the softirq. */
    private boolean polling;

    private boolean inThreadedPoll;

    SoftirqContext(VirtualCpu cpu, VirtualHost host) {
        Machine machine = host.scenario.machine();
        NetConfig net = machine.net();
        this.cpu = cpu;
        this.host = host;
        this.softnet = host.softnet;
        this.costs = host.costs;
        this.action = NetRxAction.of(
                machine.rules(),
                net.netdevBudget(),
                net.netdevBudgetUsecs(),
                machine.profile().hz());
        this.backlog = new Backlog(host.pool);
        this.poll = new NapiPoll(cpu.number, this, backlog, host);
        this.ipis = new RpsIpiList(cpu.number, host);
        this.timeLimited = machine.rules().has(Rule.SOFTIRQ_TIME_LIMIT);
        this.threadedBacklog = machine.threads().backlog();
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
        poll.backlogWeight(packets);
    }

    /**
     * This CPU is dead: its poll list and the wake-ups it owes go to a survivor, its backlog, if on that list, gives up SCHED.
     *
     * @return what waking threads costs the survivor
     */
    long moveDutiesTo(SoftirqContext survivor, long nowNs) {
        long costNs = 0;
        for (int instance = action.takeFirst(); instance != NetRxAction.DONE; instance = action.takeFirst()) {
            if (instance == BACKLOG) {
                softnet.backlogScheduled(cpu.number, false);
                backlog.schedThreaded = false;
            } else {
                costNs += survivor.scheduleQueue(instance, nowNs);
                if (host.nic.ring(instance).threaded) {
                    host.calendar.schedule(nowNs, Event.of(Event.RESCHEDULE, survivor.cpu.number, 0));
                }
            }
        }
        survivor.ipis.sendFor(ipis, nowNs);
        return costNs;
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

    /**
     * Schedules the instance of an RX queue, for its thread or for the receive action ({@code ____napi_schedule}).
     *
     * @return what waking the thread costs this CPU
     */
    long scheduleQueue(int queue, long nowNs) {
        final RxRing ring = host.nic.ring(queue);
        if (ring.threaded) {
            ring.schedThreaded = true;
            return host.scheduler.wakeNapiThread(Threads.ofQueue(queue), cpu.number, nowNs);
        }
        raised |= action.schedule(queue);
        return 0;
    }

    /** Puts the own backlog on the poll list, also where it has a thread: an interrupt arrived, or a packet was queued locally. */
    void scheduleBacklog() {
        raised |= action.schedule(BACKLOG);
    }

    /** Wakes another CPU's backlog: remembers to interrupt its CPU, or wakes its thread at once ({@code napi_schedule_rps}). */
    void wakeRemote(int target, long nowNs) {
        if (threadedBacklog) {
            host.cpus[target].softirq.backlog.schedThreaded = true;
            charge(host.scheduler.wakeBacklogThread(target, cpu.number, nowNs));
            return;
        }
        ipis.add(target);
        raised |= !inThreadedPoll && action.mustRaise();
    }

    /** Interrupts the CPUs whose backlogs are to be woken. */
    void sendIpis(long nowNs) {
        ipis.send(nowNs);
    }

    /** What is to be paid with the next step. */
    long owedNs() {
        return owedNs;
    }

    /** Takes back what came to be owed since it was {@code beforeNs}: it is paid otherwise. */
    long takeOwedSince(long beforeNs) {
        final long sinceNs = owedNs - beforeNs;
        owedNs = beforeNs;
        return sinceNs;
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

    /** The work of the last step is done; the cost of the next step, or {@link #OVER}. */
    long onStepDone(long nowNs) {
        if (!poll.hasPacket()) {
            return inThreadedPoll ? afterThreadedPoll() : afterAction(nowNs);
        }
        final long costNs = poll.onStepDone(nowNs);
        return costNs == NapiPoll.NO_STEP ? step(nowNs) : costNs + takeOwed();
    }

    /**
     * A thread polls an instance once, with softirqs off ({@code napi_threaded_poll_loop}); the cost of the first step, or
     * {@link #OVER}. Neither a budget nor a time limit applies, and no squeeze counts.
     */
    long pollInThread(int napi, long nowNs) {
        inThreadedPoll = true;
        polling = true;
        poll.begin(napi, nowNs);
        return step(nowNs);
    }

    private void beginAction(long nowNs) {
        raised = false;
        charge(costs.costNs(Stage.SOFTIRQ, cpu.number, cpu.number, 0));
        action.begin(nowNs);
    }

    /** Goes on until a packet is found to work on, or the action or the thread's poll is over. */
    private long step(long nowNs) {
        while (true) {
            if (!polling) {
                final int napi = action.next(nowNs);
                if (napi == NetRxAction.DONE) {
                    return finishAction(nowNs);
                }
                polling = true;
                poll.begin(napi, nowNs);
            }
            final long costNs = poll.next(nowNs);
            if (costNs != NapiPoll.NO_STEP) {
                return costNs + takeOwed();
            }
            polling = false;
            if (!inThreadedPoll) {
                action.polled(poll.napi(), poll.work(), poll.weight(), poll.isScheduled(), nowNs);
            }
            host.recorder.onPolled(cpu.number, poll.napi(), poll.work(), poll.weight(), nowNs);
            if (inThreadedPoll) {
                return finishThreadedPoll(nowNs);
            }
        }
    }

    private long finishThreadedPoll(long nowNs) {
        ipis.send(nowNs);
        return owedNs > 0 ? takeOwed() : afterThreadedPoll();
    }

    private long afterThreadedPoll() {
        inThreadedPoll = false;
        return OVER;
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
