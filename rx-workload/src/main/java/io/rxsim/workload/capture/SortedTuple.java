package io.rxsim.workload.capture;

import io.rxsim.core.packet.PacketHeaders;

/**
 * The key of a packet's flow, the same for both directions: the two endpoints in ascending order, and what tells flows
 * between the same endpoints apart. An endpoint is address and port where the packet has ports, so that A:p to B:q and A:q
 * to B:p stay two flows, and the address alone otherwise. Mutable and reused; one thread.
 */
final class SortedTuple {
    /** Bits of {@link #meta}: the protocol in the lowest eight, then these. */
    static final int IPV4 = 1 << 8;

    static final int IPV6 = 1 << 9;
    static final int HAS_PORTS = 1 << 10;
    static final int HAS_SPI = 1 << 11;
    static final int PROTOCOL_MASK = 0xff;

    private static final long SEED = 0x243f_6a88_85a3_08d3L; // digits of pi
    private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L; // 2^64 / golden ratio

    long lowerHigh;
    long lowerLow;
    long upperHigh;
    long upperLow;

    /** Port of the lower endpoint in the upper half and of the upper one in the lower; or SPI; or ether type. */
    int word;

    int meta;

    /** The packet goes from the upper endpoint to the lower. */
    boolean swapped;

    int hash;

    /** Takes the innermost flow of a packet; without IP, its ether type. */
    void set(PacketHeaders headers) {
        int version = headers.ipVersion();
        boolean ports = headers.hasPorts();
        int sourcePort = headers.sourcePort();
        int destinationPort = headers.destinationPort();
        swapped = order(headers, sourcePort, destinationPort) > 0;
        lowerHigh = swapped ? headers.destinationHigh() : headers.sourceHigh();
        lowerLow = swapped ? headers.destinationLow() : headers.sourceLow();
        upperHigh = swapped ? headers.sourceHigh() : headers.destinationHigh();
        upperLow = swapped ? headers.sourceLow() : headers.destinationLow();
        if (version == 0) {
            meta = 0;
            word = headers.innerEtherType();
        } else if (ports) {
            meta = (headers.protocol() & PROTOCOL_MASK) | HAS_PORTS;
            word = swapped ? destinationPort << 16 | sourcePort : sourcePort << 16 | destinationPort;
        } else {
            meta = (headers.protocol() & PROTOCOL_MASK) | (headers.hasSpi() ? HAS_SPI : 0);
            word = headers.hasSpi() ? headers.spi() : 0;
        }
        meta |= version == 4 ? IPV4 : version == 6 ? IPV6 : 0;
        hash = hash();
    }

    boolean isIpv6() {
        return (meta & IPV6) != 0;
    }

    private static int order(PacketHeaders headers, int sourcePort, int destinationPort) {
        int high = Long.compareUnsigned(headers.sourceHigh(), headers.destinationHigh());
        int low = high != 0 ? high : Long.compareUnsigned(headers.sourceLow(), headers.destinationLow());
        return low != 0 ? low : sourcePort - destinationPort;
    }

    private int hash() {
        long mixed = SEED;
        if (isIpv6()) {
            mixed = fold(fold(fold(mixed, lowerHigh), upperHigh), lowerLow);
            mixed = fold(mixed, upperLow);
        } else {
            mixed = fold(mixed, lowerLow << 32 | upperLow);
        }
        mixed = fold(mixed, (long) meta << 32 | (word & 0xffff_ffffL));
        // Once more, and the upper half of it: only there does every bit depend on every bit of the tuple.
        return (int) (fold(mixed, 0) >>> 32);
    }

    private static long fold(long mixed, long value) {
        long product = (mixed ^ value) * MULTIPLIER;
        return product ^ product >>> 32;
    }
}
