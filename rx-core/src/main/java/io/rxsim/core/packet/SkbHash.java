package io.rxsim.core.packet;

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
     * @param brought type of the hash that came with the packet
     * @param given that hash
     * @param dissected what the flow dissector computes
     */
    public static int inForce(PacketHashType brought, int given, int dissected) {
        return brought == PacketHashType.L4 ? given : dissected;
    }
}
