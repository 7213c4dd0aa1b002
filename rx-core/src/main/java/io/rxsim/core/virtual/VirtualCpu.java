package io.rxsim.core.virtual;

import io.rxsim.core.cost.CostModel;
import io.rxsim.core.cost.Stage;

/**
 * One CPU: what it does now, until when, and what it does next.
 *
 * <p>Hard interrupts go before softirqs, softirqs before threads. An interrupt prolongs a softirq step by its cost and its
 * handler acts at once; a thread's step is set aside and goes on after interrupt and softirq. Deviation: an interrupt that
 * comes during another is taken as if its handler followed at once.
 */
final class VirtualCpu {
    private static final int IDLE = 0;
    private static final int HARDIRQ = 1;
    private static final int SOFTIRQ = 2;
    private static final int THREAD = 3;
    /** A thread polls a NAPI instance, with softirqs off. */
    private static final int NAPI_POLL = 4;

    final int number;
    final Usage usage = new Usage();
    final SoftirqContext softirq;
    final ThreadContext threads;

    private final VirtualHost host;
    private final EventCalendar calendar;
    private final CostModel costs;
    private int activity = IDLE;
    private int epoch;
    private long doneNs;
    private long stepNs;
    /** What is left of the thread's step that an interrupt set aside. */
    private long suspendedNs;

    private boolean suspended;
    /** Epoch of that step, and whether its event is still in the calendar. */
    private int suspendedEpoch;

    private boolean suspendedEventPending;
    private boolean inKsoftirqd;
    /** Whether the CPU is to go offline, and takes no thread any more. */
    private boolean leaving;
    /** How often it has died, and how many interrupts for its backlog are under way to it. */
    private int lifetime;

    private int rpsIpisUnderWay;
    /** Whether the backlog is to be flushed before any thread runs. */
    private boolean flushing;

    VirtualCpu(int number, VirtualHost host) {
        this.number = number;
        this.host = host;
        this.calendar = host.calendar;
        this.costs = host.costs;
        this.softirq = new SoftirqContext(this, host);
        this.threads = new ThreadContext(this, host);
    }

    boolean isIdle() {
        return activity == IDLE;
    }

    /** Whether the softirq in progress is ksoftirqd's turn. */
    boolean isInKsoftirqd() {
        return inKsoftirqd;
    }

    /** Whether threads may be put here: cpu_active(). */
    boolean isActive() {
        return !leaving && host.softnet.isOnline(number);
    }

    /** Whether the CPU is on its way offline. */
    boolean isLeaving() {
        return leaving;
    }

    /** The CPU is to go offline: at once or, from an interrupt or softirq, when that is over. Its threads leave now. */
    void leave(long nowNs) {
        leaving = true;
        threads.leave(nowNs);
        if (activity == THREAD) {
            usage.ofThread(threads.isNapi(), stepNs - (doneNs - nowNs));
            threads.evict(doneNs - nowNs, nowNs);
        }
        if (activity == THREAD || activity == IDLE) {
            die(nowNs);
        }
    }

    /** The device is unregistered: its packets leave the backlog as soon as no softirq runs here. */
    void flushBacklog(long nowNs) {
        if (activity == THREAD || activity == IDLE) {
            host.receive.flush(softirq, number, nowNs);
        } else {
            flushing = true;
        }
    }

    /** The CPU is back. */
    void comeBack(long nowNs) {
        if (softirq.backlog().schedThreaded) {
            host.scheduler.wakeBacklogThread(number, number, nowNs);
        }
        if (softirq.isRaised()) {
            threads.wakeKsoftirqd();
            calendar.schedule(nowNs, Event.of(Event.RESCHEDULE, number, 0));
        }
    }

    private void die(long nowNs) {
        // ksoftirqd may have been woken meanwhile.
        threads.leave(nowNs);
        leaving = false;
        lifetime++;
        activity = IDLE;
        epoch++;
        // What is under way to it is taken before it dies.
        for (; rpsIpisUnderWay > 0; rpsIpisUnderWay--) {
            host.softnet.onReceivedRps(number);
            softirq.scheduleBacklog();
        }
        host.hotplug.onDead(this, nowNs);
    }

    /** An inter-processor interrupt for the backlog leaves for this CPU; returns what it must bring to be taken. */
    int onRpsIpiSent() {
        rpsIpisUnderWay++;
        return lifetime;
    }

    /** It arrives, unless the CPU has died in between. */
    void onRpsIpi(int itsLifetime, long nowNs) {
        if (itsLifetime != lifetime) {
            return;
        }
        rpsIpisUnderWay--;
        host.softnet.onReceivedRps(number);
        softirq.scheduleBacklog();
        interrupt(nowNs, costs.costNs(Stage.IPI_RECEIVE, number, number, 0));
    }

    /** Takes an interrupt whose handler has acted already, or acts right after; it costs {@code costNs}. */
    void interrupt(long nowNs, long costNs) {
        usage.hardirqNs += costNs;
        switch (activity) {
            case IDLE -> {
                long exitNs = costs.costNs(Stage.IDLE_EXIT, number, number, 0);
                usage.hardirqNs += exitNs;
                begin(HARDIRQ, nowNs, exitNs + costNs);
            }
            case THREAD -> {
                suspendedNs = doneNs - nowNs;
                suspended = true;
                suspendedEpoch = epoch;
                suspendedEventPending = true;
                usage.ofThread(threads.isNapi(), stepNs - suspendedNs);
                begin(HARDIRQ, nowNs, costNs);
            }
            default -> doneNs += costNs;
        }
    }

