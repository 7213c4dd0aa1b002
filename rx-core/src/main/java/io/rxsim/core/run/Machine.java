package io.rxsim.core.run;

import io.rxsim.core.cost.HostProfile;
import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.KernelRules;

/**
 * The modelled host: kernel, hardware, interface, settings.
 *
 * @param rules the kernel's rules
 * @param profile CPUs and costs
 * @param online CPUs online from the start; never empty
 * @param nic the interface
 * @param net the settings, one queue entry per RX queue
 */
public record Machine(KernelRules rules, HostProfile profile, CpuMask online, NicConfig nic, NetConfig net) {
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
        for (CpuMask mask : nic.irqAffinity()) {
            if (mask.and(online).isEmpty()) {
                throw new IllegalArgumentException("irq_affinity=" + mask + " has no online CPU, online is " + online);
            }
        }
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
