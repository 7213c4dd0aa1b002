package io.rxsim.bench.reference;

import io.rxsim.bench.verify.NoArrivals;
import io.rxsim.bench.verify.ThreadsOnCpu0;
import io.rxsim.core.cost.HostProfile;
import io.rxsim.core.cost.Stage;
import io.rxsim.core.cost.StageCost;
import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.cpu.CpuTopology;
import io.rxsim.core.cpu.Distance;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Application;
import io.rxsim.core.run.Load;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.Measure;
import io.rxsim.core.run.NetConfig;
import io.rxsim.core.run.NicConfig;
import io.rxsim.core.run.RxQueueConfig;
import io.rxsim.core.run.Scenario;
import io.rxsim.steering.SteeringCatalog;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A host of flat CPUs whose packets are all given to it by hand: one queue on the netif_rx path, RFS, nothing costs time. */
final class RandomHostScenario {
    private RandomHostScenario() {}

    static Scenario of(KernelRules rules, int cpus) {
        Map<Stage, StageCost> costs = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            costs.put(stage, new StageCost(0, 0, 0, "test"));
        }
        Map<Distance, Integer> lines = new EnumMap<>(Distance.class);
        for (Distance distance : Distance.values()) {
            lines.put(distance, 0);
        }
        HostProfile profile =
                new HostProfile("random", CpuTopology.flat(cpus), 250, (int) ReferenceHost.IPI_NS, costs, lines);
        CpuMask all = CpuMask.all(cpus);
        NicConfig nic = new NicConfig(NicConfig.Path.NETIF_RX, 1, List.of(all), 256, 0, Collections.nCopies(128, 0));
        NetConfig net = new NetConfig(1000, 300, 8000, 64, 0, List.of(new RxQueueConfig(CpuMask.empty(cpus), 0)));
        Load load = new Load(
                NoArrivals::new,
                Load.Pacing.TIMED,
                new Application(machine -> new ThreadsOnCpu0(), 0, Application.DEFAULT_RCVBUF_BYTES));
        return new Scenario(
                "random",
                new Machine(rules, profile, all, nic, net),
                SteeringCatalog.steering("rfs"),
                load,
                Measure.ALL,
                1);
    }
}
