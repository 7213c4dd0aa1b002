package io.rxsim.core.run;

import io.rxsim.core.cost.HostProfile;
import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;

/**
 * The modelled host: kernel, hardware, interface, settings.
 *
 * @param rules the kernel's rules
 * @param profile CPUs and costs
 * @param online CPUs online from the start; never empty
 * @param nic the interface
 * @param net the settings, one queue entry per RX queue
 * @param threads which NAPI instances threads poll
 */
public record Machine(
        KernelRules rules, HostProfile profile, CpuMask online, NicConfig nic, NetConfig net, NapiThreads threads) {
    /** Validates what spans the parts. */
    public Machine {
        if (online.isEmpty() || online.nrCpuIds() != profile.topology().cpuCount()) {
            throw new IllegalArgumentException("online=" + online + ", allowed is a non-empty mask of "
                    + profile.topology().cpuCount() + " CPUs");
        }
        if (net.queues().size() != nic.queues()) {
            throw new IllegalArgumentException(
                    "queues: settings for " + net.queues().size() + " RX queue(s), the NIC has " + nic.queues());
        }
        if (net.netdevBudget() < 1 && rules.has(Rule.SQUEEZE_BEFORE_POLL)) {
            throw new IllegalArgumentException(
                    "netdev_budget=" + net.netdevBudget() + ", allowed is 1 or more in " + rules.version());
        }
        if (!threads.equals(NapiThreads.NONE) && !rules.has(Rule.STRICT_SETTINGS)) {
            throw new IllegalArgumentException("threads=" + threads + ", allowed is none in " + rules.version());
        }
        if (threads.nic() && nic.path() != NicConfig.Path.NAPI) {
            throw new IllegalArgumentException("threaded=1, allowed with path napi only");
        }
        for (CpuMask mask : nic.irqAffinity()) {
            if (mask.and(online).isEmpty()) {
                throw new IllegalArgumentException("irq_affinity=" + mask + " has no online CPU, online is " + online);
            }
        }
    }

    /** A host on which the softirq polls all instances. */
    public Machine(KernelRules rules, HostProfile profile, CpuMask online, NicConfig nic, NetConfig net) {
        this(rules, profile, online, nic, net, NapiThreads.NONE);
    }

    /** nr_cpu_ids. */
    public int cpuCount() {
        return profile.topology().cpuCount();
    }

    /** The CPU that takes the interrupt of a queue: the lowest online one of its mask. */
    public int irqCpu(int rxQueue) {
        return nic.irqAffinity().get(rxQueue).and(online).cpus()[0];
    }
}
