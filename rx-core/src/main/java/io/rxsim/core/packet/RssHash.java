package io.rxsim.core.packet;

import io.rxsim.core.hash.Toeplitz;

/**
 * The hash a NIC computes for receive side scaling: Toeplitz over the outermost IP tuple.
 *
 * <p>Models: the hash input of Microsoft's RSS definition as common NICs implement it: addresses and ports for unfragmented
 * TCP and UDP, addresses alone for every other IP packet, nothing for the rest. VLAN tags and IPv6 extension headers are
 * stepped over, tunnels are not entered.
 *
 * <p>Deviations: NICs differ in whether UDP ports count by default; here they do, unless switched off. SCTP ports, the ESP
 * SPI and the IPv6 flow label never count. A packet that is not IP has hash 0, so it goes to the queue of indirection
 * entry 0.
 *
 * <p>Immutable; any thread; a call allocates nothing.
 */
public final class RssHash {
    /** Bytes of a key that covers IPv6 addresses and ports. */
    public static final int MIN_KEY_BYTES = 40;

    private final Toeplitz toeplitz;
    private final boolean udpPorts;

    /**
     * Takes the key; UDP ports count.
     *
     * @param key at least 40 bytes
     * @throws IllegalArgumentException if the key is shorter
     */
    public RssHash(byte[] key) {
        this(key, true);
    }

    /**
     * Takes the key.
     *
     * @param key at least 40 bytes
     * @param udpPorts whether UDP ports count
     * @throws IllegalArgumentException if the key is shorter
     */
    public RssHash(byte[] key, boolean udpPorts) {
        if (key.length < MIN_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "rss key length=" + key.length + " bytes, must be at least " + MIN_KEY_BYTES);
        }
        this.toeplitz = new Toeplitz(key);
        this.udpPorts = udpPorts;
    }

    /**
     * Tells what of a packet is hashed.
     *
     * @param headers the dissected packet
     * @return L4 with ports, L3 with addresses alone, NONE for a packet that is not IP
     */
    public PacketHashType type(PacketHeaders headers) {
        if (headers.outerIpVersion == 0) {
            return PacketHashType.NONE;
        }
        boolean counted =
                headers.outerProtocol == IpProtocol.TCP || (headers.outerProtocol == IpProtocol.UDP && udpPorts);
        return headers.outerHasPorts && counted ? PacketHashType.L4 : PacketHashType.L3;
    }

    /**
     * Computes the hash of a packet.
     *
     * @param headers the dissected packet
     * @return the 32-bit hash; 0 if {@link #type} is NONE
     */
    public int hash(PacketHeaders headers) {
        PacketHashType type = type(headers);
        if (type == PacketHashType.NONE) {
            return 0;
        }
        boolean l4 = type == PacketHashType.L4;
        if (headers.outerIpVersion == 4) {
            int source = (int) headers.outerSourceLow;
            int destination = (int) headers.outerDestinationLow;
            return l4
                    ? toeplitz.hashIpv4(source, destination, headers.outerPorts)
                    : toeplitz.hashIpv4(source, destination);
        }
        int addresses = toeplitz.hashIpv6(
                headers.outerSourceHigh,
                headers.outerSourceLow,
                headers.outerDestinationHigh,
                headers.outerDestinationLow);
        return l4 ? addresses ^ toeplitz.hashIpv6Ports(headers.outerPorts) : addresses;
    }

    /**
     * Computes the hash of an unfragmented packet of a flow under a key that may be too short for other flows.
     *
     * @param toeplitz the hash under a key of at least 16 bytes for IPv4 and 40 bytes for IPv6 (12 and 36 without ports)
     * @param flow the flow; the ports of TCP and UDP count
     * @return the 32-bit hash
     * @throws IllegalArgumentException if the key is too short for this flow
     */
    public static int hash(Toeplitz toeplitz, FlowKey flow) {
        boolean ports = flow.protocol() == IpProtocol.TCP || flow.protocol() == IpProtocol.UDP;
        IpAddress source = flow.source();
        IpAddress destination = flow.destination();
        int inputBytes = (source.version() == 4 ? 8 : 32) + (ports ? 4 : 0);
        if (toeplitz.maxInputBytes() < inputBytes) {
            throw new IllegalArgumentException("toeplitz key length="
                    + (toeplitz.maxInputBytes() + Toeplitz.WINDOW_BYTES) + " bytes, " + flow + " needs at least "
                    + (inputBytes + Toeplitz.WINDOW_BYTES));
        }
        if (source.version() == 4) {
            int from = (int) source.low();
            int to = (int) destination.low();
            return ports ? toeplitz.hashIpv4(from, to, flow.portsWord()) : toeplitz.hashIpv4(from, to);
        }
        int addresses = toeplitz.hashIpv6(source.high(), source.low(), destination.high(), destination.low());
        return ports ? addresses ^ toeplitz.hashIpv6Ports(flow.portsWord()) : addresses;
    }
}
