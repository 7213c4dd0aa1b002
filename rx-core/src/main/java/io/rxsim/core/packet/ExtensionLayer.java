package io.rxsim.core.packet;

/**
 * What follows an IP header and is not yet transport: IPv6 extension headers, IP in IP, MPLS in IP, GRE.
 *
 * <p>Models: the IP-protocol part of {@code __skb_flow_dissect}, net/core/flow_dissector.c, v6.18. Hop-by-hop, routing and
 * destination options are stepped over (behind IPv6 only); a fragment header ends the walk even if the packet is whole.
 * ESP and AH are not entered. Stateless.
 */
final class ExtensionLayer {
    private static final int FRAGMENT_BYTES = 8;

    private ExtensionLayer() {}

    /** Takes the header at the cursor and returns how to go on. */
    static int enter(DissectCursor at) {
        boolean ipv6 = at.etherType == EtherType.IPV6;
        return switch (at.ipProtocol) {
            case IpProtocol.HOP_BY_HOP, IpProtocol.ROUTING, IpProtocol.DESTINATION_OPTIONS ->
                ipv6 ? options(at) : DissectCursor.STOP;
            case IpProtocol.FRAGMENT -> ipv6 ? fragment(at) : DissectCursor.STOP;
            case IpProtocol.IPIP -> tunnel(at, EtherType.IPV4);
            case IpProtocol.IPV6 -> tunnel(at, EtherType.IPV6);
            case IpProtocol.MPLS -> tunnel(at, EtherType.MPLS_UNICAST);
            case IpProtocol.GRE -> GreLayer.enter(at);
            default -> DissectCursor.STOP;
        };
    }

    private static int options(DissectCursor at) {
        if (!at.has(2)) {
            return DissectCursor.STOP;
        }
        int length = (Bytes.u8(at.data, at.offset + 1) + 1) << 3;
        at.stepTo(Bytes.u8(at.data, at.offset), at.offset + length);
        return DissectCursor.IP_AGAIN;
    }

    private static int fragment(DissectCursor at) {
        if (at.has(FRAGMENT_BYTES)) {
            at.markFragment();
            at.stepTo(Bytes.u8(at.data, at.offset), at.offset + FRAGMENT_BYTES);
        }
        return DissectCursor.STOP;
    }

    private static int tunnel(DissectCursor at, int etherType) {
        at.etherType = etherType;
        return DissectCursor.ETHER_AGAIN;
    }
}
