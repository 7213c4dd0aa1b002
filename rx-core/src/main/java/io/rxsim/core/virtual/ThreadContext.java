package io.rxsim.core.virtual;

import io.rxsim.core.cost.CostModel;
import io.rxsim.core.cost.Stage;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.run.LatencyStage;
import io.rxsim.core.run.ServiceTime;

/**
 * The threads of one CPU, one step at a time: switch to a thread, recv a packet, work on it, send an answer.
 *
 * <p>The thread with the least virtual run time runs until it sleeps, or has used its slice while others wait
 * (kernel/sched/fair.c). All threads weigh the same, and one that wakes joins at the CPU's least virtual run time. ksoftirqd is
 * one of them: a turn of it is one softirq loop. Deviations: a slice ends with a packet, a woken thread does not preempt, as
 * under RUN_TO_PARITY of 6.18, and deadlines and lag are not modelled.
 */
final class ThreadContext {
    /** {@link #nextStep}: nothing is runnable. */
    static final long NOTHING = -1;
    /** {@link #nextStep}: it is ksoftirqd's turn. */
    static final long KSOFTIRQD = -2;
    /** {@link #evict}: the thread is not in a step. */
    static final long BETWEEN_STEPS = -1;

    /** How long a thread runs while others wait: the base slice of the fair scheduler on 8 CPUs or more, 6.18. */
    static final long SLICE_NS = 2_800_000;

    private static final int NO_THREAD = RunQueue.NONE;
    private static final int KSOFTIRQD_THREAD = -2;
    private static final int PARALLEL_THREAD = -3;
    private static final int SERIAL_THREAD = -4;

    private enum Phase {
        SWITCH,
        RECV,
        ACK,
        WORK,
        SEND,
        KWORK
    }

    private final int cpu;
    private final VirtualHost host;
    private final PacketPool pool;
    private final Sockets sockets;
    private final CostModel costs;
    private final ServiceTime service;
    private final RunQueue runQueue = new RunQueue();
    private final IdleTimes idleTimes = new IdleTimes();
    private final boolean rateLimited;
    private boolean ksoftirqdRunnable;
    private int current = NO_THREAD;
    private int lastThread = NO_THREAD;
    private Phase phase = Phase.SWITCH;
    /** Where the thread goes on when it has been switched to, and what is left of that step of one that was evicted. */
    private Phase afterSwitch = Phase.RECV;

    private long cutStepNs = BETWEEN_STEPS;
    private int packet = PacketPool.NONE;
    private long stepNs;
    private long sliceLeftNs;
    /** Virtual run time of the current thread. */
    private long vruntimeNs;
    /** What a thread that wakes starts from; never runs backwards. */
    private long minVruntimeNs;

    /** Padata's workers; asleep where it has none. */
    final Kworker parallelWorker;

    final Kworker serialWorker;
    private boolean bottomHalvesDue;
    private long ksoftirqdVruntimeNs;
    private long consumed;

    ThreadContext(VirtualCpu cpu, VirtualHost host) {
        this.cpu = cpu.number;
        this.host = host;
        this.pool = host.pool;
        this.sockets = host.sockets;
        this.costs = host.costs;
        this.service = host.service;
        this.parallelWorker = new Kworker(cpu.number, PARALLEL_THREAD, false, host);
        this.serialWorker = new Kworker(cpu.number, SERIAL_THREAD, true, host);
        this.rateLimited = host.scenario.machine().rules().has(Rule.NEWIDLE_RATE_LIMIT);
    }

    /** Packets received by threads here, counted while measured. */
    long consumed() {
        return consumed;
    }

    /** Threads that wait for this CPU. */
    int waiting() {
        return runQueue.size();
    }

    /** Threads that wait for this CPU or run on it, ksoftirqd too (nr_running). */
    int runnable() {
        return runQueue.size() + (isNobodyCurrent() ? 0 : 1);
    }

    /** Whether no thread runs or waits here; a CPU in an interrupt or softirq counts as idle, unless ksoftirqd runs it. */
    boolean isIdle() {
        return isNobodyCurrent() && runQueue.isEmpty();
    }

    private boolean isNobodyCurrent() {
        return current == NO_THREAD && !host.cpus[cpu].isInKsoftirqd();
    }

    /** A thread became runnable here. */
    void onRunnable(int thread, long nowNs) {
        idleTimes.end(nowNs);
        sockets.state(thread, Sockets.RUNNABLE);
        runQueue.add(thread, minVruntimeNs());
    }

