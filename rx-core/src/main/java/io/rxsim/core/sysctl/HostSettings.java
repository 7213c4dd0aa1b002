package io.rxsim.core.sysctl;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of one host: all sysctls of its kernel with their defaults, and new per-queue files (net/core/sysctl_net_core.c,
 * net/core/net-sysfs.c, 6.18 and 2.6.35). One thread.
 */
public final class HostSettings {
    /** Limit of an input queue. */
    public static final String NETDEV_MAX_BACKLOG = "net.core.netdev_max_backlog";
    /** Packets per softirq invocation. */
    public static final String NETDEV_BUDGET = "net.core.netdev_budget";
    /** Time per softirq invocation; not in 2.6.35. */
    public static final String NETDEV_BUDGET_USECS = "net.core.netdev_budget_usecs";
    /** Packets per backlog poll, before its bias. */
    public static final String DEV_WEIGHT = "net.core.dev_weight";
    /** Factor of dev_weight for backlogs; not in 2.6.35. */
    public static final String DEV_WEIGHT_RX_BIAS = "net.core.dev_weight_rx_bias";
    /** Factor of dev_weight for queueing disciplines; not in 2.6.35. */
    public static final String DEV_WEIGHT_TX_BIAS = "net.core.dev_weight_tx_bias";
    /** Entries of the global flow table. */
    public static final String RPS_SOCK_FLOW_ENTRIES = "net.core.rps_sock_flow_entries";
    /** Map of RX queues made later; not in 2.6.35. */
    public static final String RPS_DEFAULT_MASK = "net.core.rps_default_mask";
    /** CPUs that limit flows; not in 2.6.35. */
    public static final String FLOW_LIMIT_CPU_BITMAP = "net.core.flow_limit_cpu_bitmap";
    /** Buckets of flow limit tables made later; not in 2.6.35. */
    public static final String FLOW_LIMIT_TABLE_LEN = "net.core.flow_limit_table_len";
    /** Receive buffer of a socket, bytes of truesize. */
    public static final String RMEM_DEFAULT = "net.core.rmem_default";
    /** RPS map of an RX queue. */
    public static final String RPS_CPUS = "rps_cpus";
    /** Slots of an RX queue's flow table. */
    public static final String RPS_FLOW_CNT = "rps_flow_cnt";

    /** Whether threads poll the NAPI instances of a device; not in 2.6.35. */
    public static final String THREADED = "threaded";

    private static final List<String> NOT_IN_2635 = List.of(
            NETDEV_BUDGET_USECS,
            DEV_WEIGHT_RX_BIAS,
            DEV_WEIGHT_TX_BIAS,
            RPS_DEFAULT_MASK,
            FLOW_LIMIT_TABLE_LEN,
            FLOW_LIMIT_CPU_BITMAP);

    /** SK_RMEM_MAX: 256 packets of 256 bytes with their overhead on x86-64 (include/net/sock.h, net/core/sock.c). */
    private static final int RMEM_DEFAULT_BYTES = 212992;

    /** SOCK_MIN_RCVBUF on x86-64 (include/net/sock.h). */
    private static final int MIN_RCVBUF = 2304;

    /** No bound on tables but the kernel's. */
    public static final long UNBOUNDED = Long.MAX_VALUE;

    private final boolean modern;
    private final CpuMask housekeeping;
    private final long memoryEntries;
    private final Map<String, Knob> knobs = new LinkedHashMap<>();
    private CpuMask online;

