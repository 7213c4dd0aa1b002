package io.rxsim.bench.jmh;

import io.rxsim.bench.scenario.HostFile;
import io.rxsim.bench.scenario.Section;
import io.rxsim.core.cost.HostProfile;
import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.NetConfig;
import io.rxsim.core.run.NicConfig;
import io.rxsim.core.run.RxQueueConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Hosts for benchmarks: the costs of the default host with any number of CPUs behind one cache, under v6.18.
 *
 * <p>Every queue's map holds all CPUs, the global table and each queue's flow table have at least two entries per flow, and
 * the interrupts are spread over the CPUs at equal distances.
 */
final class BenchmarkHosts {
    private BenchmarkHosts() {}

    /** A host of {@code cpus} CPUs and {@code queues} RX queues whose tables are made for {@code flows} flows. */
    static Machine of(int cpus, int queues, int flows) {
        HostProfile profile = HostFile.read(Section.root(HostFile.flat(cpus), new ArrayList<>()));
        CpuMask all = CpuMask.all(cpus);
        List<CpuMask> affinity = new ArrayList<>();
        List<Integer> indirection = new ArrayList<>();
        for (int queue = 0; queue < queues; queue++) {
            affinity.add(CpuMask.of(queue * (cpus / queues), cpus));
        }
        for (int i = 0; i < NicConfig.DEFAULT_INDIRECTION; i++) {
            indirection.add(i % queues);
        }
        int entries = entriesFor(flows);
        NicConfig nic = new NicConfig(NicConfig.Path.NAPI, queues, affinity, 4096, 20, indirection);
        List<RxQueueConfig> settings = Collections.nCopies(queues, new RxQueueConfig(all, entries));
        NetConfig net = new NetConfig(1000, 300, 8000, 64, entries, settings);
        return new Machine(KernelRules.V6_18, profile, all, nic, net);
    }

    /** The smallest power of two that is at least twice the number of flows. */
    static int entriesFor(int flows) {
        return Integer.highestOneBit(flows * 2 - 1) << 1;
    }
}
