package io.rxsim.core.softnet;

import java.util.List;

/**
 * The flow limit tables of all CPUs: those set in {@code flow_limit_cpu_bitmap} have one ({@code flow_limit_cpu_sysctl},
 * net/core/sysctl_net_core.c, 6.18). Which table decides is the enqueuing CPU's; which queue's length counts is the target's. One
 * thread, or in the live engine each CPU's table by that CPU's thread, and {@link #set} while all stand still.
 */
public final class FlowLimits {
    private final FlowLimit[] tables;

    /** No CPU of {@code cpus} has a table. */
    public FlowLimits(int cpus) {
        tables = new FlowLimit[cpus];
    }

    /**
     * The bitmap was written: a CPU that has a length and no table gets an empty one, one that has a table keeps it, and one
     * whose length is 0 loses it with its count.
     *
     * @param lengths buckets by CPU, 0 is no table; empty is none for all
     */
    public void set(List<Integer> lengths) {
        for (int cpu = 0; cpu < tables.length; cpu++) {
            int length = lengths.isEmpty() ? 0 : lengths.get(cpu);
            if (length == 0) {
                tables[cpu] = null;
            } else if (tables[cpu] == null) {
                tables[cpu] = new FlowLimit(length);
            }
        }
    }

    /** Whether a CPU has a table. */
    public boolean has(int cpu) {
        return tables[cpu] != null;
    }

    /**
     * Whether a packet that the length limit would accept is dropped.
     *
     * @param enqueuingCpu the CPU whose table decides
     * @param hash the packet's flow hash
     * @param inputQueueLength of the target CPU, before the packet
     */
    public boolean drops(int enqueuingCpu, int hash, int inputQueueLength, int netdevMaxBacklog) {
        final FlowLimit table = tables[enqueuingCpu];
        return table != null && FlowLimit.looks(inputQueueLength, netdevMaxBacklog) && table.drops(hash);
    }

    /** flow_limit_count of a CPU: packets its table dropped since it was allocated, u32; 0 without a table. */
    public int count(int cpu) {
        return tables[cpu] == null ? 0 : tables[cpu].count();
    }
}
