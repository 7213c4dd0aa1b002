package io.rxsim.core.packet;

/**
 * GRE version 0 (RFC 2784, 2890) and its PPTP form, version 1 (RFC 2637).
 *
 * <p>Models: {@code __skb_flow_dissect_gre} of net/core/flow_dissector.c, v6.18: not entered with the routing bit or a
 * higher version; the key is kept, of a PPTP key only the call id; Ethernet inside is stepped over. Stateless.
 */
final class GreLayer {
    private static final int CHECKSUM = 0x8000;
    private static final int ROUTING = 0x4000;
    private static final int KEY = 0x2000;
    private static final int SEQUENCE = 0x1000;
    private static final int ACKNOWLEDGE = 0x0080;
    private static final int VERSION = 0x0007;
    private static final int BASE_BYTES = 4;
    private static final int FIELD_BYTES = 4;
    private static final int ETHERNET_BYTES = 14;
    private static final int PPP_BYTES = 4;

    private GreLayer() {}

    /** Takes the GRE header at the cursor and returns how to go on. */
    static int enter(DissectCursor at) {
        if (!at.has(BASE_BYTES)) {
            return DissectCursor.STOP;
        }
        int flags = Bytes.u16(at.data, at.offset);
        int version = flags & VERSION;
        if ((flags & ROUTING) != 0 || version > 1) {
            return DissectCursor.STOP;
        }
        at.etherType = Bytes.u16(at.data, at.offset + 2);
        if (version == 1 && (at.etherType != EtherType.PPP || (flags & KEY) == 0)) {
            return DissectCursor.STOP;
        }
        at.offset += BASE_BYTES + ((flags & CHECKSUM) != 0 ? FIELD_BYTES : 0);
        if ((flags & KEY) != 0 && !key(at, version)) {
            return DissectCursor.STOP;
        }
        at.offset += (flags & SEQUENCE) != 0 ? FIELD_BYTES : 0;
        return version == 0 ? payload(at) : pptpPayload(at, flags);
    }

    private static boolean key(DissectCursor at, int version) {
        if (!at.has(FIELD_BYTES)) {
            return false;
        }
        if (at.keysOpen) {
            int key = Bytes.i32(at.data, at.offset);
            at.keys.greKey = version == 0 ? key : key & 0xffff;
        }
        at.offset += FIELD_BYTES;
        return true;
    }

    private static int payload(DissectCursor at) {
        if (at.etherType == EtherType.TRANSPARENT_BRIDGING) {
            if (!at.has(ETHERNET_BYTES)) {
                return DissectCursor.STOP;
            }
            at.etherType = Bytes.u16(at.data, at.offset + 12);
            at.offset += ETHERNET_BYTES;
        }
        return DissectCursor.ETHER_AGAIN;
    }

    private static int pptpPayload(DissectCursor at, int flags) {
        at.offset += (flags & ACKNOWLEDGE) != 0 ? FIELD_BYTES : 0;
        if (!at.has(PPP_BYTES)) {
            return DissectCursor.STOP;
        }
        int etherType = PppProtocol.etherType(Bytes.u16(at.data, at.offset + 2));
        if (etherType == EtherType.IPV4 || etherType == EtherType.IPV6) {
            at.etherType = etherType;
        }
        at.offset += PPP_BYTES;
        return DissectCursor.ETHER_AGAIN;
    }
}
