package io.rxsim.core.virtual;

import io.rxsim.core.cpu.CpuMask;

/** One RX queue of the NIC: descriptors filled in arrival order, and its interrupt. */
final class RxRing {
    final int queue;
    /** CPUs that the interrupt may go to, and the one it goes to. */
    CpuMask affinity;

    int irqCpu;
    final PacketFifo packets;
    /** What the queue's NAPI instance holds to merge; null where nothing is merged. */
    GroList gro;
    /** Whether a thread is to poll it from when it is scheduled next, and whether one is to do so now (NAPI_STATE_SCHED_THREADED). */
    boolean threaded;

    boolean schedThreaded;
    /** When the last interrupt was taken. */
    long irqNs;
    /** Whether the interrupt may fire; off while NAPI polls. */
    boolean irqEnabled = true;
    /** Transmitted packets of the same vector that wait to be cleaned. */
    int txCompletions;
    /** Whether the moderation timer runs. */
    boolean irqPending;

    RxRing(int queue, CpuMask affinity, CpuMask online, PacketPool pool) {
        this.queue = queue;
        this.packets = new PacketFifo(pool);
        affinity(affinity, online);
    }

    /** Points the interrupt at the lowest online CPU of a mask, of which there is one. */
    void affinity(CpuMask mask, CpuMask online) {
        affinity = mask;
        irqCpu = mask.and(online).cpus()[0];
    }

    /**
     * The CPU that takes the interrupt is dead: another of the mask takes it or, where none is online, any
     * (irq_migrate_all_off_this_cpu, kernel/irq/cpuhotplug.c, which then forgets the mask). When the CPU comes back, the
     * interrupt stays where it is.
     */
    void leaveCpu(CpuMask online) {
        affinity(affinity.and(online).isEmpty() ? online : affinity, online);
    }
}
