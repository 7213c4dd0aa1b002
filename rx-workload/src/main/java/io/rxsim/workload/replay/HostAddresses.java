package io.rxsim.workload.replay;

import io.rxsim.core.packet.FlowSyntaxException;
import io.rxsim.core.packet.IpAddress;
import io.rxsim.core.packet.PacketHeaders;
import java.util.ArrayList;
import java.util.List;

/**
 * The addresses of the modelled host: which packets of a capture arrive at its NIC. Immutable; any thread; a test of a packet
 * allocates nothing.
 */
public final class HostAddresses {
    /** Every packet of the capture arrives, whatever its destination. */
    public static final HostAddresses ALL = new HostAddresses(List.of());

    private static final int MAX_ADDRESSES = 64;

    private final List<IpAddress> addresses;
    private final int[] versions;
    private final long[] high;
    private final long[] low;

    private HostAddresses(List<IpAddress> addresses) {
        this.addresses = List.copyOf(addresses);
        versions = addresses.stream().mapToInt(IpAddress::version).toArray();
        high = addresses.stream().mapToLong(IpAddress::high).toArray();
        low = addresses.stream().mapToLong(IpAddress::low).toArray();
    }

    /**
     * Parses a list of addresses.
     *
     * @param text {@code ADDRESS[,ADDRESS...]}, IPv4 or IPv6
     * @throws IllegalArgumentException for anything else
     */
    public static HostAddresses parse(String text) {
        List<IpAddress> addresses = new ArrayList<>();
        for (String address : text.split(",", -1)) {
            try {
                addresses.add(IpAddress.parse(address));
            } catch (FlowSyntaxException e) {
                throw new IllegalArgumentException(
                        "to=" + text + ": " + e.getMessage() + ", allowed is ADDRESS[,ADDRESS...]", e);
            }
        }
        if (addresses.size() > MAX_ADDRESSES) {
            throw new IllegalArgumentException(
                    "to: " + addresses.size() + " addresses, allowed is up to " + MAX_ADDRESSES);
        }
        return new HostAddresses(addresses);
    }

    /** Whether a packet arrives: its outermost destination is one of the addresses, or all packets arrive. */
    boolean arrives(PacketHeaders headers) {
        if (versions.length == 0) {
            return true;
        }
        for (int i = 0; i < versions.length; i++) {
            if (headers.outerDestinationLow() == low[i]
                    && headers.outerDestinationHigh() == high[i]
                    && headers.outerIpVersion() == versions[i]) {
                return true;
            }
        }
        return false;
    }

    /** {@code all}, or the addresses separated by commas. */
    @Override
    public String toString() {
        return addresses.isEmpty()
                ? "all"
                : String.join(",", addresses.stream().map(IpAddress::toString).toList());
    }
}
