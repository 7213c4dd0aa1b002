package io.rxsim.bench.verify;

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
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The machine on which the recordings were made: two CPUs, HZ 250, packets over veth and loopback, hence taken in by
 * {@code netif_rx} on the sender's CPU. The recordings compare decisions, not times, so every piece of work costs the same.
 */
final class RecordedMachine {
    static final int CPUS = 2;
    static final int HZ = 250;
    static final int DEFAULT_WEIGHT = 64;

    private static final int STAGE_NS = 100;
    private static final int NETDEV_MAX_BACKLOG = 1000;
    private static final int NETDEV_BUDGET = 300;
    private static final int NETDEV_BUDGET_USECS = 8000;
    private static final int RING = 256;
    private static final String SOURCE = "arbitrary: the recordings hold no times";

    private RecordedMachine() {}

    /** The machine with one RX queue per entry and a global flow table of a size. */
    static Machine of(KernelRules rules, List<RxQueueConfig> queues, int rpsSockFlowEntries, int backlogWeight) {
        return of(
                rules,
                new NetConfig(
                        NETDEV_MAX_BACKLOG,
                        NETDEV_BUDGET,
                        NETDEV_BUDGET_USECS,
                        backlogWeight,
                        rpsSockFlowEntries,
                        queues));
    }

    /** The machine with these settings. */
    static Machine of(KernelRules rules, NetConfig net) {
        CpuMask all = CpuMask.all(CPUS);
        List<RxQueueConfig> queues = net.queues();
        NicConfig nic = new NicConfig(
                NicConfig.Path.NETIF_RX,
                queues.size(),
                Collections.nCopies(queues.size(), all),
                RING,
                0,
                Collections.nCopies(NicConfig.DEFAULT_INDIRECTION, 0));
        return new Machine(rules, profile(), all, nic, net);
    }

    /** The machine as the columns {@code rps_cpus}, {@code sock_flow_entries} and {@code rps_flow_cnt} of a row say. */
    static Machine of(KernelRules rules, RecordedRow row) {
        RxQueueConfig queue =
                new RxQueueConfig(row.mask("rps_cpus", row.text("rps_cpus")), row.tableSize("rps_flow_cnt"));
        return of(rules, List.of(queue), row.tableSize("sock_flow_entries"), DEFAULT_WEIGHT);
    }

    private static HostProfile profile() {
        Map<Stage, StageCost> costs = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            costs.put(stage, new StageCost(STAGE_NS, 0, 0, SOURCE));
        }
        Map<Distance, Integer> lineNs = new EnumMap<>(Distance.class);
        for (Distance distance : Distance.values()) {
            lineNs.put(distance, 0);
        }
        return new HostProfile("recorded", CpuTopology.flat(CPUS), HZ, STAGE_NS, costs, lineNs);
    }
}
