package io.rxsim.core.virtual;

import io.rxsim.core.run.Machine;
import io.rxsim.core.run.Placement;
import java.util.Arrays;

/**
 * The threads of a host by number: where each belongs and whether it sleeps.
 *
 * <p>0 and more are those of applications, whose state {@link Sockets} keeps. {@link #KSOFTIRQD}, the workers of
 * padata and {@link #BACKLOG}, the thread of the backlog ({@code backlog_napi/N}), are bound; each CPU has its own, whose state is that of its {@link ThreadContext}. Every
 * RX queue has a thread ({@code napi/<dev>-<id>}, net/core/dev.c, 6.18), which may run anywhere. Deviation: that begins on the CPU
 * that its queue's interrupt goes to at first. One thread.
 */
final class Threads {
    /** The thread that runs softirqs when the softirq loop gives up. */
    static final int KSOFTIRQD = -2;
    /** The worker of padata's parallel work. */
    static final int PARALLEL = -3;
    /** The worker of padata's serial work. */
    static final int SERIAL = -4;
    /** The thread that polls the CPU's backlog. */
    static final int BACKLOG = -5;

    private static final int FIRST_QUEUE = -6;

    private final Sockets sockets;
    private final int[] queueCpu;
    private final int[] queueRanOn;
    private final int[] queueState;

    Threads(Sockets sockets, Machine machine) {
        this.sockets = sockets;
        int queues = machine.nic().queues();
        this.queueCpu = new int[queues];
        Arrays.setAll(queueCpu, machine::irqCpu);
        this.queueRanOn = queueCpu.clone();
        this.queueState = new int[queues];
        Arrays.fill(queueState, Sockets.SLEEPING);
    }

    /** The thread of an RX queue. */
    static int ofQueue(int queue) {
        return FIRST_QUEUE - queue;
    }

    /** The NAPI instance that a thread polls. */
    static int napi(int thread) {
        return thread == BACKLOG ? NapiPoll.BACKLOG : FIRST_QUEUE - thread;
    }

    /** Whether a thread polls a NAPI instance. */
    static boolean isNapi(int thread) {
        return thread <= BACKLOG;
    }

    /** Whether a thread is a {@link Kworker}. */
    static boolean isKworker(int thread) {
        return thread == PARALLEL || thread == SERIAL;
    }

    /** Whether each CPU has a thread of this number. */
    static boolean isBound(int thread) {
        return thread < 0 && thread > FIRST_QUEUE;
    }

    /** Whether a thread may run on any CPU; {@code free} says so of those of applications. */
    static boolean mayMove(int thread, boolean free) {
        return thread <= FIRST_QUEUE || (free && thread >= 0);
    }

    /** The CPU that a thread belongs to; none is {@link Placement#NO_APPLICATION}. Not for threads that each CPU has. */
    int cpuOf(int thread) {
        return thread >= 0 ? sockets.cpuOfThread(thread) : queueCpu[napi(thread)];
    }

    /** A thread belongs to a CPU from now on. */
    void runOn(int thread, int cpu) {
        if (thread >= 0) {
            sockets.runOn(thread, cpu);
        } else {
            queueCpu[napi(thread)] = cpu;
        }
    }

    /** Whether a thread sleeps, waits or runs, as {@link Sockets} numbers it. Not for threads that each CPU has. */
    int state(int thread) {
        return thread >= 0 ? sockets.state(thread) : queueState[napi(thread)];
    }

    /** Sets it; of threads that each CPU has, it is known there. */
    void state(int thread, int to) {
        if (thread >= 0) {
            sockets.state(thread, to);
        } else if (thread <= FIRST_QUEUE) {
            queueState[napi(thread)] = to;
        }
    }

    /** A CPU switches to a thread; returns the CPU that it ran on last. */
    int switchTo(int thread, int cpu) {
        if (thread >= 0) {
            return sockets.switchTo(thread, cpu);
        }
        if (isBound(thread)) {
            return cpu;
        }
        final int last = queueRanOn[napi(thread)];
        queueRanOn[napi(thread)] = cpu;
        return last;
    }
}
