package io.rxsim.core.packet;

/**
 * How a captured packet begins: the link-layer header in front of the network header.
 *
 * <p>Models: the link types of capture files that carry IP traffic of a host; the numbers are those of the tcpdump
 * project's public list of link-layer header types, with the raw-IP numbers that some systems write instead.
 *
 * <p>Immutable; any thread.
 */
public enum LinkType {
    /** Ethernet, 14 bytes, number 1. */
    ETHERNET,
    /** IPv4 or IPv6 without a link header, told apart by the version field; numbers 101, 12 and 14. */
    RAW_IP,
    /** IPv4 without a link header; number 228. */
    RAW_IPV4,
    /** IPv6 without a link header; number 229. */
    RAW_IPV6,
    /** Linux cooked capture, 16 bytes, number 113. */
    LINUX_SLL,
    /** Linux cooked capture version 2, 20 bytes, number 276. */
    LINUX_SLL2,
    /** BSD loopback, a 4-byte address family in either byte order; numbers 0 and 108. */
    LOOPBACK;

    /**
     * Returns the link type of a capture file's number.
     *
     * @param dlt the number
     * @return the link type
     * @throws IllegalArgumentException if the number is none of those above
     */
    public static LinkType of(int dlt) {
        return switch (dlt) {
            case 1 -> ETHERNET;
            case 12, 14, 101 -> RAW_IP;
            case 228 -> RAW_IPV4;
            case 229 -> RAW_IPV6;
            case 113 -> LINUX_SLL;
            case 276 -> LINUX_SLL2;
            case 0, 108 -> LOOPBACK;
            default ->
                throw new IllegalArgumentException("link type=" + Integer.toUnsignedString(dlt)
                        + " is not supported, allowed: 1 (Ethernet), 101, 12, 14 (raw IP), 228 (IPv4), 229 (IPv6),"
                        + " 113 (Linux cooked), 276 (Linux cooked v2), 0, 108 (loopback)");
        };
    }
}