    /**
     * The time spent up to now, what is over of the step in progress included. Of a softirq step that interrupts prolonged, the
     * interrupts count as its last part.
     */
    Usage usageAt(long nowNs) {
        final Usage now = usage.minus(new Usage());
        final long leftNs = activity == IDLE ? 0 : doneNs - nowNs;
        switch (activity) {
            case HARDIRQ -> now.hardirqNs -= leftNs;
            case SOFTIRQ -> {
                now.hardirqNs -= Math.max(0, leftNs - stepNs);
                now.softirqNs += Math.max(0, stepNs - leftNs);
            }
            case NAPI_POLL -> {
                now.hardirqNs -= Math.max(0, leftNs - stepNs);
                now.napiThreadNs += Math.max(0, stepNs - leftNs);
            }
            case THREAD -> now.ofThread(threads.isNapi(), stepNs - leftNs);
            default -> {
                // An idle CPU has no step.
            }
        }
        return now;
    }

    /** A thread became runnable here while the CPU was idle, and the CPU has been told. */
    void onReschedule(long nowNs) {
        if (activity == IDLE && host.softnet.isOnline(number)) {
            long exitNs = costs.costNs(Stage.IDLE_EXIT, number, number, 0);
            usage.hardirqNs += exitNs;
            begin(HARDIRQ, nowNs, exitNs);
        }
    }

    /** The step that was scheduled under this epoch may be over. */
    void onStep(int itsEpoch, long nowNs) {
        if (itsEpoch != epoch) {
            suspendedEventPending &= itsEpoch != suspendedEpoch;
            return;
        }
        if (doneNs > nowNs) {
            schedule(doneNs);
            return;
        }
        switch (activity) {
            case HARDIRQ -> runSoftirqs(nowNs);
            case SOFTIRQ -> {
                usage.softirqNs += stepNs;
                if (inKsoftirqd) {
                    threads.onKsoftirqdRan(stepNs);
                }
                continueSoftirq(nowNs, softirq.onStepDone(nowNs));
            }
            case NAPI_POLL -> {
                usage.napiThreadNs += stepNs;
                threads.onPollStep(stepNs);
                continuePoll(nowNs, softirq.onStepDone(nowNs));
            }
            case THREAD -> {
                usage.ofThread(threads.isNapi(), stepNs);
                threads.onStepDone(nowNs);
                if (threads.takeBottomHalvesDue() && softirq.isRaised()) {
                    continueSoftirq(nowNs, softirq.enter(nowNs));
                } else {
                    runThreads(nowNs);
                }
            }
            default -> throw new IllegalStateException("cpu=" + number + " has a step but is idle");
        }
    }

    /** Softirqs that are pending run before anything else. */
    private void runSoftirqs(long nowNs) {
        if (softirq.isRaised()) {
            continueSoftirq(nowNs, softirq.enter(nowNs));
        } else {
            runThreads(nowNs);
        }
    }

    private void continueSoftirq(long nowNs, long costNs) {
        if (costNs == SoftirqContext.OVER) {
            inKsoftirqd = false;
            runThreads(nowNs);
        } else {
            begin(SOFTIRQ, nowNs, costNs);
        }
    }

    /** A thread's poll goes on, or is over: then softirqs that were raised meanwhile run first ({@code local_bh_enable}). */
    private void continuePoll(long nowNs, long costNs) {
        if (costNs != SoftirqContext.OVER) {
            begin(NAPI_POLL, nowNs, costNs);
            return;
        }
        final int napi = threads.polled();
        threads.pause(
                napi == NapiPoll.BACKLOG ? softirq.backlog().schedThreaded : host.nic.ring(napi).schedThreaded, nowNs);
        runSoftirqs(nowNs);
    }

    private void runThreads(long nowNs) {
        if (flushing || leaving) {
            if (beforeThreads(nowNs)) {
                return;
            }
        }
        if (suspended) {
            suspended = false;
            resume(nowNs);
            return;
        }
        long costNs = threads.nextStep(nowNs);
        if (costNs == ThreadContext.KSOFTIRQD) {
            inKsoftirqd = true;
            continueSoftirq(nowNs, softirq.enter(nowNs));
        } else if (costNs == ThreadContext.NAPI_POLL) {
            continuePoll(nowNs, softirq.pollInThread(threads.polled(), nowNs));
        } else if (costNs == ThreadContext.NOTHING) {
            activity = IDLE;
            epoch++;
        } else {
            begin(THREAD, nowNs, costNs);
        }
    }

    /** What the stopper and the flush worker do, which go before all threads; whether the CPU is dead then. */
    private boolean beforeThreads(long nowNs) {
        if (flushing) {
            flushing = false;
            host.receive.flush(softirq, number, nowNs);
        }
        if (!leaving) {
            return false;
        }
        threads.evict(suspended ? suspendedNs : ThreadContext.BETWEEN_STEPS, nowNs);
        suspended = false;
        die(nowNs);
        return true;
    }

    /** Goes on with the thread's step: its event, if not yet come, serves again, so that few are ever pending. */
    private void resume(long nowNs) {
        if (!suspendedEventPending) {
            begin(THREAD, nowNs, suspendedNs);
            return;
        }
        activity = THREAD;
        stepNs = suspendedNs;
        doneNs = nowNs + suspendedNs;
        epoch = suspendedEpoch;
    }

    private void begin(int what, long nowNs, long costNs) {
        activity = what;
        stepNs = costNs;
        doneNs = nowNs + costNs;
        schedule(doneNs);
    }

    private void schedule(long atNs) {
        calendar.schedule(atNs, Event.of(Event.CPU_STEP, number, ++epoch));
    }
}
