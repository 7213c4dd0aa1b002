package io.rxsim.core.virtual;

import io.rxsim.core.cost.CostModel;
import io.rxsim.core.cost.Stage;
import io.rxsim.core.cpu.CpuTopology;
import io.rxsim.core.cpu.Distance;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.run.ThreadPlacement;

/**
 * Where threads run: which CPU a woken thread joins, and how waiting threads spread ({@code select_task_rq_fair}, newidle and
 * periodic balancing; kernel/sched/fair.c, 6.18).
 *
 * <p>A free thread that wakes goes to its previous CPU if that is idle; otherwise to the waker's CPU if fewer threads wait
 * there; and from there to the nearest idle CPU that shares the last-level cache. In 2.6.35 the waker's CPU comes first, unless
 * more threads wait there than run on the previous one ({@code wake_affine}, synchronous, as sockets wake). A CPU that runs out
 * of threads takes one that waits elsewhere, nearest first (2.6.35: if its idle times are long, {@link IdleTimes}), and every
 * {@link #BALANCE_NS} each CPU takes one from the CPU with the most threads, if that has two more. A CPU with one runnable
 * thread keeps it, also while a softirq makes it wait. Threads that are not free go where their placement says; those that poll RX
 * queues are free, those that poll backlogs are bound. Deviations: load
 * is the number of threads, an idle core is not preferred to an idle sibling of a busy one, a thread that ran just now is taken
 * like any other, and taking one costs no more than its context switch. One thread.
 */
final class Scheduler {
    /** Time between two rounds of balancing: the base interval of a small domain. */
    static final long BALANCE_NS = 4_000_000;

    private static final int NO_THREAD = RunQueue.NONE;
    /** Half of what a domain of cores allows, 125. */
    private static final long IMBALANCE_PERCENT = 112;

    private final VirtualHost host;
    private final Threads threads;
    private final CostModel costs;
    private final CpuTopology topology;
    private final boolean free;
    private final int rescheduleNs;
    private final boolean wakeToWaker;
    /** All CPUs in order of distance from each; none while no thread may move. */
    private int[][] nearest;

    private boolean balancing;
    /** Whether NAPI instances of the NIC have been polled by threads. */
    private boolean napiThreads;

    Scheduler(VirtualHost host, ThreadPlacement placement) {
        this.host = host;
        this.threads = host.threads;
        this.costs = host.costs;
        this.topology = host.scenario.machine().profile().topology();
        this.free = placement.free();
        this.wakeToWaker = host.scenario.machine().rules().has(Rule.WAKE_TO_WAKER);
        this.rescheduleNs = host.scenario.machine().profile().ipiLatencyNs();
        this.nearest = free ? byDistance(topology) : new int[0][];
    }

    private static int[][] byDistance(CpuTopology topology) {
        int cpus = topology.cpuCount();
        int[][] order = new int[cpus][cpus];
        for (int from = 0; from < cpus; from++) {
            int next = 0;
            for (Distance distance : Distance.values()) {
                for (int step = 0; step < cpus; step++) {
                    int cpu = (from + step) % cpus;
                    if (topology.distance(from, cpu) == distance) {
                        order[from][next++] = cpu;
                    }
                }
            }
        }
        return order;
    }

    /** Wakes a thread from a CPU. */
    void wake(int thread, int waker, long nowNs) {
        if (free) {
            threads.runOn(thread, wakeTarget(threads.cpuOf(thread), waker));
        }
        makeRunnable(thread, waker, nowNs);
    }

    /** Wakes the thread of an RX queue from a CPU; what that costs the CPU, 0 if it does not sleep. */
    long wakeNapiThread(int thread, int waker, long nowNs) {
        if (threads.state(thread) != Sockets.SLEEPING) {
            return 0;
        }
        if (!napiThreads) {
            napiThreads = true;
            nearest = byDistance(topology);
        }
        final int previous = threads.cpuOf(thread);
        threads.runOn(thread, wakeTarget(previous, waker));
        makeRunnable(thread, waker, nowNs);
        return costs.costNs(Stage.WAKEUP, waker, previous, 0);
    }

    /** Wakes the thread of a CPU's backlog from another CPU; what that costs the waker, 0 if it does not sleep. */
    long wakeBacklogThread(int target, int waker, long nowNs) {
        final VirtualCpu cpu = host.cpus[target];
        if (!cpu.threads.wakeBacklog(nowNs)) {
            return 0;
        }
        tellIfIdle(cpu, nowNs);
        startBalancing(nowNs);
        return costs.costNs(Stage.WAKEUP, waker, target, 0);
    }

