package io.rxsim.steering;

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

/** Hosts for tests: flat machines whose costs do not matter. */
final class Hosts {
    private final KernelRules rules;
    private final int cpus;
    private final List<RxQueueConfig> queues = new ArrayList<>();
    private CpuMask online;
    private int sockFlowEntries;

    private Hosts(KernelRules rules, int cpus) {
        this.rules = rules;
        this.cpus = cpus;
        this.online = CpuMask.all(cpus);
    }

    static Hosts host(KernelRules rules, int cpus) {
        return new Hosts(rules, cpus);
    }

    Hosts online(String mask) {
        online = CpuMask.parse(mask, cpus);
        return this;
    }

    Hosts sockFlowEntries(int entries) {
        sockFlowEntries = entries;
        return this;
    }

    Hosts queue(String rpsCpus, int rpsFlowCnt) {
        queues.add(new RxQueueConfig(CpuMask.parse(rpsCpus, cpus), rpsFlowCnt));
        return this;
    }

    Machine machine() {
        Map<Stage, StageCost> costs = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            costs.put(stage, new StageCost(100, 0, 0, "test"));
        }
        Map<Distance, Integer> lines = new EnumMap<>(Distance.class);
        for (Distance distance : Distance.values()) {
            lines.put(distance, 0);
        }
        HostProfile profile = new HostProfile("test", CpuTopology.flat(cpus), 250, 0, costs, lines);
        NicConfig nic = new NicConfig(
                NicConfig.Path.NAPI,
                queues.size(),
                Collections.nCopies(queues.size(), CpuMask.all(cpus)),
                256,
                0,
                Collections.nCopies(128, 0));
        return new Machine(rules, profile, online, nic, new NetConfig(1000, 300, 8000, 64, sockFlowEntries, queues));
    }

    RfsPolicy rfs() {
        return new RfsPolicy(machine());
    }
}
