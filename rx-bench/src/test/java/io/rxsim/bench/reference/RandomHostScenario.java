package io.rxsim.bench.reference;

import io.rxsim.core.cost.HostProfile;
import io.rxsim.core.cost.Stage;
import io.rxsim.core.cost.StageCost;
import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.cpu.CpuTopology;
import io.rxsim.core.cpu.Distance;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Application;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.Load;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.Measure;
import io.rxsim.core.run.NetConfig;
import io.rxsim.core.run.NicConfig;
import io.rxsim.core.run.RxQueueConfig;
import io.rxsim.core.run.Scenario;
import io.rxsim.core.run.ThreadPlacement;
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
                new Application(machine -> new OnCpu0(), 0, Application.DEFAULT_RCVBUF_BYTES));
        return new Scenario(
                "random",
                new Machine(rules, profile, all, nic, net),
                SteeringCatalog.steering("rfs"),
                load,
                Measure.ALL,
                1);
    }

    private static final class NoArrivals implements ArrivalSource {
        @Override
        public boolean next(Arrival out) {
            return false;
        }

        @Override
        public String describeFlow(int flow) {
            return "flow " + flow;
        }
    }

    private static final class OnCpu0 implements ThreadPlacement {
        @Override
        public int initialCpu(int thread) {
            return 0;
        }

        @Override
        public long nextMoveNs() {
            return NEVER;
        }

        @Override
        public long move(int flows) {
            throw new IllegalStateException("no move is planned");
        }
    }
}