    /**
     * A host as it boots.
     *
     * @param hz ticks per second, from which the default and the least of netdev_budget_usecs follow
     * @param online CPUs online at first
     * @param housekeeping CPUs that are not isolated
     * @param memoryEntries entries for which a flow table finds memory; more is ENOMEM
     */
    public HostSettings(KernelRules rules, int hz, CpuMask online, CpuMask housekeeping, long memoryEntries) {
        this.modern = rules.has(Rule.STRICT_SETTINGS);
        this.online = online;
        this.housekeeping = housekeeping;
        this.memoryEntries = memoryEntries;
        add(IntegerSysctl.any(NETDEV_MAX_BACKLOG, 1000, modern));
        add(IntegerSysctl.any(NETDEV_BUDGET, 300, modern));
        if (!modern) {
            add(IntegerSysctl.any(DEV_WEIGHT, 64, false));
            add(new RpsSockFlowEntries(false, memoryEntries));
            add(IntegerSysctl.any(RMEM_DEFAULT, RMEM_DEFAULT_BYTES, false));
            return;
        }
        int twoTicks = 2_000_000 / hz;
        add(IntegerSysctl.atLeast(NETDEV_BUDGET_USECS, twoTicks, twoTicks, true));
        add(IntegerSysctl.atLeast(DEV_WEIGHT, 64, 1, true));
        add(IntegerSysctl.atLeast(DEV_WEIGHT_RX_BIAS, 1, 1, true));
        add(IntegerSysctl.atLeast(DEV_WEIGHT_TX_BIAS, 1, 1, true));
        add(new RpsSockFlowEntries(true, memoryEntries));
        add(IntegerSysctl.atLeast(RMEM_DEFAULT, RMEM_DEFAULT_BYTES, MIN_RCVBUF, true));
        add(new RpsDefaultMask(housekeeping));
        IntegerSysctl tableLen = IntegerSysctl.powerOfTwo(FLOW_LIMIT_TABLE_LEN, 4096, true);
        add(tableLen);
        add(new FlowLimitCpuBitmap(online.nrCpuIds(), tableLen));
    }

    private void add(Knob knob) {
        knobs.put(knob.name(), knob);
    }

    /** Whether the files are those of 6.18. */
    public boolean isModern() {
        return modern;
    }

    /** All sysctls that this kernel has. */
    public Collection<Knob> sysctls() {
        return Collections.unmodifiableCollection(knobs.values());
    }

    /** Whether a name is that of a sysctl of either kernel. */
    public static boolean isKnown(String name) {
        return NOT_IN_2635.contains(name)
                || List.of(NETDEV_MAX_BACKLOG, NETDEV_BUDGET, DEV_WEIGHT, RPS_SOCK_FLOW_ENTRIES, RMEM_DEFAULT)
                        .contains(name);
    }

    /** The sysctl of a name, or null where this kernel has none. */
    public Knob sysctl(String name) {
        return knobs.get(name);
    }

    /** The number in force of a sysctl that is an int; {@code absent} where this kernel has none. */
    public int integer(String name, int absent) {
        return knobs.get(name) instanceof IntegerSysctl knob ? knob.value() : absent;
    }

    /** {@code net.core.rps_sock_flow_entries}. */
    public RpsSockFlowEntries rpsSockFlowEntries() {
        return (RpsSockFlowEntries) knobs.get(RPS_SOCK_FLOW_ENTRIES);
    }

    /** Buckets of each CPU's flow limit table, 0 where it has none; empty where no CPU has one. */
    public List<Integer> flowLimitTableLengths() {
        if (!(knobs.get(FLOW_LIMIT_CPU_BITMAP) instanceof FlowLimitCpuBitmap bitmap)
                || bitmap.tableLengths().stream().allMatch(buckets -> buckets == 0)) {
            return List.of();
        }
        return bitmap.tableLengths();
    }

    /**
     * Packets per backlog poll: dev_weight * dev_weight_rx_bias, an int that wraps ({@code proc_do_dev_weight}).
     */
    public int backlogWeight() {
        return integer(DEV_WEIGHT, 64) * integer(DEV_WEIGHT_RX_BIAS, 1);
    }

    /** A CPU comes or goes: decides what later writes of masks keep. */
    public void online(CpuMask cpus) {
        online = cpus;
    }

    /** {@code rps_cpus} of a new RX queue, which begins with {@code net.core.rps_default_mask}. */
    public RpsCpus newRpsCpus() {
        RpsCpus file = new RpsCpus(modern, housekeeping, () -> online);
        if (knobs.get(RPS_DEFAULT_MASK) instanceof RpsDefaultMask byDefault) {
            file.set(byDefault.mask());
        }
        return file;
    }

    /** {@code threaded} of a new device, with NAPI instances or without; null where this kernel has none. */
    public Threaded newThreaded(boolean napi) {
        return modern ? new Threaded(napi) : null;
    }

    /** {@code rps_flow_cnt} of a new RX queue. */
    public RpsFlowCnt newRpsFlowCnt() {
        return new RpsFlowCnt(modern, memoryEntries);
    }
}
