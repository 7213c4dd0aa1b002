package io.rxsim.core.softnet;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;

/**
 * The receive action of one CPU: which NAPI instance is polled next, and when the invocation ends ({@code net_rx_action},
 * net/core/dev.c). Lists and budget only; who polls, and what time it is, comes in.
 *
 * <p>One invocation is {@link #begin}, then {@link #next} and {@link #polled} in turn until {@link #DONE}, then {@link
 * #end}. Instances are numbers of the caller's choice. Deviation: the ticks of all CPUs begin at time 0. Called by the
 * CPU's own thread.
 */
public abstract class NetRxAction {
    /** {@link #next}: the invocation is over. */
    public static final int DONE = -1;

    /** Weight of a driver's NAPI instance (NAPI_POLL_WEIGHT). */
    public static final int NAPI_POLL_WEIGHT = 64;

    private static final long SECOND_NS = 1_000_000_000L;

    final NapiList pollList = new NapiList();
    int budget;
    private final long tickNs;
    int budgetLeft;
    long limitJiffies;
    private long timeSqueeze;

    NetRxAction(int budget, int hz) {
        this.budget = budget;
        this.tickNs = SECOND_NS / hz;
    }

    /**
     * The receive action of an era.
     *
     * @param budget netdev_budget: packets per invocation
     * @param budgetUsecs netdev_budget_usecs, rounded up to ticks; 2.6.35 has two ticks whatever it says
     * @param hz ticks per second
     */
    public static NetRxAction of(KernelRules rules, int budget, int budgetUsecs, int hz) {
        if (rules.has(Rule.SQUEEZE_BEFORE_POLL)) {
            return new NetRxAction2635(budget, hz);
        }
        return new NetRxAction618(budget, budgetUsecs, hz);
    }

    /**
     * Puts an instance at the end of the poll list (____napi_schedule).
     *
     * @return whether NET_RX must be raised
     */
    public final boolean schedule(int napi) {
        pollList.add(napi);
        return mustRaise();
    }

    /** Whether something new to do, an instance or an owed wake-up, needs NET_RX raised: not inside the action of 6.18. */
    public abstract boolean mustRaise();

    /** netdev_budget was written; the next invocation starts with it. */
    public final void budget(int packets) {
        budget = packets;
    }

    /** netdev_budget_usecs was written; the next invocation obeys it. */
    public abstract void budgetUsecs(int usecs);

    /** Takes the first instance off the poll list of a CPU that is dead, or {@link #DONE} if there is none. */
    public final int takeFirst() {
        return pollList.isEmpty() ? DONE : pollList.removeFirst();
    }

    /** Starts an invocation. */
    public abstract void begin(long nowNs);

    /** The instance to poll now, or {@link #DONE}. */
    public abstract int next(long nowNs);

    /** The instance being polled gave up its SCHED bit: it is on no list any more. */
    public abstract void completed(int napi);

    /**
     * A poll returned.
     *
     * @param work packets it handled
     * @param weight the weight it was given
     * @param scheduled whether it still holds SCHED
     */
    public abstract void polled(int napi, int work, int weight, boolean scheduled, long nowNs);

    /**
     * Ends the invocation.
     *
     * @return whether NET_RX is raised again because instances are left
     */
    public abstract boolean end();

    /** Invocations ended by budget or time. */
    public final long timeSqueeze() {
        return timeSqueeze;
    }

    final void countSqueeze() {
        timeSqueeze++;
    }

    final long jiffies(long nowNs) {
        return nowNs / tickNs;
    }

    static int usecsToJiffies(int usecs, int hz) {
        long usecsPerTick = 1_000_000L / hz;
        return (int) ((usecs + usecsPerTick - 1) / usecsPerTick);
    }
}
