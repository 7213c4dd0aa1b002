package io.rxsim.core.packet;

/** PPP protocol numbers (RFC 1661 and the IANA list) as ether types, for PPPoE and PPTP. Stateless. */
final class PppProtocol {
    /** No ether type: a protocol that is not entered. */
    static final int NONE = -1;

    private PppProtocol() {}

    static int etherType(int protocol) {
        return switch (protocol) {
            case 0x0021 -> EtherType.IPV4;
            case 0x0057 -> EtherType.IPV6;
            case 0x0281 -> EtherType.MPLS_UNICAST;
            case 0x0283 -> EtherType.MPLS_MULTICAST;
            default -> NONE;
        };
    }
}
