package io.rxsim.core.virtual;

/** One RX queue of the NIC: descriptors filled in arrival order, and its interrupt. */
final class RxRing {
    final int queue;
    final int irqCpu;
    final PacketFifo packets;
    /** When the last interrupt was taken. */
    long irqNs;
    /** Whether the interrupt may fire; off while NAPI polls. */
    boolean irqEnabled = true;
    /** Transmitted packets of the same vector that wait to be cleaned. */
    int txCompletions;
    /** Whether the moderation timer runs. */
    boolean irqPending;

    RxRing(int queue, int irqCpu, PacketPool pool) {
        this.queue = queue;
        this.irqCpu = irqCpu;
        this.packets = new PacketFifo(pool);
    }
}
