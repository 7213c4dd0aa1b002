package io.rxsim.core.virtual;

import java.util.Arrays;

/** The counters of all CPUs when measuring began, so that a result counts from there; of a step in progress, what was over. */
final class MeasuredStart {
    private final Usage[] usage;
    private final long[] processed;
    private final long[] dropped;
    private final long[] receivedRps;
    private final long[] timeSqueeze;
    private final long[] flowLimitCount;
    private final long[] ipis;
    private long threadMoves;
    private long sinceNs;

    /** Everything from the beginning. */
    MeasuredStart(int cpus) {
        usage = new Usage[cpus];
        Arrays.setAll(usage, cpu -> new Usage());
        processed = new long[cpus];
        dropped = new long[cpus];
        receivedRps = new long[cpus];
        timeSqueeze = new long[cpus];
        flowLimitCount = new long[cpus];
        ipis = new long[cpus];
    }

    /** Everything from now. */
    void mark(VirtualHost host) {
        for (VirtualCpu cpu : host.cpus) {
            int n = cpu.number;
            usage[n] = cpu.usageAt(host.nowNs());
            processed[n] = host.softnet.processed(n);
            dropped[n] = host.softnet.dropped(n);
            receivedRps[n] = host.softnet.receivedRps(n);
            flowLimitCount[n] = host.flowLimits.count(n);
            timeSqueeze[n] = cpu.softirq.timeSqueeze();
            ipis[n] = cpu.softirq.ipisSent();
        }
        threadMoves = host.sockets.threadMoves();
        sinceNs = host.nowNs();
    }

    /** When measuring began: at the end of the warm-up or, without one, with the first packet. */
    long sinceNs() {
        return sinceNs;
    }

    /** Time spent since, up to now. */
    Usage usage(VirtualCpu cpu, long nowNs) {
        return cpu.usageAt(nowNs).minus(usage[cpu.number]);
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

    /** Since then, or since the table was allocated: its count goes with it. */
    long flowLimitCount(VirtualHost host, int cpu) {
        long now = Integer.toUnsignedLong(host.flowLimits.count(cpu));
        return now >= flowLimitCount[cpu] ? now - flowLimitCount[cpu] : now;
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
