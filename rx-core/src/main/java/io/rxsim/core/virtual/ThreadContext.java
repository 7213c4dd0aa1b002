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
    /** {@link #nextStep}: a thread is to poll a NAPI instance, {@link #polled}. */
    static final long NAPI_POLL = -3;
    /** {@link #evict}: the thread is not in a step. */
    static final long BETWEEN_STEPS = -1;

    /** How long a thread runs while others wait: the base slice of the fair scheduler on 8 CPUs or more, 6.18. */
    static final long SLICE_NS = 2_800_000;

    private static final int NO_THREAD = RunQueue.NONE;

    private final int cpu;
    private final VirtualHost host;
    private final PacketPool pool;
    private final Sockets sockets;
    private final Threads threads;
    private final CostModel costs;
    private final ServiceTime service;
    private final RunQueue runQueue = new RunQueue();
    private final IdleTimes idleTimes = new IdleTimes();
    private final boolean rateLimited;
    private boolean ksoftirqdRunnable;
    /** Whether the thread of the CPU's backlog does not sleep. */
    private boolean backlogAwake;

    private int current = NO_THREAD;
    private int lastThread = NO_THREAD;
    private ThreadPhase phase = ThreadPhase.SWITCH;
    /** Where the thread goes on when it has been switched to, and what is left of that step of one that was evicted. */
    private ThreadPhase afterSwitch = ThreadPhase.RECV;

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
        this.threads = host.threads;
        this.costs = host.costs;
        this.service = host.service;
        this.parallelWorker = new Kworker(cpu.number, Threads.PARALLEL, false, host);
        this.serialWorker = new Kworker(cpu.number, Threads.SERIAL, true, host);
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
        threads.state(thread, Sockets.RUNNABLE);
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
        return thread == Threads.PARALLEL ? parallelWorker : serialWorker;
    }

    /** Wakes the thread of the CPU's backlog; whether it slept. */
    boolean wakeBacklog(long nowNs) {
        if (backlogAwake) {
            return false;
        }
        backlogAwake = true;
        onRunnable(Threads.BACKLOG, nowNs);
        return true;
    }

    /** The CPU is to go offline: threads that wait here go elsewhere at once. */
    void leave(long nowNs) {
        while (!runQueue.isEmpty()) {
            final int thread = runQueue.remove();
            if (thread == Threads.KSOFTIRQD) {
                ksoftirqdRunnable = false;
            } else if (thread == Threads.BACKLOG) {
                backlogAwake = false;
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
        if (thread == Threads.BACKLOG) {
            backlogAwake = false;
            return;
        }
        if (thread >= 0) {
            cutStep(thread, leftNs);
        }
        host.scheduler.makeRunnable(thread, cpu, nowNs);
    }

    private void cutStep(int thread, long leftNs) {
        if (phase != ThreadPhase.SWITCH) {
            host.cutSteps.add(thread, phase.ordinal(), packet, leftNs);
        } else if (afterSwitch != ThreadPhase.RECV) {
            host.cutSteps.add(thread, afterSwitch.ordinal(), packet, cutStepNs);
        }
        cutStepNs = BETWEEN_STEPS;
    }

    /** A waiting thread that another CPU may take, or -1; {@code free} says whether it may be one of an application. */
    int takeWaiting(boolean free) {
        return runQueue.removeLast(free);
    }

    /** The softirq loop gave up: the rest is a thread's work. */
    void wakeKsoftirqd() {
        if (!ksoftirqdRunnable) {
            ksoftirqdRunnable = true;
            ksoftirqdVruntimeNs = Math.max(ksoftirqdVruntimeNs, minVruntimeNs());
            runQueue.add(Threads.KSOFTIRQD, ksoftirqdVruntimeNs);
        }
    }

    /** The turn of ksoftirqd took this long. */
    void onKsoftirqdRan(long ranNs) {
        ksoftirqdVruntimeNs += ranNs;
    }

    /** Whether the current thread polls a NAPI instance. */
    boolean isNapi() {
        return Threads.isNapi(current);
    }

    /** The NAPI instance that the current thread is to poll. */
    int polled() {
        return Threads.napi(current);
    }

    /** A step of its poll took this long. */
    void onPollStep(long ranNs) {
        vruntimeNs += ranNs;
        sliceLeftNs -= ranNs;
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

    /** The cost of the next step, {@link #NOTHING}, {@link #KSOFTIRQD} or {@link #NAPI_POLL}. */
    long nextStep(long nowNs) {
        while (current == NO_THREAD) {
            if (runQueue.isEmpty() && !pullOther(nowNs)) {
                lastThread = NO_THREAD;
                return NOTHING;
            }
            vruntimeNs = runQueue.firstVruntimeNs();
            minVruntimeNs = Math.max(minVruntimeNs, vruntimeNs);
            int thread = runQueue.remove();
            if (thread == Threads.KSOFTIRQD) {
                ksoftirqdRunnable = false;
                if (host.cpus[cpu].softirq.isRaised()) {
                    lastThread = Threads.KSOFTIRQD;
                    return KSOFTIRQD;
                }
            } else if (!Threads.isBound(thread) && threads.cpuOf(thread) != cpu) {
                host.scheduler.makeRunnable(thread, cpu, nowNs);
            } else {
                begin(thread);
            }
        }
        if (phase == ThreadPhase.POLL) {
            return NAPI_POLL;
        }
        if (phase != ThreadPhase.SWITCH && cutStepNs != BETWEEN_STEPS) {
            stepNs = cutStepNs;
            cutStepNs = BETWEEN_STEPS;
            return stepNs;
        }
        if (phase == ThreadPhase.KWORK) {
            return nextOfKworker(nowNs);
        }
        stepNs = switch (phase) {
            case KWORK -> throw new IllegalStateException("phase=" + phase);
            case SWITCH -> costs.costNs(Stage.SWITCH, cpu, threads.switchTo(current, cpu), 0);
            case RECV -> recvNs(nowNs);
            case ACK -> costs.costNs(Stage.ACK, cpu, cpu, 0);
            case WORK -> service.nextNs(pool.flow[packet]);
            case SEND -> costs.costNs(Stage.SEND, cpu, sockets.linesCpu(pool.flow[packet], cpu), responseBytes());
            case POLL -> throw new IllegalStateException("phase=" + phase);
        };
        if (phase != ThreadPhase.SWITCH) {
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
        threads.state(thread, Sockets.RUNNING);
        sliceLeftNs = SLICE_NS;
        afterSwitch = Threads.isNapi(thread)
                ? ThreadPhase.POLL
                : Threads.isKworker(thread) ? ThreadPhase.KWORK : ThreadPhase.RECV;
        phase = thread == lastThread ? afterSwitch : ThreadPhase.SWITCH;
        lastThread = thread;
        if (thread >= 0 && host.cutSteps.take(thread)) {
            phase = ThreadPhase.SWITCH;
            afterSwitch = ThreadPhase.of(host.cutSteps.phase());
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
            case SWITCH -> phase = afterSwitch;
            case RECV -> {
                sockets.dequeue(current, cpu, packet);
                consumed += host.recorder.onConsumed(packet, cpu, nowNs);
                host.clients.onReceived(pool.flow[packet], nowNs);
                phase = host.streams.onReceived(packet) ? ThreadPhase.ACK : ThreadPhase.WORK;
            }
            case ACK -> {
                host.streams.send(pool.flow[packet], cpu, nowNs);
                phase = ThreadPhase.WORK;
            }
            case WORK -> {
                if (responseBytes() > 0) {
                    sockets.onSendEntry(packet, cpu);
                    host.clients.onSend(pool.flow[packet], nowNs);
                    phase = ThreadPhase.SEND;
                } else {
                    onServed(nowNs);
                }
            }
            case SEND -> {
                host.nic.transmit(cpu, nowNs);
                host.clients.onResponse(packet, nowNs);
                onServed(nowNs);
            }
            case POLL -> throw new IllegalStateException("phase=" + phase);
        }
    }

    private int responseBytes() {
        return host.clients.responseBytes(pool.flow[packet]);
    }

    private void onServed(long nowNs) {
        host.recorder.onStageDone(packet, LatencyStage.APPLICATION, nowNs);
        host.recorder.onDelivered(packet, nowNs);
        phase = ThreadPhase.RECV;
        pause(sockets.hasQueued(current), nowNs);
    }

    /** The current thread goes on if it has more to do, unless others wait and its slice is used; or gives way, or sleeps. */
    void pause(boolean more, long nowNs) {
        final int thread = current;
        final boolean here = Threads.isBound(thread) || threads.cpuOf(thread) == cpu;
        if (more && here && !mustYield()) {
            return;
        }
        current = NO_THREAD;
        if (!more) {
            backlogAwake &= thread != Threads.BACKLOG;
            threads.state(thread, Sockets.SLEEPING);
        } else if (here) {
            threads.state(thread, Sockets.RUNNABLE);
            runQueue.add(thread, vruntimeNs);
        } else {
            host.scheduler.makeRunnable(thread, cpu, nowNs);
        }
    }

    private boolean mustYield() {
        return sliceLeftNs <= 0 && !runQueue.isEmpty();
    }
}
