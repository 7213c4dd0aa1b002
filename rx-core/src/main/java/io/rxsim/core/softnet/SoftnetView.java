package io.rxsim.core.softnet;

/**
 * What a steering decision may see of the CPUs (per-CPU {@code softnet_data}, include/linux/netdevice.h, 6.18).
 *
 * <p>Heads and tails are u32 counters that wrap; compare them by signed difference. A reader may see an old head, which
 * only delays a move.
 */
public interface SoftnetView {
    /** nr_cpu_ids: one more than the highest possible CPU number. */
    int cpuCount();

    /** Whether a CPU is online. {@code cpu} is below {@link #cpuCount()}. */
    boolean isOnline(int cpu);

    /** input_queue_head of a CPU: packets that have left its backlog, u32. */
    int inputQueueHead(int cpu);

    /** input_queue_tail of a CPU: packets its backlog has accepted, u32. */
    int inputQueueTail(int cpu);
}