    /** A worker of padata became runnable here. */
    void onKworkerRunnable(Kworker worker, long nowNs) {
        idleTimes.end(nowNs);
        worker.awake(true);
        runQueue.add(worker.thread, minVruntimeNs());
    }

    /** Whether a worker has raised softirqs that run before anything else here; asks once. */
    boolean takeBottomHalvesDue() {
        final boolean due = bottomHalvesDue;
        bottomHalvesDue = false;
        return due;
    }

    private Kworker kworker(int thread) {
        return thread == PARALLEL_THREAD ? parallelWorker : serialWorker;
    }

    /** The CPU is to go offline: threads that wait here go elsewhere at once. */
    void leave(long nowNs) {
        while (!runQueue.isEmpty()) {
            final int thread = runQueue.remove();
            if (thread == KSOFTIRQD_THREAD) {
                ksoftirqdRunnable = false;
            } else {
                host.scheduler.makeRunnable(thread, cpu, nowNs);
            }
        }
    }

    /** The CPU goes offline: its thread goes on elsewhere, with what is left of its step or with its next one. */
    void evict(long leftNs, long nowNs) {
        if (current == NO_THREAD) {
            return;
        }
        final int thread = current;
        current = NO_THREAD;
        lastThread = NO_THREAD;
        if (phase != Phase.SWITCH) {
            host.cutSteps.add(thread, phase.ordinal(), packet, leftNs);
        } else if (afterSwitch != Phase.RECV) {
            host.cutSteps.add(thread, afterSwitch.ordinal(), packet, cutStepNs);
        }
        afterSwitch = Phase.RECV;
        cutStepNs = BETWEEN_STEPS;
        host.scheduler.makeRunnable(thread, cpu, nowNs);
    }

    /** A waiting thread that another CPU may take, or -1. */
    int takeWaiting() {
        return runQueue.removeLastTakeable();
    }

    /** The softirq loop gave up: the rest is a thread's work. */
    void wakeKsoftirqd() {
        if (!ksoftirqdRunnable) {
            ksoftirqdRunnable = true;
            ksoftirqdVruntimeNs = Math.max(ksoftirqdVruntimeNs, minVruntimeNs());
            runQueue.add(KSOFTIRQD_THREAD, ksoftirqdVruntimeNs);
        }
    }

    /** The turn of ksoftirqd took this long. */
    void onKsoftirqdRan(long ranNs) {
        ksoftirqdVruntimeNs += ranNs;
    }

    private long minVruntimeNs() {
        long least = current == NO_THREAD ? Long.MAX_VALUE : vruntimeNs;
        if (!runQueue.isEmpty()) {
            least = Math.min(least, runQueue.firstVruntimeNs());
        }
        if (least != Long.MAX_VALUE) {
            minVruntimeNs = Math.max(minVruntimeNs, least);
        }
        return minVruntimeNs;
    }

    /** The cost of the next step, {@link #NOTHING} or {@link #KSOFTIRQD}. */
    long nextStep(long nowNs) {
        while (current == NO_THREAD) {
            if (runQueue.isEmpty() && !pullOther(nowNs)) {
                lastThread = NO_THREAD;
                return NOTHING;
            }
            vruntimeNs = runQueue.firstVruntimeNs();
            minVruntimeNs = Math.max(minVruntimeNs, vruntimeNs);
            int thread = runQueue.remove();
            if (thread == KSOFTIRQD_THREAD) {
                ksoftirqdRunnable = false;
                if (host.cpus[cpu].softirq.isRaised()) {
                    lastThread = KSOFTIRQD_THREAD;
                    return KSOFTIRQD;
                }
            } else if (thread < KSOFTIRQD_THREAD) {
                current = thread;
                sliceLeftNs = SLICE_NS;
                phase = thread == lastThread ? Phase.KWORK : Phase.SWITCH;
                lastThread = thread;
            } else if (sockets.cpuOfThread(thread) != cpu) {
                host.scheduler.makeRunnable(thread, cpu, nowNs);
            } else {
                begin(thread);
            }
        }
        if (phase != Phase.SWITCH && cutStepNs != BETWEEN_STEPS) {
            stepNs = cutStepNs;
            cutStepNs = BETWEEN_STEPS;
            return stepNs;
        }
        if (phase == Phase.KWORK) {
            return nextOfKworker(nowNs);
        }
        stepNs = switch (phase) {
            case KWORK -> throw new IllegalStateException("kworker");
            case SWITCH -> costs.costNs(Stage.SWITCH, cpu, current < 0 ? cpu : sockets.switchTo(current, cpu), 0);
            case RECV -> recvNs(nowNs);
            case ACK -> costs.costNs(Stage.ACK, cpu, cpu, 0);
            case WORK -> service.nextNs(pool.flow[packet]);
            case SEND -> costs.costNs(Stage.SEND, cpu, sockets.linesCpu(pool.flow[packet], cpu), responseBytes());
        };
        if (phase != Phase.SWITCH) {
            host.recorder.onWork(packet, stepNs);
        }
        return stepNs;
    }

