package io.rxsim.core.packet;

/**
 * The link-layer header: which network protocol follows, and where.
 *
 * <p>Models: {@code eth_type_trans} of net/ethernet/eth.c, v6.18, for Ethernet (an 802.3 length becomes one of the two
 * internal protocol numbers); for the other link types the pages of the tcpdump project's link-type list. VLAN tags are not
 * entered here. Stateless.
 */
final class LinkLayer {
    private static final int ETHERNET_BYTES = 14;
    private static final int SLL_BYTES = 16;
    private static final int SLL2_BYTES = 20;
    private static final int LOOPBACK_BYTES = 4;

    private LinkLayer() {}

    /** Sets ether type and offset; a cut header leaves ether type 0. */
    static void enter(DissectCursor at, LinkType linkType) {
        switch (linkType) {
            case ETHERNET -> ethernet(at);
            case RAW_IP -> rawIp(at);
            case RAW_IPV4 -> at.etherType = EtherType.IPV4;
            case RAW_IPV6 -> at.etherType = EtherType.IPV6;
            case LINUX_SLL -> protocolAt(at, 14, SLL_BYTES);
            case LINUX_SLL2 -> protocolAt(at, 0, SLL2_BYTES);
            case LOOPBACK -> loopback(at);
        }
    }

    private static void ethernet(DissectCursor at) {
        if (!at.has(ETHERNET_BYTES)) {
            return;
        }
        protocolAt(at, 12, ETHERNET_BYTES);
        if (at.etherType < EtherType.MIN_PROTOCOL) {
            boolean allOnes = at.has(2) && Bytes.u16(at.data, at.offset) == 0xffff;
            at.etherType = allOnes ? EtherType.RAW_802_3 : EtherType.LLC_802_2;
        }
    }

    private static void protocolAt(DissectCursor at, int position, int headerBytes) {
        if (at.has(headerBytes)) {
            at.etherType = Bytes.u16(at.data, at.offset + position);
            at.offset += headerBytes;
        }
    }

    private static void rawIp(DissectCursor at) {
        if (at.has(1)) {
            at.etherType = ofVersion(Bytes.u8(at.data, at.offset) >>> 4);
        }
    }

    private static int ofVersion(int version) {
        if (version == 4) {
            return EtherType.IPV4;
        }
        return version == 6 ? EtherType.IPV6 : 0;
    }

    private static void loopback(DissectCursor at) {
        if (!at.has(LOOPBACK_BYTES)) {
            return;
        }
        int family = Bytes.i32(at.data, at.offset);
        // written in the byte order of the capturing machine; families are small numbers
        int value = family >>> 16 == 0 ? family : Integer.reverseBytes(family);
        at.etherType = switch (value) {
            case 2 -> EtherType.IPV4;
            case 10, 24, 28, 30 -> EtherType.IPV6;
            default -> 0;
        };
        at.offset += LOOPBACK_BYTES;
    }
}
