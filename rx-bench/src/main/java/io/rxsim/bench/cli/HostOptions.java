package io.rxsim.bench.cli;

import io.rxsim.bench.scenario.Tree;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Options that state the modelled host; they bear the kernel's names and take the kernel's syntax. */
final class HostOptions {
    /** Entries of RFS tables that the command line does not size (Documentation/networking/scaling.rst: a moderate load). */
    static final int TABLE_ENTRIES = 32768;

    @Option(
            names = "--kernel",
            paramLabel = "VERSION",
            description = "Rules of this kernel: v6.18 (default) or v2.6.35.")
    private String kernel;

    @Option(names = "--queues", paramLabel = "N", description = "RX queues of the NIC, default 1.")
    private String queues;

    @Option(
            names = "--irq-affinity",
            paramLabel = "MASK",
            description =
                    "CPUs of a queue's interrupt; repeat once per queue. Default: queue n on the n-th online CPU.")
    private List<String> irqAffinity = new ArrayList<>();

    @Option(names = "--online", paramLabel = "MASK", description = "CPUs online, default all.")
    private String online;

    @Option(names = "--rps-cpus", paramLabel = "MASK", description = "rps_cpus of every RX queue.")
    private String rpsCpus;

    @Option(names = "--rps-flow-cnt", paramLabel = "N", description = "rps_flow_cnt of every RX queue.")
    private String rpsFlowCnt;

    @Option(names = "--rps-sock-flow-entries", paramLabel = "N", description = "net.core.rps_sock_flow_entries.")
    private String rpsSockFlowEntries;

    @Option(
            names = "--without",
            paramLabel = "RULE",
            description = "Switch off a rule of the kernel, e.g. tail-check. Repeatable.")
    private List<String> without = new ArrayList<>();

    /** The given options as settings. */
    List<Tree.Mapping> overlays() {
        List<Tree.Mapping> overlays = new ArrayList<>();
        Overlays.add(overlays, "--kernel", "kernel", kernel);
        Overlays.add(overlays, "--queues", "nic.queues", queues);
        Overlays.addList(overlays, "--irq-affinity", "nic.irq_affinity", irqAffinity);
        Overlays.add(overlays, "--online", "online", online);
        Overlays.add(overlays, "--rps-cpus", "queues.rx-*.rps_cpus", rpsCpus);
        Overlays.add(overlays, "--rps-flow-cnt", "queues.rx-*.rps_flow_cnt", rpsFlowCnt);
        Overlays.add(overlays, "--rps-sock-flow-entries", "sysctl.net.core.rps_sock_flow_entries", rpsSockFlowEntries);
        Overlays.addList(overlays, "--without", "without", without);
        return overlays;
    }

    boolean hasQueues() {
        return queues != null;
    }

    boolean hasRpsCpus() {
        return rpsCpus != null;
    }

    boolean hasRpsFlowCnt() {
        return rpsFlowCnt != null;
    }

    boolean hasRpsSockFlowEntries() {
        return rpsSockFlowEntries != null;
    }
}
