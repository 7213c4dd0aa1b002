package io.rxsim.core.live;

/**
 * Hears of every packet that was steered: what a recording, a sampler or a test needs. Set once, before the host starts
 * ({@link LiveHost#tap}).
 *
 * <p>Called by softirq threads, each for the packets of the RX queues whose interrupt it owns; they wait for it, so it must be quick, must not block
 * and should not allocate. What it throws ends the host.
 *
 * @param <M> what packets carry
 */
@FunctionalInterface
public interface SteeringTap<M> {
    /** Tail of a packet that the backlog refused. */
    long DROPPED = -1;

    /** Tail of a packet that was processed without a backlog, on the CPU that took it off its RX queue. */
    long INLINE = -2;

    /**
     * A packet was steered and queued, refused, or is about to be processed at once.
     *
     * @param packet with its decision; its message may be at its receiver already, and must not be looked into
     * @param cpu whose backlog took or refused it, or that processes it
     * @param head that CPU's input_queue_head before the packet was queued, u32
     * @param tail the packet's last_qtail, u32, or {@link #DROPPED} or {@link #INLINE}
     */
    void onSteered(LivePacket<M> packet, int cpu, int head, long tail);
}
