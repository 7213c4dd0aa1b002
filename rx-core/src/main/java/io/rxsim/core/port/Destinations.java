package io.rxsim.core.port;

import io.rxsim.core.hash.SipHash;
import io.rxsim.core.packet.IpAddress;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Addresses and destinations as small numbers, and the place in the range at which the ports of a destination begin.
 *
 * <p>Source: net/core/secure_seq.c {@code secure_ipv4_port_ephemeral}, {@code secure_ipv6_port_ephemeral}, 6.18: SipHash over
 * both addresses, the remote port and the number of the ten-second slice. Deviation: 2.6.35 hashes by MD4 under a key that changes
 * every five minutes; here SipHash stands for it, and slices of that length for its keys. Allocates nothing once a destination is
 * known. One thread.
 */
public final class Destinations {
    /** The wildcard address, of both versions. */
    public static final int ANY = 0;

    /** Most destinations. */
    public static final int MAX = 1 << 20;

    private static final long SLICE_NS = 10_000_000_000L;
    private static final long KEY_NS = 300_000_000_000L;
    private static final int IPV6_BYTES = 16 + 16 + 4 + 2;
    private static final VarHandle LONG_BE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT_LE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT_BE = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    /**
     * Where a connection goes, and from which of the host's addresses.
     *
     * @param local the source address, which routing chose or the socket is bound to
     * @param remote the address connected to
     * @param remotePort the port connected to
     */
    public record Destination(IpAddress local, IpAddress remote, int remotePort) {
        /** Validates. */
        public Destination {
            if (local.version() != remote.version() || remotePort < 0 || remotePort > PortSet.MAX_PORT) {
                throw new IllegalArgumentException("destination=" + local + " to " + remote + " port " + remotePort
                        + ", allowed are addresses of one version and ports up to " + PortSet.MAX_PORT);
            }
        }

        /** Whether one of the addresses is a loopback address. */
        boolean isLoopback() {
            return isLoopback(local) || isLoopback(remote);
        }

        private static boolean isLoopback(IpAddress address) {
            if (address.version() == 4) {
                return address.low() >>> 24 == 127;
            }
            boolean mapped = address.low() >>> 32 == 0xffff && (address.low() >>> 24 & 0xff) == 127;
            return address.high() == 0 && (address.low() == 1 || mapped);
        }
    }

    private final SipHash hash;
    private final long sliceNs;
    private final Map<IpAddress, Integer> addresses = new LinkedHashMap<>();
    private final Map<Destination, Integer> numbers = new LinkedHashMap<>();
    private final List<Destination> destinations = new ArrayList<>();
    private final byte[] bytes = new byte[IPV6_BYTES];
    private final long[] words = new long[2];
    private long[] hashed = new long[16];
    private int[] slice = new int[16];
    private int[] local = new int[16];

    /** No destinations yet, hashed under a key of the run. */
    Destinations(SipHash hash, boolean modern) {
        this.hash = hash;
        sliceNs = modern ? SLICE_NS : KEY_NS;
    }

    /** The number of an address; {@link #ANY} for 0.0.0.0 and ::. */
    public int address(IpAddress address) {
        return address.high() == 0 && address.low() == 0
                ? ANY
                : addresses.computeIfAbsent(address, unseen -> addresses.size() + 1);
    }

    /** The number of a destination, from 0. */
    public int of(Destination destination) {
        Integer known = numbers.get(destination);
        if (known != null) {
            return known;
        }
        final int number = destinations.size();
        if (number == MAX) {
            throw new IllegalArgumentException("destinations: more than " + MAX);
        }
        if (number == hashed.length) {
            hashed = Arrays.copyOf(hashed, 2 * number);
            slice = Arrays.copyOf(slice, 2 * number);
            local = Arrays.copyOf(local, 2 * number);
        }
        destinations.add(destination);
        numbers.put(destination, number);
        local[number] = address(destination.local());
        slice[number] = -1;
        return number;
    }

    /** The destination of a number. */
    public Destination get(int number) {
        return destinations.get(number);
    }

    /** How many there are. */
    public int count() {
        return destinations.size();
    }

    /** The number of a destination's own address. */
    int localOf(int number) {
        return local[number];
    }

    /** The 64-bit hash of a destination at a time; it changes every ten seconds. */
    long hash(int number, long nowNs) {
        final int now = (int) (nowNs / sliceNs);
        if (slice[number] != now) {
            slice[number] = now;
            hashed[number] = hash(destinations.get(number), now);
        }
        return hashed[number];
    }

    private long hash(Destination destination, int now) {
        final IpAddress from = destination.local();
        final IpAddress to = destination.remote();
        final int port = destination.remotePort();
        if (from.version() == 4) {
            // addresses and port as they lie in memory, in network order
            words[0] = Integer.toUnsignedLong(Integer.reverseBytes((int) from.low()))
                    | (long) Integer.reverseBytes((int) to.low()) << 32;
            words[1] = (Short.reverseBytes((short) port) & 0xffffL) | (long) now << 32;
            return hash.hash(words, 2);
        }
        LONG_BE.set(bytes, 0, from.high());
        LONG_BE.set(bytes, 8, from.low());
        LONG_BE.set(bytes, 16, to.high());
        LONG_BE.set(bytes, 24, to.low());
        INT_LE.set(bytes, 32, now);
        SHORT_BE.set(bytes, 36, (short) port);
        return hash.hash(bytes, 0, IPV6_BYTES);
    }
}
