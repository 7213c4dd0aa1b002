package io.rxsim.core.kernel;

import java.util.Locale;

/**
 * One behaviour of the receive path in which kernel versions differ, or which a run may switch off to see what it is for.
 *
 * <p>The constants are named after what the kernel does when the rule is in force; {@link KernelRules} says which version
 * has which. Switching a rule off ({@link KernelRules#without}) is an <em>ablation</em>: the result is then no kernel's.
 */
public enum Rule {
    /** The steering code runs only while a map or the global flow table exists (rps_needed); before, for every packet. */
    RPS_NEEDED_SWITCH,
    /** The global entry holds the upper hash bits, and a mismatch bypasses RFS (get_rps_cpu, since 4.0). */
    UPPER_BIT_CHECK,
    /** A flow moves only when the old CPU's head has passed the recorded tail (get_rps_cpu, all versions with RFS). */
    TAIL_CHECK,
    /** The per-queue flow table is indexed by hash_32 instead of the low bits (since 6.15). */
    SLOT_BY_HASH_32,
    /** input_queue_head advances once per poll, after its packets; before, after each packet (process_backlog). */
    HEAD_ONCE_PER_POLL,
    /** A packet that changes its socket's flow hash empties the entry of the old one (sock_rps_save_rxhash, 2.6.35). */
    HASH_CHANGE_EMPTIES_ENTRY,
    /** The backlog's SCHED bit is cleared at splice time when the batch fits the quota (process_backlog, 2.6.35). */
    SCHED_CLEARED_EARLY,
    /** Budget and time are tested before a poll, against two jiffies, and a full poll may be repeated at once (2.6.35). */
    SQUEEZE_BEFORE_POLL,
    /** The software hash is SipHash over dissected flow keys; before, jhash over addresses and ports of plain IP. */
    FLOW_DISSECTOR,
    /** The softirq loop also ends after 2 ms; before, only after 10 restarts (handle_softirqs). */
    SOFTIRQ_TIME_LIMIT,
    /** Settings out of range or with text behind them are refused, and 6.18's exist; before, tolerated (net-sysfs.c, sysctl.c). */
    STRICT_SETTINGS,
    /** A CPU that enqueues limits flows when the target's queue is half full (skb_flow_limit, since 3.11). */
    FLOW_LIMIT,
    /** A packet is refused when its device is not running (enqueue_to_backlog); 2.6.35 does not look. */
    DEVICE_RUNNING_TEST,
    /** A dead CPU's poll list and owed wake-ups go to a survivor, its backlog gives up SCHED (dev_cpu_dead); 2.6.35 moves packets only. */
    DEAD_CPU_DUTIES_MOVE,
    /** /proc/net/softnet_stat has 15 columns (softnet_seq_show); 10 in 2.6.35. */
    SOFTNET_STAT_OF_15,
    /** A packet that a backlog refuses counts in its device's rx_dropped too (enqueue_to_backlog); not in 2.6.35. */
    DEVICE_RX_DROPPED,
    /** accept records its caller's CPU for the new socket (inet_accept); not in 2.6.35. */
    RECORD_AT_ACCEPT,
    /** RFS may ask a NIC to deliver a flow to another queue (set_rps_cpu, since 2.6.39). */
    ACCELERATED_RFS,
    /** A woken thread joins its waker's CPU unless more wait there; since, an idle previous CPU first (wake_affine, 2.6.35). */
    WAKE_TO_WAKER,
    /** bind(0) takes odd ports first, connect even ones, from per-destination places; before, both search upwards (2.6.35). */
    PORT_PARITY,
    /** A CPU whose idle times are short takes no waiting thread when it runs out of its own (idle_balance, 2.6.35). */
    NEWIDLE_RATE_LIMIT,
    /** GRO holds packets in eight buckets of eight, and sends them up after a full poll; before, eight in all (since 4.19). */
    GRO_BUCKETS,
    /** A sender that hears nothing of its last segments sends one again before its timer expires (tcp_send_loss_probe, since 3.10). */
    TAIL_LOSS_PROBE,
    /** Before its first round trip a connection retransmits after 3 s, since 3.1 after 1 s (TCP_TIMEOUT_INIT, 2.6.35). */
    INITIAL_RTO_3S,
    /** Padata serialises jobs in the order of submission (kernel/padata.c, all versions since 2.6.34). */
    PADATA_REORDER,
    /** Padata has shells, two masks and shared work items, and returns 0 on success; before, one mask and -EINPROGRESS. */
    PADATA_SHELLS,
    /** Padata's limit of jobs in flight is 10000 per possible CPU (2.6.34); since, 1000, and later none. */
    PADATA_LIMIT_PER_CPU;

    /** The rule's name in scenario files and options, for example {@code tail-check}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
