package io.rxsim.core.packet;

/**
 * The software flow hash of one kernel era: packet in, hash and headers out.
 *
 * <p>Models: {@code skb_get_hash} (v6.18, {@link SipFlowHash}) or the first half of {@code get_rps_cpu} (v2.6.35,
 * {@link JhashFlowHash}).
 *
 * <p>Contract: the same packet and key give the same hash; no content makes a call throw; a call allocates nothing. An
 * instance holds working state and belongs to one thread.
 */
public interface FlowHash {
    /** The hash of a packet that is not hashed at all, and hence not steered. */
    int NO_HASH = 0;

    /**
     * Dissects a packet, computes its hash and notes both in the headers.
     *
     * @param packet the packet
     * @param headers receives what NIC and socket need to know, and {@link PacketHeaders#hash()} and
     *     {@link PacketHeaders#l4Hash()}
     * @return the 32-bit hash, or {@link #NO_HASH}
     */
    int classify(Packet packet, PacketHeaders headers);

    /**
     * Computes the hash of a packet of this flow: unfragmented, without VLAN tag, tunnel or IPv6 flow label.
     *
     * @param flow the flow
     * @return the 32-bit hash, never {@link #NO_HASH}
     */
    int hash(FlowKey flow);
}
