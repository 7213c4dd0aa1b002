package io.rxsim.bench.toys;

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
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.Load;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.Measure;
import io.rxsim.core.run.NetConfig;
import io.rxsim.core.run.NicConfig;
import io.rxsim.core.run.RxObserver;
import io.rxsim.core.run.RxQueueConfig;
import io.rxsim.core.run.Scenario;
import io.rxsim.core.softnet.DropReason;
import io.rxsim.core.softnet.SoftnetStat;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.virtual.VirtualHost;
import io.rxsim.steering.SteeringCatalog;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A host of the virtual engine in which only protocol processing takes time, as long as a packet says, and an interrupt for a
 * backlog 100 ns: what happens to a packet can be said in advance. Writes down what happens, one word per event.
 */
final class ToyHost {
    final List<String> log = new ArrayList<>();
    final VirtualHost host;
    private String last = "";
    private int offered;

    private ToyHost(Setup setup) {
        Load load = new Load(
                NoArrivals::new,
                Load.Pacing.TIMED,
                new Application(machine -> new ThreadsOnCpu0(), 0, Application.DEFAULT_RCVBUF_BYTES));
        host = new VirtualHost(
                new Scenario("toy", setup.machine(), SteeringCatalog.steering("rfs"), load, Measure.ALL, 1),
                new Witness());
    }

    /** A packet of a hash on a CPU now; {@code cpu:how}, where it was queued, or processed inline, or why it was dropped. */
    String offer(int cpu, int hash, long protocolNs) {
        Arrival arrival = new Arrival();
        arrival.timeNs = host.nowNs();
        arrival.flow = offered++;
        arrival.hash = hash;
        arrival.lengthBytes = 60;
        arrival.rxQueue = 0;
        arrival.cpu = cpu;
        arrival.protocolExtraNs = protocolNs;
        last = "inline";
        host.offer(arrival);
        return last;
    }

    /** So many packets; how many of them were queued. */
    int burst(int packets, int cpu, int hash, long protocolNs) {
        int queued = 0;
        for (int i = 0; i < packets; i++) {
            queued += offer(cpu, hash, protocolNs).startsWith("queued") ? 1 : 0;
        }
        return queued;
    }

    void pass(long ns) {
        host.runUntil(host.nowNs() + ns);
    }

    void consumed(int hash, int cpu) {
        host.policy().onConsumed(hash, cpu);
    }

    SoftnetStat stat(int cpu) {
        return host.softnetStat(cpu);
    }

    private final class Witness implements RxObserver {
        @Override
        public void onSteered(long nowNs, int flow, int sequence, int cpu, long decision) {
            log.add("steered " + Decision.reason(decision).label());
        }

        @Override
        public void onEnqueued(long nowNs, int flow, int sequence, int cpu, int qtail) {
            last = "queued " + cpu;
        }

        @Override
        public void onDropped(long nowNs, int flow, int sequence, int cpu, DropReason reason) {
            last = "dropped " + cpu + " " + reason;
        }

        @Override
        public void onProcessed(long nowNs, int flow, int sequence, int cpu) {
            log.add("processed " + flow + " on " + cpu + " at " + nowNs);
        }

        @Override
        public void onPolled(long nowNs, int cpu, int rxQueue, int work, int weight) {
            if (rxQueue == BACKLOG) {
                log.add("polled " + cpu + ": " + work + " of " + weight);
            }
        }
    }

    /** The polls of backlogs so far, and nothing else. */
    List<String> polls() {
        return log.stream().filter(word -> word.startsWith("polled")).toList();
    }

    /** What a host is like. */
    static final class Setup {
        KernelRules rules = KernelRules.V6_18;
        int cpus = 4;
        String rpsCpus = "0";
        int rpsFlowCnt;
        int entries;
        NicConfig.Path path = NicConfig.Path.NETIF_RX;
        int maxBacklog = 1000;
        int budget = 300;
        int weight = 64;
        List<Integer> flowLimit = List.of();

        static Setup of(KernelRules rules) {
            Setup setup = new Setup();
            setup.rules = rules;
            return setup;
        }

        Setup map(String mask) {
            rpsCpus = mask;
            return this;
        }

        Setup tables(int sockFlowEntries, int flowCnt) {
            entries = sockFlowEntries;
            rpsFlowCnt = flowCnt;
            return this;
        }

        Setup napi() {
            path = NicConfig.Path.NAPI;
            return this;
        }

        Setup limits(int backlog, int netdevBudget, int devWeight) {
            maxBacklog = backlog;
            budget = netdevBudget;
            weight = devWeight;
            return this;
        }

        Setup flowLimit(Integer... bucketsByCpu) {
            flowLimit = List.of(bucketsByCpu);
            return this;
        }

        Machine machine() {
            Map<Stage, StageCost> costs = new EnumMap<>(Stage.class);
            for (Stage stage : Stage.values()) {
                costs.put(stage, new StageCost(0, 0, 0, "test"));
            }
            Map<Distance, Integer> lines = new EnumMap<>(Distance.class);
            for (Distance distance : Distance.values()) {
                lines.put(distance, 0);
            }
            HostProfile profile = new HostProfile("toy", CpuTopology.flat(cpus), 250, 100, costs, lines);
            CpuMask all = CpuMask.all(cpus);
            NicConfig nic = new NicConfig(path, 1, List.of(all), 4096, 0, Collections.nCopies(128, 0));
            RxQueueConfig queue = new RxQueueConfig(CpuMask.parse(rpsCpus, cpus), rpsFlowCnt);
            NetConfig net = new NetConfig(maxBacklog, budget, 8000, weight, entries, List.of(queue), flowLimit);
            return new Machine(rules, profile, all, nic, net);
        }

        ToyHost start() {
            return new ToyHost(this);
        }
    }
}
