package io.rxsim.core.run;

import io.rxsim.core.cpu.CpuMask;
import java.util.List;

/** One thing that an administrator does to a running host. Immutable; any thread. */
public sealed interface HostChange {
    /** Does it. */
    void applyTo(HostControls host);

    /** A write of a queue's {@code rps_cpus}: the mask as written. */
    record RpsCpus(int rxQueue, CpuMask rpsCpus) implements HostChange {
        @Override
        public void applyTo(HostControls host) {
            host.rpsCpus(rxQueue, rpsCpus);
        }
    }

    /** A write of a queue's {@code rps_flow_cnt}: slots after rounding, a power of two or 0. */
    record RpsFlowCnt(int rxQueue, int slots) implements HostChange {
        @Override
        public void applyTo(HostControls host) {
            host.rpsFlowCnt(rxQueue, slots);
        }
    }

    /** A write of {@code rps_sock_flow_entries}: entries after rounding, a power of two or 0. */
    record RpsSockFlowEntries(int entries) implements HostChange {
        @Override
        public void applyTo(HostControls host) {
            host.rpsSockFlowEntries(entries);
        }
    }

    /** A write of {@code netdev_max_backlog}. */
    record NetdevMaxBacklog(int packets) implements HostChange {
        @Override
        public void applyTo(HostControls host) {
            host.netdevMaxBacklog(packets);
        }
    }

    /** A write of {@code flow_limit_cpu_bitmap}: buckets of each CPU's table, 0 for none; empty is none for all. */
    record FlowLimit(List<Integer> bucketsByCpu) implements HostChange {
        /** Copies. */
        public FlowLimit {
            bucketsByCpu = List.copyOf(bucketsByCpu);
        }

        @Override
        public void applyTo(HostControls host) {
            host.flowLimit(bucketsByCpu);
        }
    }

    /** A write of {@code netdev_budget}. */
    record NetdevBudget(int packets) implements HostChange {
        @Override
        public void applyTo(HostControls host) {
            host.netdevBudget(packets);
        }
    }

    /** A write of {@code netdev_budget_usecs}. */
    record NetdevBudgetUsecs(int usecs) implements HostChange {
        @Override
        public void applyTo(HostControls host) {
            host.netdevBudgetUsecs(usecs);
        }
    }

    /** A write of {@code dev_weight} or {@code dev_weight_rx_bias}: their product. */
    record BacklogWeight(int packets) implements HostChange {
        @Override
        public void applyTo(HostControls host) {
            host.backlogWeight(packets);
        }
    }

    /** A CPU goes online or offline. */
    record CpuOnline(int cpu, boolean online) implements HostChange {
        @Override
        public void applyTo(HostControls host) {
            host.cpuOnline(cpu, online);
        }
    }

    /** A write of an interrupt's {@code smp_affinity}. */
    record IrqAffinity(int rxQueue, CpuMask mask) implements HostChange {
        @Override
        public void applyTo(HostControls host) {
            host.irqAffinity(rxQueue, mask);
        }
    }

    /** A write of the device's {@code threaded}. */
    record Threaded(boolean threaded) implements HostChange {
        @Override
        public void applyTo(HostControls host) {
            host.threaded(threaded);
        }
    }

    /** The device goes up, down, or away. */
    record Device(DeviceState state) implements HostChange {
        @Override
        public void applyTo(HostControls host) {
            host.device(state);
        }
    }

    /** The thread that serves a flow moves to a CPU. */
    record ThreadMove(int flow, int cpu) implements HostChange {
        @Override
        public void applyTo(HostControls host) {
            host.moveThread(flow, cpu);
        }
    }

    /** All threads that belong to a CPU move to another. */
    record ThreadsMove(int fromCpu, int toCpu) implements HostChange {
        @Override
        public void applyTo(HostControls host) {
            host.moveThreads(fromCpu, toCpu);
        }
    }
}
