package io.rxsim.core.packet;

/**
 * An IPv4 or IPv6 address.
 *
 * <p>Text forms: dotted decimal with four parts and no leading zeros; RFC 4291 for IPv6, printed as RFC 5952 says. Names
 * are never resolved; an IPv6 zone id is refused.
 *
 * <p>Immutable; any thread.
 *
 * @param version 4 or 6
 * @param high upper 64 bits of an IPv6 address, 0 for IPv4
 * @param low lower 64 bits of an IPv6 address, or an IPv4 address in the lower 32 bits
 */
public record IpAddress(int version, long high, long low) {
    /** Checks the parts. */
    public IpAddress {
        if (version != 4 && version != 6) {
            throw new IllegalArgumentException("version=" + version + ", must be 4 or 6");
        }
        if (version == 4 && (high != 0 || low >>> 32 != 0)) {
            throw new IllegalArgumentException("low=" + Long.toHexString(low) + ", an IPv4 address has 32 bits");
        }
    }

    /**
     * Makes an IPv4 address.
     *
     * @param address the address as a number, 10.0.0.1 being 0x0a000001
     * @return the address
     */
    public static IpAddress ofIpv4(int address) {
        return new IpAddress(4, 0, Integer.toUnsignedLong(address));
    }

    /**
     * Makes an IPv6 address.
     *
     * @param high upper 64 bits
     * @param low lower 64 bits
     * @return the address
     */
    public static IpAddress ofIpv6(long high, long low) {
        return new IpAddress(6, high, low);
    }

    /**
     * Reads an address.
     *
     * @param text the address without brackets
     * @return the address
     * @throws FlowSyntaxException if the text is not an address
     */
    public static IpAddress parse(String text) {
        return IpAddressText.parse(text, 0, text.length());
    }

    @Override
    public String toString() {
        return version == 4 ? IpAddressText.ipv4((int) low) : IpAddressText.ipv6(high, low);
    }
}
