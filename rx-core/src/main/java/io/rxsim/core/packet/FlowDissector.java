package io.rxsim.core.packet;

/**
 * Walks over the headers of a packet once and fills both the keys of the v6.18 flow hash and the headers that NIC and
 * socket look at.
 *
 * <p>Models: {@code __skb_flow_dissect} of net/core/flow_dissector.c, v6.18, as {@code skb_get_hash} calls it: stop at an
 * IPv6 flow label, do not look into first fragments, at most 15 headers behind the first. A header that is cut, unknown or
 * malformed ends the walk, and the hash is that of the keys filled so far; there is no "no hash".
 *
 * <p>Deviations: bytes that were not captured count as not there. TIPC, B.A.T.M.A.N., HSR and PRP frames are unknown
 * protocols. An IPv4 header inside IPv6 leaves nothing of the outer address behind.
 *
 * <p>Reads no byte beyond the captured length and throws for no content. Holds working state: one thread per instance.
 */
public final class FlowDissector {
    /** Headers entered behind the first one ({@code MAX_FLOW_DISSECT_HDRS}). */
    public static final int MAX_FLOW_DISSECT_HDRS = 15;

    private final DissectCursor cursor = new DissectCursor();

    /** Creates a dissector. */
    public FlowDissector() {}

    /**
     * Dissects a packet.
     *
     * @param packet the packet
     * @param keys receives what the flow hash of v6.18 takes
     * @param headers receives what NIC and socket need; its hash is cleared
     */
    public void dissect(Packet packet, FlowKeys keys, PacketHeaders headers) {
        DissectCursor at = cursor;
        at.start(packet, keys, headers);
        LinkLayer.enter(at, packet.linkType);
        headers.etherType = at.etherType;
        headers.networkOffset = at.offset;
        walk(at);
        at.closeKeys();
        headers.innerEtherType = at.etherType;
        TransportLayer.describe(at);
    }

    private static void walk(DissectCursor at) {
        int verdict = DissectCursor.ETHER_AGAIN;
        int headersEntered = 0;
        do {
            if (verdict == DissectCursor.ETHER_AGAIN) {
                verdict = NetworkLayer.enter(at);
            }
            if (verdict == DissectCursor.IP_AGAIN) {
                verdict = ExtensionLayer.enter(at);
                TransportLayer.readHashedPorts(at);
            }
        } while (verdict != DissectCursor.STOP && headersEntered++ < MAX_FLOW_DISSECT_HDRS);
    }
}
