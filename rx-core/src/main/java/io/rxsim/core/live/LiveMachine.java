package io.rxsim.core.live;

import io.rxsim.core.cost.HostProfile;
import io.rxsim.core.cost.Stage;
import io.rxsim.core.cost.StageCost;
import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.cpu.CpuTopology;
import io.rxsim.core.cpu.Distance;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.NetConfig;
import io.rxsim.core.run.NicConfig;
import io.rxsim.core.run.RxQueueConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Describes the machine of a live host in a few words, for programs that embed it: no costs, since the work is real.
 *
 * <pre>{@code LiveMachine.cpus(4).queues(2).rps("f").rfs(32768).build()}</pre>
 *
 * <p>Settings have the kernel's names, grammar and defaults (6.18) where nothing is said: netdev_max_backlog 1000, budget 300
 * packets and 8 ms, weight 64, a ring of 256; the interrupt of queue i goes to CPU i modulo CPUs. One thread.
 */
public final class LiveMachine {
    private final int cpus;
    private KernelRules rules = KernelRules.V6_18;
    private int queues = 1;
    private int ring = 256;
    private NicConfig.Path path = NicConfig.Path.NAPI;
    private List<CpuMask> irqAffinity = List.of();
    private CpuMask rpsCpus;
    private int flowEntries;
    private int maxBacklog = 1000;
    private List<Integer> flowLimitBuckets = List.of();

    private LiveMachine(int cpus) {
        this.cpus = cpus;
        this.rpsCpus = CpuMask.empty(cpus);
    }

    /** A machine of {@code cpus} CPUs, all online. */
    public static LiveMachine cpus(int cpus) {
        CpuTopology.flat(cpus);
        return new LiveMachine(cpus);
    }

    /** The kernel whose rules are in force. */
    public LiveMachine kernel(KernelRules kernel) {
        rules = kernel;
        return this;
    }

    /** RX queues of the NIC; one producer thread each. */
    public LiveMachine queues(int count) {
        queues = count;
        return this;
    }

    /** Descriptors per queue; the ring has the next power of two. */
    public LiveMachine ring(int descriptors) {
        ring = descriptors;
        return this;
    }

    /** CPUs that take the queues' interrupts, in the order of the queues. */
    public LiveMachine irqCpus(int... cpusOfQueues) {
        List<CpuMask> masks = new ArrayList<>();
        for (int cpu : cpusOfQueues) {
            masks.add(CpuMask.of(cpu, cpus));
        }
        irqAffinity = masks;
        return this;
    }

    /** How packets that are not steered enter the stack. */
    public LiveMachine path(NicConfig.Path entry) {
        path = entry;
        return this;
    }

    /** rps_cpus of every queue, for example {@code "f"}. */
    public LiveMachine rps(String mask) {
        rpsCpus = CpuMask.parse(mask, cpus);
        return this;
    }

    /** rps_sock_flow_entries, and rps_flow_cnt of every queue: a power of two, 0 is off. */
    public LiveMachine rfs(int entries) {
        flowEntries = entries;
        return this;
    }

    /** netdev_max_backlog. */
    public LiveMachine maxBacklog(int packets) {
        maxBacklog = packets;
        return this;
    }

    /**
     * flow_limit_cpu_bitmap, for example {@code "3"}, and flow_limit_table_len: the CPUs that drop what one flow has too much of when a backlog
     * is half full (6.18 only).
     */
    public LiveMachine flowLimit(String mask, int tableLength) {
        CpuMask limited = CpuMask.parse(mask, cpus);
        List<Integer> buckets = new ArrayList<>(Collections.nCopies(cpus, 0));
        for (int cpu : limited.cpus()) {
            buckets.set(cpu, tableLength);
        }
        flowLimitBuckets = buckets;
        return this;
    }

    /** The machine. Throws as its parts do, naming what is not allowed. */
    public Machine build() {
        List<CpuMask> affinity = new ArrayList<>(irqAffinity);
        for (int queue = affinity.size(); queue < queues; queue++) {
            affinity.add(CpuMask.of(queue % cpus, cpus));
        }
        List<Integer> indirection = new ArrayList<>();
        for (int i = 0; i < NicConfig.DEFAULT_INDIRECTION; i++) {
            indirection.add(i % queues);
        }
        NetConfig net = new NetConfig(
                maxBacklog,
                300,
                8000,
                64,
                flowEntries,
                Collections.nCopies(queues, new RxQueueConfig(rpsCpus, flowEntries)),
                flowLimitBuckets);
        NicConfig nic = new NicConfig(path, queues, affinity, ring, 0, indirection);
        return new Machine(rules, profile(), CpuMask.all(cpus), nic, net);
    }

    private HostProfile profile() {
        Map<Stage, StageCost> costs = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            costs.put(stage, new StageCost(0, 0, 0, "live: the work is real"));
        }
        Map<Distance, Integer> lines = new EnumMap<>(Distance.class);
        for (Distance distance : Distance.values()) {
            lines.put(distance, 0);
        }
        return new HostProfile("live", CpuTopology.flat(cpus), 250, 0, costs, lines);
    }
}
