package io.rxsim.workload.closedloop;

import io.rxsim.core.cost.HostProfile;
import io.rxsim.core.cost.Stage;
import io.rxsim.core.cost.StageCost;
import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.cpu.CpuTopology;
import io.rxsim.core.cpu.Distance;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Application;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.HashKeys;
import io.rxsim.core.run.Load;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.Measure;
import io.rxsim.core.run.NetConfig;
import io.rxsim.core.run.NicConfig;
import io.rxsim.core.run.NtupleConfig;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.run.RxObserver;
import io.rxsim.core.run.RxQueueConfig;
import io.rxsim.core.run.Scenario;
import io.rxsim.core.run.Steering;
import io.rxsim.core.run.StopSignal;
import io.rxsim.core.softnet.SoftnetView;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.SteeringPolicy;
import io.rxsim.core.steer.SteeringReason;
import io.rxsim.core.virtual.VirtualEngine;
import io.rxsim.workload.PlacementCatalog;
import io.rxsim.workload.WorkloadCatalog;
import io.rxsim.workload.service.ServiceCatalog;
import io.rxsim.workload.spec.PacketHashing;
import io.rxsim.workload.spec.Workload;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A host under a closed loop: one queue whose interrupt goes to CPU 0, no steering, and every cost 0 until stated. */
final class LoopRig {
    final Map<Stage, StageCost> costs = new EnumMap<>(Stage.class);
    final Map<String, String> settings = new LinkedHashMap<>();
    String test = "UDP_RR";
    int cpus = 2;
    int rxUsecs;
    int ring = 4096;
    boolean gro;
    KernelRules rules = KernelRules.V6_18;
    String placement = "pinned:1";
    String service = "0";
    int threads = Application.Server.PER_CONNECTION;
    Measure measure = new Measure(0, 10_000_000);
    long seed = 1;
    RxObserver observer = RxObserver.NONE;
    StopSignal stop = StopSignal.NEVER;
    UnaryOperator<ArrivalSource> around = source -> source;

    LoopRig() {
        for (Stage stage : Stage.values()) {
            cost(stage, 0);
        }
    }

    LoopRig cost(Stage stage, int ns) {
        costs.put(stage, new StageCost(ns, 0, 0, "test"));
        return this;
    }

    LoopRig set(String name, String value) {
        settings.put(name, value);
        return this;
    }

    LoopRig measure(long warmupNs, long durationNs) {
        measure = new Measure(warmupNs, durationNs);
        return this;
    }

    private Machine machine() {
        Map<Distance, Integer> lineNs = new EnumMap<>(Distance.class);
        for (Distance distance : Distance.values()) {
            lineNs.put(distance, 0);
        }
        HostProfile profile = new HostProfile("test", CpuTopology.flat(cpus), 250, 0, costs, lineNs);
        NicConfig nic = new NicConfig(
                NicConfig.Path.NAPI,
                1,
                List.of(CpuMask.of(0, cpus)),
                ring,
                rxUsecs,
                gro,
                Collections.nCopies(128, 0),
                NtupleConfig.OFF);
        NetConfig net = new NetConfig(1000, 300, 8000, 64, 0, List.of(new RxQueueConfig(CpuMask.empty(cpus), 0)));
        return new Machine(rules, profile, CpuMask.all(cpus), nic, net);
    }

    RunResult run() {
        PacketHashing hashing = new PacketHashing(rules, HashKeys.ofSeed(seed));
        ArrivalSource.Factory clients = WorkloadCatalog.prepare(test, settings, hashing, seed);
        Application application = new Application(
                PlacementCatalog.parse(placement, seed),
                ServiceCatalog.parse(service, seed),
                Application.DEFAULT_RCVBUF_BYTES,
                new Application.Server(threads, WorkloadCatalog.responseBytes(test, settings)));
        Workload.ClientThreads client = WorkloadCatalog.clientThreads(test, settings, seed);
        Application atClient = client == null
                ? null
                : new Application(
                        application.placement(),
                        client.service(),
                        application.rcvbufBytes(),
                        new Application.Server(threads, client.requestBytes()));
        Load load = new Load(() -> around.apply(clients.open()), Load.Pacing.TIMED, application, atClient);
        Steering steering = new Steering("none", (machine, where) -> new NoSteering());
        return new VirtualEngine().run(new Scenario("test", machine(), steering, load, measure, seed), observer, stop);
    }

    private static final class NoSteering implements SteeringPolicy {
        @Override
        public long steer(int rxQueue, int hash, long nowNs, SoftnetView softnet) {
            return Decision.of(Decision.NO_CPU, SteeringReason.NONE);
        }

        @Override
        public boolean rpsNeeded() {
            return false;
        }

        @Override
        public void onEnqueued(int rxQueue, long decision, int qtail) {
            // Nothing is queued.
        }

        @Override
        public void onConsumed(int hash, int cpu) {
            // Nothing is kept.
        }

        @Override
        public void onClosed(int hash) {
            // Nothing is kept.
        }
    }
}
