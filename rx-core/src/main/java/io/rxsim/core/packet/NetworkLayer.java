package io.rxsim.core.packet;

/**
 * The headers that an ether type names: IPv4, IPv6, VLAN tags, PPPoE; MPLS, ARP and everything else end the walk.
 *
 * <p>Models: the protocol part of {@code __skb_flow_dissect}, net/core/flow_dissector.c, v6.18. Only the outermost VLAN tag
 * is kept. Behind an IPv6 flow label the flow hash stops while the walk goes on for the socket. Stateless.
 */
final class NetworkLayer {
    private static final int IPV4_BYTES = 20;
    private static final int IPV6_BYTES = 40;
    private static final int VLAN_BYTES = 4;
    private static final int PPPOE_BYTES = 8;
    private static final int PPPOE_VERSION_TYPE_CODE = 0x1100;
    private static final int IPV4_FRAGMENT_BITS = 0x3fff;
    /** A VLAN tag without the "drop eligible" bit. */
    private static final int VLAN_ID_AND_PRIORITY = 0xefff;

    private NetworkLayer() {}

    /** Takes the header at the cursor and returns how to go on. */
    static int enter(DissectCursor at) {
        return switch (at.etherType) {
            case EtherType.IPV4 -> ipv4(at);
            case EtherType.IPV6 -> ipv6(at);
            case EtherType.VLAN, EtherType.PROVIDER_VLAN -> vlan(at);
            case EtherType.PPPOE_SESSION -> pppoe(at);
            default -> DissectCursor.STOP;
        };
    }

    private static int ipv4(DissectCursor at) {
        if (!at.has(IPV4_BYTES)) {
            return DissectCursor.STOP;
        }
        byte[] data = at.data;
        int ip = at.offset;
        int headerBytes = (data[ip] & 0x0f) << 2;
        if (headerBytes < IPV4_BYTES) {
            return DissectCursor.STOP;
        }
        at.enterIpv4(ip, Bytes.u16(data, ip + 2));
        int source = Bytes.i32(data, ip + 12);
        int destination = Bytes.i32(data, ip + 16);
        if (at.keysOpen) {
            at.keys.setIpv4(source, destination);
        }
        setAddresses(at, 4, 0, source & 0xffffffffL, 0, destination & 0xffffffffL);
        at.stepTo(Bytes.u8(data, ip + 9), ip + headerBytes);
        if ((Bytes.u16(data, ip + 6) & IPV4_FRAGMENT_BITS) != 0) {
            at.markFragment();
            return DissectCursor.STOP;
        }
        return DissectCursor.IP_AGAIN;
    }

    private static int ipv6(DissectCursor at) {
        if (!at.has(IPV6_BYTES)) {
            return DissectCursor.STOP;
        }
        byte[] data = at.data;
        int ip = at.offset;
        int nextHeader = Bytes.u8(data, ip + 6);
        at.enterIpv6(ip + IPV6_BYTES, Bytes.u16(data, ip + 4), nextHeader);
        long sourceHigh = Bytes.i64(data, ip + 8);
        long sourceLow = Bytes.i64(data, ip + 16);
        long destinationHigh = Bytes.i64(data, ip + 24);
        long destinationLow = Bytes.i64(data, ip + 32);
        if (at.keysOpen) {
            at.keys.setIpv6(sourceHigh, sourceLow, destinationHigh, destinationLow);
        }
        setAddresses(at, 6, sourceHigh, sourceLow, destinationHigh, destinationLow);
        at.stepTo(nextHeader, ip + IPV6_BYTES);
        int flowLabel = Bytes.i32(data, ip) & 0xfffff;
        if (flowLabel != 0 && at.keysOpen) {
            at.keys.flowLabel = flowLabel;
            at.closeKeys();
        }
        return DissectCursor.IP_AGAIN;
    }

    private static void setAddresses(
            DissectCursor at, int version, long sourceHigh, long sourceLow, long destinationHigh, long destinationLow) {
        PacketHeaders headers = at.headers;
        headers.ipVersion = version;
        headers.sourceHigh = sourceHigh;
        headers.sourceLow = sourceLow;
        headers.destinationHigh = destinationHigh;
        headers.destinationLow = destinationLow;
        if (at.atOutermostIp()) {
            headers.outerIpVersion = version;
            headers.outerSourceHigh = sourceHigh;
            headers.outerSourceLow = sourceLow;
            headers.outerDestinationHigh = destinationHigh;
            headers.outerDestinationLow = destinationLow;
        }
    }

    private static int vlan(DissectCursor at) {
        if (!at.has(VLAN_BYTES)) {
            return DissectCursor.STOP;
        }
        int tpid = at.etherType;
        int innerEtherType = Bytes.u16(at.data, at.offset + 2);
        FlowKeys keys = at.keys;
        if (at.keysOpen && keys.vlanTpid == 0) {
            keys.vlanTci = Bytes.u16(at.data, at.offset) & VLAN_ID_AND_PRIORITY;
            keys.vlanTpid = tpid;
            keys.vlanEtherType = innerEtherType;
        }
        at.etherType = innerEtherType;
        at.offset += VLAN_BYTES;
        return DissectCursor.ETHER_AGAIN;
    }

    private static int pppoe(DissectCursor at) {
        if (!at.has(PPPOE_BYTES) || Bytes.u16(at.data, at.offset) != PPPOE_VERSION_TYPE_CODE) {
            return DissectCursor.STOP;
        }
        int protocol = Bytes.u16(at.data, at.offset + 6);
        boolean compressed = (protocol & 0x0100) != 0;
        int etherType = PppProtocol.etherType(compressed ? protocol >>> 8 : protocol);
        at.offset += compressed ? PPPOE_BYTES - 1 : PPPOE_BYTES;
        if (etherType == PppProtocol.NONE) {
            return DissectCursor.STOP;
        }
        at.etherType = etherType;
        return DissectCursor.ETHER_AGAIN;
    }
}
