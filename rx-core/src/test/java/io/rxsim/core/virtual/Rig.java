package io.rxsim.core.virtual;

import io.rxsim.core.cost.HostProfile;
import io.rxsim.core.cost.Stage;
import io.rxsim.core.cost.StageCost;
import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.cpu.CpuTopology;
import io.rxsim.core.cpu.Distance;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Application;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.Load;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.Measure;
import io.rxsim.core.run.NapiThreads;
import io.rxsim.core.run.NetConfig;
import io.rxsim.core.run.NicConfig;
import io.rxsim.core.run.NtupleConfig;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.run.RxObserver;
import io.rxsim.core.run.RxQueueConfig;
import io.rxsim.core.run.Scenario;
import io.rxsim.core.run.ServiceTime;
import io.rxsim.core.run.Steering;
import io.rxsim.core.run.StopSignal;
import io.rxsim.core.steer.SteeringPolicy;
import io.rxsim.core.xfrm.XfrmConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A host for tests: two CPUs, one RX queue whose interrupt goes to CPU 0, every cost 0, no moderation, no steering, until a
 * test says otherwise.
 */
final class Rig {
    final Map<Stage, StageCost> costs = new EnumMap<>(Stage.class);
    final Map<Distance, Integer> lineNs = new EnumMap<>(Distance.class);
    KernelRules rules = KernelRules.V6_18;
    CpuTopology topology = CpuTopology.flat(2);
    String online;
    int ipiLatencyNs;
    NicConfig.Path path = NicConfig.Path.NAPI;
    List<Integer> irqCpus = List.of(0);
    int ring = 4096;
    NtupleConfig ntuple = NtupleConfig.OFF;
    int rxUsecs;
    int maxBacklog = 1000;
    int budget = 300;
    int budgetUsecs = 8000;
    int weight = 64;
    Supplier<SteeringPolicy> policy = Policies::none;
    Application.PlacementFactory placement = machine -> Placements.pinned(0);
    long serviceNs;
    /** Instead of {@link #serviceNs}, if not null. */
    ServiceTime.Factory service;

    NapiThreads napiThreads = NapiThreads.NONE;
    int threads = Application.Server.PER_CONNECTION;
    int responseBytes;
    int rcvbufBytes = Application.DEFAULT_RCVBUF_BYTES;
    Supplier<ArrivalSource> source = () -> Arrivals.list().open();
    Load.Pacing pacing = Load.Pacing.TIMED;
    Measure measure = Measure.ALL;
    long seed = 1;
    /** How ESP is decrypted; null where it is not. */
    XfrmConfig xfrm;

    RxObserver observer = RxObserver.NONE;
    StopSignal stop = StopSignal.NEVER;

    Rig() {
        for (Stage stage : Stage.values()) {
            costs.put(stage, new StageCost(0, 0, 0, "test"));
        }
        for (Distance distance : Distance.values()) {
            lineNs.put(distance, 0);
        }
    }

    Rig cost(Stage stage, int ns) {
        return cost(stage, ns, 0, 0);
    }

    Rig cost(Stage stage, int ns, int perBytePs, int lines) {
        costs.put(stage, new StageCost(ns, perBytePs, lines, "test"));
        return this;
    }

    /** Every stage costs something else, and so does every distance. */
    Rig everyCostDiffers() {
        for (Stage stage : Stage.values()) {
            cost(stage, 41 + 17 * stage.ordinal(), stage.ordinal(), stage.ordinal() % 3 + 1);
        }
        for (Distance distance : Distance.values()) {
            lineNs.put(distance, 13 * distance.ordinal());
        }
        ipiLatencyNs = 750;
        return this;
    }

    Rig arrivals(Arrivals arrivals) {
        source = arrivals::open;
        return this;
    }

    Machine machine() {
        int cpus = topology.cpuCount();
        CpuMask up = online == null ? CpuMask.all(cpus) : CpuMask.parse(online, cpus);
        HostProfile profile = new HostProfile("test", topology, 250, ipiLatencyNs, costs, lineNs);
        List<CpuMask> affinity = new ArrayList<>();
        List<Integer> indirection = new ArrayList<>();
        for (int cpu : irqCpus) {
            affinity.add(CpuMask.of(cpu, cpus));
        }
        for (int i = 0; i < 128; i++) {
            indirection.add(i % irqCpus.size());
        }
        NicConfig nic = new NicConfig(path, irqCpus.size(), affinity, ring, rxUsecs, false, indirection, ntuple);
        NetConfig net = new NetConfig(
                maxBacklog,
                budget,
                budgetUsecs,
                weight,
                0,
                Collections.nCopies(irqCpus.size(), new RxQueueConfig(CpuMask.empty(cpus), 0)));
        return new Machine(rules, profile, up, nic, net, napiThreads);
    }

    Scenario scenario() {
        Load load = new Load(
                source::get,
                pacing,
                new Application(
                        placement,
                        service == null ? ServiceTime.Factory.constant(serviceNs) : service,
                        rcvbufBytes,
                        new Application.Server(threads, responseBytes)));
        Steering steering = new Steering("test", (machine, where) -> policy.get());
        return new Scenario("test", machine(), steering, load, measure, seed).with(xfrm);
    }

    RunResult run() {
        return new VirtualEngine().run(scenario(), observer, stop);
    }
}
