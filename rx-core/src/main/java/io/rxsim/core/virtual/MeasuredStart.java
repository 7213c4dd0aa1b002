package io.rxsim.core.virtual;

/**
 * The counters of all CPUs when measuring began, so that a result counts from there. Steps in progress at that moment count
 * whole, when they end.
 */
final class MeasuredStart {
    private final long[] hardirqNs;
    private final long[] softirqNs;
    private final long[] applicationNs;
    private final long[] processed;
    private final long[] dropped;
    private final long[] receivedRps;
    private final long[] timeSqueeze;
    private final long[] ipis;
    private long threadMoves;

    /** Everything from the beginning. */
    MeasuredStart(int cpus) {
        hardirqNs = new long[cpus];
        softirqNs = new long[cpus];
        applicationNs = new long[cpus];
        processed = new long[cpus];
        dropped = new long[cpus];
        receivedRps = new long[cpus];
        timeSqueeze = new long[cpus];
        ipis = new long[cpus];
    }

    /** Everything from now. */
    void mark(VirtualHost host) {
        for (VirtualCpu cpu : host.cpus) {
            int n = cpu.number;
            hardirqNs[n] = cpu.usage.hardirqNs;
            softirqNs[n] = cpu.usage.softirqNs;
            applicationNs[n] = cpu.usage.applicationNs;
            processed[n] = host.softnet.processed(n);
            dropped[n] = host.softnet.dropped(n);
            receivedRps[n] = host.softnet.receivedRps(n);
            timeSqueeze[n] = cpu.softirq.timeSqueeze();
            ipis[n] = cpu.softirq.ipisSent();
        }
        threadMoves = host.sockets.threadMoves();
    }

    long hardirqNs(VirtualCpu cpu) {
        return cpu.usage.hardirqNs - hardirqNs[cpu.number];
    }

    long softirqNs(VirtualCpu cpu) {
        return cpu.usage.softirqNs - softirqNs[cpu.number];
    }

    long applicationNs(VirtualCpu cpu) {
        return cpu.usage.applicationNs - applicationNs[cpu.number];
    }

    long processed(VirtualHost host, int cpu) {
        return host.softnet.processed(cpu) - processed[cpu];
    }

    long dropped(VirtualHost host, int cpu) {
        return host.softnet.dropped(cpu) - dropped[cpu];
    }

    long receivedRps(VirtualHost host, int cpu) {
        return host.softnet.receivedRps(cpu) - receivedRps[cpu];
    }

    long timeSqueeze(VirtualCpu cpu) {
        return cpu.softirq.timeSqueeze() - timeSqueeze[cpu.number];
    }

    long ipis(VirtualCpu cpu) {
        return cpu.softirq.ipisSent() - ipis[cpu.number];
    }

    long threadMoves(VirtualHost host) {
        return host.sockets.threadMoves() - threadMoves;
    }
}
