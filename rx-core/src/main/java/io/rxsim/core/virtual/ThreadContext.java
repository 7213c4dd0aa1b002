package io.rxsim.core.virtual;

import io.rxsim.core.cost.CostModel;
import io.rxsim.core.cost.Stage;
import io.rxsim.core.run.LatencyStage;

/**
 * The application threads of one CPU, one step at a time: switch to a thread, recv a packet, work on it.
 *
 * <p>Threads run in the order in which they became runnable, each until its socket is empty or its slice is used up. ksoftirqd
 * is one of them: a turn of it is one softirq loop.
 *
 * <p>Deviations: a plain queue with a slice stands for the fair scheduler, and a step is never preempted by another thread;
 * switching to ksoftirqd costs nothing; a runnable thread that moves leaves when its old CPU would have run it; a thread waits
 * as in epoll, so that it records its CPU when it enters recv for a packet that is there, and a recv takes one packet.
 */
final class ThreadContext {
    /** {@link #nextStep}: nothing is runnable. */
    static final long NOTHING = -1;
    /** {@link #nextStep}: it is ksoftirqd's turn. */
    static final long KSOFTIRQD = -2;

    /** How long a thread runs while others wait: the base slice of the fair scheduler on a small machine, 6.18. */
    static final long SLICE_NS = 2_800_000;

    private static final int NO_THREAD = -1;
    private static final int KSOFTIRQD_THREAD = -2;

    private enum Phase {
        SWITCH,
        RECV,
        WORK
    }

    private final int cpu;
    private final VirtualHost host;
    private final PacketPool pool;
    private final CostModel costs;
    private final long serviceNs;
    private final IntFifo runQueue = new IntFifo();
    private boolean ksoftirqdRunnable;
    private int current = NO_THREAD;
    private int lastThread = NO_THREAD;
    private Phase phase = Phase.SWITCH;
    private int packet = PacketPool.NONE;
    private long sliceEndNs;
    private long consumed;

    ThreadContext(VirtualCpu cpu, VirtualHost host) {
        this.cpu = cpu.number;
        this.host = host;
        this.pool = host.pool;
        this.costs = host.costs;
        this.serviceNs = host.scenario.load().application().serviceNs();
    }

    /** Packets received by threads here, counted while measured. */
    long consumed() {
        return consumed;
    }

    /** The thread of a flow became runnable here. */
    void onRunnable(int flow) {
        host.sockets.state(flow, Sockets.RUNNABLE);
        runQueue.add(flow);
    }

    /** The softirq loop gave up: the rest is a thread's work. */
    void wakeKsoftirqd() {
        if (!ksoftirqdRunnable) {
            ksoftirqdRunnable = true;
            runQueue.add(KSOFTIRQD_THREAD);
        }
    }

    /** The cost of the next step, {@link #NOTHING} or {@link #KSOFTIRQD}. */
    long nextStep(long nowNs) {
        while (current == NO_THREAD) {
            if (runQueue.isEmpty()) {
                lastThread = NO_THREAD;
                return NOTHING;
            }
            int thread = runQueue.remove();
            if (thread == KSOFTIRQD_THREAD) {
                ksoftirqdRunnable = false;
                if (host.cpus[cpu].softirq.isRaised()) {
                    lastThread = KSOFTIRQD_THREAD;
                    return KSOFTIRQD;
                }
            } else if (host.sockets.cpuOf(thread) != cpu) {
                host.receive.wake(thread, cpu, nowNs);
            } else {
                begin(thread, nowNs);
            }
        }
        return switch (phase) {
            case SWITCH -> costs.costNs(Stage.SWITCH, cpu, cpu, 0);
            case RECV -> recvNs(nowNs);
            case WORK -> serviceNs;
        };
    }

    private void begin(int thread, long nowNs) {
        current = thread;
        host.sockets.state(thread, Sockets.RUNNING);
        sliceEndNs = nowNs + SLICE_NS;
        phase = thread == lastThread ? Phase.RECV : Phase.SWITCH;
        lastThread = thread;
    }

    private long recvNs(long nowNs) {
        packet = host.sockets.onRecvEntry(current, cpu);
        host.recorder.onStageDone(packet, LatencyStage.WAKEUP, nowNs);
        return costs.costNs(Stage.RECV, cpu, host.sockets.linesCpu(current, cpu), pool.payloadBytes[packet]);
    }

    /** The step is over. */
    void onStepDone(long nowNs) {
        switch (phase) {
            case SWITCH -> phase = Phase.RECV;
            case RECV -> {
                host.sockets.dequeue(current, cpu, packet);
                host.recorder.onConsumed(packet, cpu, nowNs);
                consumed += pool.measured[packet] ? 1 : 0;
                if (serviceNs > 0) {
                    phase = Phase.WORK;
                } else {
                    onWorkDone(nowNs);
                }
            }
            case WORK -> onWorkDone(nowNs);
        }
    }

    private void onWorkDone(long nowNs) {
        host.recorder.onStageDone(packet, LatencyStage.APPLICATION, nowNs);
        host.recorder.onDelivered(packet, nowNs);
        phase = Phase.RECV;
        boolean more = host.sockets.hasQueued(current);
        boolean mayStay = host.sockets.cpuOf(current) == cpu && (nowNs < sliceEndNs || runQueue.isEmpty());
        if (more && mayStay) {
            return;
        }
        final int thread = current;
        current = NO_THREAD;
        if (more) {
            host.receive.wake(thread, cpu, nowNs);
        } else {
            host.sockets.state(thread, Sockets.SLEEPING);
        }
    }
}
