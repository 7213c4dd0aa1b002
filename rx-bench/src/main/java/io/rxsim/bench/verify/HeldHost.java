package io.rxsim.bench.verify;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.run.NetConfig;
import io.rxsim.core.run.RxQueueConfig;
import io.rxsim.core.softnet.SoftnetStat;
import java.util.List;

/**
 * A host whose CPU 0 is held in the poll of a packet, while a sender on CPU 1 sends packets that RPS steers to CPU 0: what the
 * recordings of queues and counters have in common. One thread.
 */
final class HeldHost {
    /** The CPU that is held. */
    static final int TARGET = 0;

    /** The CPU that takes packets in. */
    static final int SENDER = 1;

    private static final int BLOCKER = 0;
    private static final int FLOW = 1;
    private static final int BLOCKER_HASH = 0x5eed_0001;
    private static final long FOR_GOOD_NS = 1_000_000_000_000L;

    private final TimedHost host;

    private HeldHost(TimedHost host) {
        this.host = host;
    }

    /** A host in which CPU 0 is idle. */
    static HeldHost idle(RecordedKernel kernel, Settings settings) {
        RxQueueConfig queue = new RxQueueConfig(CpuMask.of(TARGET, RecordedMachine.CPUS), 0);
        return new HeldHost(new TimedHost(RecordedMachine.of(kernel.rules(), settings.net(List.of(queue)))));
    }

    /** A host in which CPU 0 is in a poll without end, and its input queue is empty. */
    static HeldHost held(RecordedKernel kernel, Settings settings) {
        HeldHost held = idle(kernel, settings);
        held.host.offer(BLOCKER, TimedHost.NO_HASH, TARGET, FOR_GOOD_NS);
        held.host.pass(TimedHost.SETTLE_NS);
        return held;
    }

    /** A packet that keeps CPU 0 in its poll for a time, steered there from CPU 1. */
    void block(long durationNs) {
        host.offer(BLOCKER, BLOCKER_HASH, SENDER, durationNs);
        host.pass(TimedHost.SETTLE_NS / 2);
    }

    /** A packet of a hash; whether it was queued. */
    boolean offer(int hash) {
        return host.offer(FLOW, hash, SENDER, 0) != TimedHost.DROPPED;
    }

    void pass(long durationNs) {
        host.pass(durationNs);
    }

    SoftnetStat stat(int cpu) {
        return host.softnetStat(cpu);
    }

    /** Work and weight of each backlog poll of CPU 0 so far. */
    List<TimedHost.Poll> polls() {
        return host.polls(TARGET);
    }

    /** What differs from a host's defaults. */
    static final class Settings {
        private int maxBacklog = 1000;
        private int budget = 300;
        private int budgetUsecs = 8000;
        private int weight = RecordedMachine.DEFAULT_WEIGHT;
        private List<Integer> flowLimitBuckets = List.of();

        Settings maxBacklog(int packets) {
            maxBacklog = packets;
            return this;
        }

        Settings budget(int packets, int usecs) {
            budget = packets;
            budgetUsecs = usecs;
            return this;
        }

        Settings weight(int packets) {
            weight = packets;
            return this;
        }

        Settings flowLimitBuckets(List<Integer> byCpu) {
            flowLimitBuckets = byCpu;
            return this;
        }

        private NetConfig net(List<RxQueueConfig> queues) {
            return new NetConfig(maxBacklog, budget, budgetUsecs, weight, 0, queues, flowLimitBuckets);
        }
    }
}