    private int wakeTarget(int previous, int waker) {
        int target;
        if (wakeToWaker) {
            target = wakeAffine(previous, waker) ? waker : previous;
            if (isIdle(target)) {
                return target;
            }
        } else if (isIdle(previous)) {
            return previous;
        } else {
            target = waiting(waker) < waiting(previous) ? waker : previous;
        }
        for (int cpu : nearest[target]) {
            if (topology.distance(target, cpu).compareTo(Distance.LLC) > 0) {
                break;
            }
            if (isIdle(cpu)) {
                return cpu;
            }
        }
        return target;
    }

    /** wake_affine for a synchronous wake-up, which takes the waker's own thread to be about to sleep; 2.6.35. */
    private boolean wakeAffine(int previous, int waker) {
        final int others = waiting(waker);
        return others == 0 || 100L * (others + 1) <= IMBALANCE_PERCENT * runnable(previous);
    }

    private boolean isIdle(int cpu) {
        return host.cpus[cpu].isActive() && host.cpus[cpu].threads.isIdle();
    }

    private int waiting(int cpu) {
        return host.cpus[cpu].isActive() ? host.cpus[cpu].threads.waiting() : Integer.MAX_VALUE;
    }

    private int runnable(int cpu) {
        return host.cpus[cpu].threads.runnable();
    }

    /** Queues a thread on the CPU it belongs to, and tells that CPU if it is another and does nothing. */
    void makeRunnable(int thread, int from, long nowNs) {
        int target = threads.cpuOf(thread);
        if (!host.cpus[target].isActive()) {
            target = fallback(target, Threads.mayMove(thread, free));
            threads.runOn(thread, target);
        }
        final VirtualCpu cpu = host.cpus[target];
        cpu.threads.onRunnable(thread, nowNs);
        if (target != from) {
            tellIfIdle(cpu, nowNs);
        }
        startBalancing(nowNs);
    }

    private void tellIfIdle(VirtualCpu cpu, long nowNs) {
        if (cpu.isIdle()) {
            host.calendar.schedule(nowNs + rescheduleNs, Event.of(Event.RESCHEDULE, cpu.number, 0));
        }
    }

    /**
     * Where a thread goes whose CPU is offline (select_fallback_rq, kernel/sched/core.c): one that may run anywhere to the
     * lowest CPU of the same package, one that was bound to its CPU to the lowest of all, for good.
     */
    private int fallback(int offline, boolean mayMove) {
        for (int cpu = 0; mayMove && cpu < host.cpus.length; cpu++) {
            if (host.cpus[cpu].isActive() && topology.distance(offline, cpu) != Distance.REMOTE) {
                return cpu;
            }
        }
        int cpu = 0;
        while (!host.cpus[cpu].isActive()) {
            cpu++;
        }
        return cpu;
    }

    /** A CPU has no thread left: takes one that waits elsewhere, if it may; whether it did. */
    boolean pullTo(int cpu, long nowNs) {
        if (!free && !napiThreads) {
            return false;
        }
        for (int other : nearest[cpu]) {
            if (other != cpu && runnable(other) > 1 && move(other, cpu, nowNs)) {
                return true;
            }
        }
        return false;
    }

    private boolean move(int from, int to, long nowNs) {
        final int thread = host.cpus[from].threads.takeWaiting(free);
        if (thread == NO_THREAD) {
            return false;
        }
        threads.runOn(thread, to);
        host.cpus[to].threads.onRunnable(thread, nowNs);
        tellIfIdle(host.cpus[to], nowNs);
        return true;
    }

    private void startBalancing(long nowNs) {
        if ((free || napiThreads) && !balancing) {
            balancing = true;
            host.calendar.schedule(nowNs + BALANCE_NS, Event.of(Event.BALANCE, 0, 0));
        }
    }

    /** A round of balancing is due; rounds go on while threads wait anywhere. */
    void onBalance(long nowNs) {
        balancing = false;
        boolean anyWaiting = false;
        for (VirtualCpu cpu : host.cpus) {
            if (cpu.isActive()) {
                balance(cpu.number, nowNs);
                anyWaiting |= cpu.threads.waiting() > 0;
            }
        }
        if (anyWaiting) {
            startBalancing(nowNs);
        }
    }

    private void balance(int cpu, long nowNs) {
        int busiest = cpu;
        for (int other : nearest[cpu]) {
            if (runnable(other) > runnable(busiest)) {
                busiest = other;
            }
        }
        if (runnable(busiest) - runnable(cpu) >= 2) {
            move(busiest, cpu, nowNs);
        }
    }
}
