package io.rxsim.core.packet;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;

/**
 * Which hash RPS, RFS and the flow limit see of a packet that brings one ({@code skb_set_hash}, {@code skb_get_hash},
 * include/linux/skbuff.h; {@code skb_set_hash_from_sk}, include/net/sock.h; 6.18). No state; any thread.
 *
 * <p>A layer-4 hash of a driver is used as it is, one of layer 3 or 2 is computed anew. Loopback and veth bring the random transmit
 * hash of the sender's socket where it has one, TCP and connected UDP, as a layer-4 hash.
 */
public final class SkbHash {
    private SkbHash() {}

    /**
     * The hash in force.
     *
     * @param rules 2.6.35 uses any hash that is not 0 as it is ({@code skb->rxhash}, get_rps_cpu in net/core/dev.c)
     * @param brought type of the hash that came with the packet
     * @param given that hash
     * @param dissected what the flow dissector computes
     */
    public static int inForce(KernelRules rules, PacketHashType brought, int given, int dissected) {
        if (!rules.has(Rule.FLOW_DISSECTOR)) {
            return brought != PacketHashType.NONE && given != 0 ? given : dissected;
        }
        return brought == PacketHashType.L4 ? given : dissected;
    }
}
