package io.rxsim.core.softnet;

import io.rxsim.core.cpu.CpuMask;

/**
 * The counters of all CPUs' {@code softnet_data} (include/linux/netdevice.h, 6.18), column by column.
 *
 * <p>Holds no packets: queues belong to an engine. All counters start at 0 unless said otherwise. One thread.
 */
public final class SoftnetData implements SoftnetView {
    private final boolean[] online;
    private final int[] inputQueueHead;
    private final int[] inputQueueTail;
    private final boolean[] backlogScheduled;
    private final long[] processed;
    private final long[] dropped;
    private final long[] receivedRps;

    /** Counters of {@code online.nrCpuIds()} CPUs. */
    public SoftnetData(CpuMask online) {
        int cpus = online.nrCpuIds();
        this.online = new boolean[cpus];
        for (int cpu : online.cpus()) {
            this.online[cpu] = true;
        }
        inputQueueHead = new int[cpus];
        inputQueueTail = new int[cpus];
        backlogScheduled = new boolean[cpus];
        processed = new long[cpus];
        dropped = new long[cpus];
        receivedRps = new long[cpus];
    }

    /** Starts head and tail of a CPU at a number, to see the counters wrap. */
    public void startCountersAt(int cpu, int value) {
        inputQueueHead[cpu] = value;
        inputQueueTail[cpu] = value;
    }

    @Override
    public int cpuCount() {
        return online.length;
    }

    @Override
    public boolean isOnline(int cpu) {
        return online[cpu];
    }

    /** A CPU goes online or offline. */
    public void online(int cpu, boolean isOnline) {
        online[cpu] = isOnline;
    }

    /** The CPUs that are online now. */
    public CpuMask online() {
        CpuMask mask = CpuMask.empty(online.length);
        for (int cpu = 0; cpu < online.length; cpu++) {
            mask = online[cpu] ? mask.or(CpuMask.of(cpu, online.length)) : mask;
        }
        return mask;
    }

    /** The lowest CPU that is online. */
    public int firstOnline() {
        int cpu = 0;
        while (!online[cpu]) {
            cpu++;
        }
        return cpu;
    }

    @Override
    public int inputQueueHead(int cpu) {
        return inputQueueHead[cpu];
    }

    @Override
    public int inputQueueTail(int cpu) {
        return inputQueueTail[cpu];
    }

    /** Counts an accepted packet; returns the tail just past it. */
    public int onAccepted(int cpu) {
        return ++inputQueueTail[cpu];
    }

    /** Packets left the backlog. */
    public void advanceHead(int cpu, int packets) {
        inputQueueHead[cpu] += packets;
    }

    /** Whether the SCHED bit of the CPU's backlog instance is set. */
    public boolean backlogScheduled(int cpu) {
        return backlogScheduled[cpu];
    }

    /** Sets or clears it. */
    public void backlogScheduled(int cpu, boolean scheduled) {
        backlogScheduled[cpu] = scheduled;
    }

    /** A packet's protocol processing ran on a CPU. */
    public void onProcessed(int cpu) {
        processed[cpu]++;
    }

    /** The CPU's backlog refused a packet. */
    public void onDropped(int cpu) {
        dropped[cpu]++;
    }

    /** The CPU took an inter-processor interrupt for its backlog. */
    public void onReceivedRps(int cpu) {
        receivedRps[cpu]++;
    }

    /** Packets processed. */
    public long processed(int cpu) {
        return processed[cpu];
    }

    /** Packets refused. */
    public long dropped(int cpu) {
        return dropped[cpu];
    }

    /** Inter-processor interrupts taken. */
    public long receivedRps(int cpu) {
        return receivedRps[cpu];
    }
}
