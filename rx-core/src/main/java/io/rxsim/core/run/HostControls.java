package io.rxsim.core.run;

import io.rxsim.core.cpu.CpuMask;
import java.util.List;

/**
 * What an administrator does to a running host: the calls behind {@link HostChange}. Values have passed the kernel's own checks;
 * an engine carries them out as that kernel does while packets are queued. Called by the engine's thread.
 */
public interface HostControls {
    /** {@code /sys/class/net/D/queues/rx-N/rps_cpus} was written; only its CPUs that are online now get into the map. */
    void rpsCpus(int rxQueue, CpuMask rpsCpus);

    /** {@code /sys/class/net/D/queues/rx-N/rps_flow_cnt} was written: a new, empty table of so many slots; 0 is none. */
    void rpsFlowCnt(int rxQueue, int slots);

    /** {@code net.core.rps_sock_flow_entries} was written: an empty table of so many entries, also if it had as many; 0 is none. */
    void rpsSockFlowEntries(int entries);

    /** {@code net.core.netdev_max_backlog}, from the next packet on. */
    void netdevMaxBacklog(int packets);

    /**
     * {@code net.core.flow_limit_cpu_bitmap} was written: CPUs that are set and have no table get an empty one, others lose theirs.
     *
     * @param bucketsByCpu buckets of each CPU's table, a power of two, or 0 for none; empty is none for all
     */
    void flowLimit(List<Integer> bucketsByCpu);

    /** {@code net.core.netdev_budget}, from the next softirq invocation on. */
    void netdevBudget(int packets);

    /** {@code net.core.netdev_budget_usecs}, from the next softirq invocation on. */
    void netdevBudgetUsecs(int usecs);

    /** {@code net.core.dev_weight} times {@code dev_weight_rx_bias}; a backlog's next poll reads it, the one after obeys it. */
    void backlogWeight(int packets);

    /** {@code /sys/devices/system/cpu/cpuN/online} was written; a CPU that is already so stays as it is. */
    void cpuOnline(int cpu, boolean online);

    /** {@code /proc/irq/N/smp_affinity} of an RX queue's interrupt; at least one of the CPUs is online. */
    void irqAffinity(int rxQueue, CpuMask mask);

    /** {@code /sys/class/net/D/threaded} was written: NAPI instances of the NIC change when they are scheduled next. */
    void threaded(boolean threaded);

    /** {@code ip link set dev D up} or {@code down}; {@link DeviceState#UNREGISTERED} also empties the backlogs. */
    void device(DeviceState state);

    /** {@code taskset -p} of the thread that serves a flow, to one online CPU; a flow without a thread has none to move. */
    void moveThread(int flow, int cpu);

    /** The same for all threads that belong to a CPU. */
    void moveThreads(int fromCpu, int toCpu);
}