    private long nextOfKworker(long nowNs) {
        final Kworker worker = kworker(current);
        stepNs = worker.nextStepNs(nowNs);
        if (stepNs == Kworker.NOTHING) {
            worker.awake(false);
            current = NO_THREAD;
            return nextStep(nowNs);
        }
        packet = worker.packet();
        host.recorder.onWork(packet, stepNs);
        return stepNs;
    }

    /** Newidle balancing: when the CPU runs out of threads, not when an interrupt of an idle CPU ends. */
    private boolean pullOther(long nowNs) {
        if (idleTimes.isIdle()) {
            return false;
        }
        if (!(rateLimited && idleTimes.areShort()) && host.scheduler.pullTo(cpu, nowNs)) {
            return true;
        }
        idleTimes.begin(nowNs);
        return false;
    }

    private void begin(int thread) {
        current = thread;
        sockets.state(thread, Sockets.RUNNING);
        sliceLeftNs = SLICE_NS;
        phase = thread == lastThread ? Phase.RECV : Phase.SWITCH;
        lastThread = thread;
        if (host.cutSteps.take(thread)) {
            phase = Phase.SWITCH;
            afterSwitch = Phase.values()[host.cutSteps.phase()];
            packet = host.cutSteps.packet();
            cutStepNs = host.cutSteps.leftNs();
        }
    }

    private long recvNs(long nowNs) {
        packet = sockets.onRecvEntry(current, cpu);
        host.recorder.onStageDone(packet, LatencyStage.WAKEUP, nowNs);
        return costs.costNs(Stage.RECV, cpu, sockets.linesCpu(pool.flow[packet], cpu), pool.allPayloadBytes(packet));
    }

    /** The step is over. */
    void onStepDone(long nowNs) {
        vruntimeNs += stepNs;
        sliceLeftNs -= stepNs;
        switch (phase) {
            case KWORK -> {
                bottomHalvesDue = kworker(current).onStepDone(nowNs);
                if (mustYield()) {
                    runQueue.add(current, vruntimeNs);
                    current = NO_THREAD;
                }
            }
            case SWITCH -> {
                phase = current < 0 ? Phase.KWORK : afterSwitch;
                afterSwitch = Phase.RECV;
            }
            case RECV -> {
                sockets.dequeue(current, cpu, packet);
                consumed += host.recorder.onConsumed(packet, cpu, nowNs);
                host.clients.onReceived(pool.flow[packet], nowNs);
                phase = host.streams.onReceived(packet) ? Phase.ACK : Phase.WORK;
            }
            case ACK -> {
                host.streams.send(pool.flow[packet], cpu, nowNs);
                phase = Phase.WORK;
            }
            case WORK -> {
                if (responseBytes() > 0) {
                    sockets.onSendEntry(packet, cpu);
                    host.clients.onSend(pool.flow[packet], nowNs);
                    phase = Phase.SEND;
                } else {
                    onServed(nowNs);
                }
            }
            case SEND -> {
                host.nic.transmit(cpu, nowNs);
                host.clients.onResponse(packet, nowNs);
                onServed(nowNs);
            }
        }
    }

    private int responseBytes() {
        return host.clients.responseBytes(pool.flow[packet]);
    }

    private void onServed(long nowNs) {
        host.recorder.onStageDone(packet, LatencyStage.APPLICATION, nowNs);
        host.recorder.onDelivered(packet, nowNs);
        phase = Phase.RECV;
        boolean more = sockets.hasQueued(current);
        if (more && sockets.cpuOfThread(current) == cpu && !mustYield()) {
            return;
        }
        final int thread = current;
        current = NO_THREAD;
        if (!more) {
            sockets.state(thread, Sockets.SLEEPING);
        } else if (sockets.cpuOfThread(thread) == cpu) {
            sockets.state(thread, Sockets.RUNNABLE);
            runQueue.add(thread, vruntimeNs);
        } else {
            host.scheduler.makeRunnable(thread, cpu, nowNs);
        }
    }

    private boolean mustYield() {
        return sliceLeftNs <= 0 && !runQueue.isEmpty();
    }
}
