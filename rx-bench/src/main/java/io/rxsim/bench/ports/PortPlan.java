package io.rxsim.bench.ports;

import io.rxsim.core.port.LocalPortRange;
import io.rxsim.core.port.PortSet;
import java.util.ArrayList;
import java.util.List;

/**
 * The smallest reservation that keeps the kernel away from the ports of services, and what it leaves for connections.
 *
 * <p>Only ports inside the range are ever chosen by the kernel, so only those need to be reserved; what is reserved already stays.
 * Immutable; any thread.
 *
 * @param reservation the new value of ip_local_reserved_ports
 * @param added ports of it that are not reserved yet
 * @param left ports that the kernel may still choose
 * @param firstParity those of them that connect takes first
 * @param fitsPerSecond connections per second to one destination that these are enough for
 * @param wantedPerSecond connections per second to one destination that are expected
 */
public record PortPlan(
        PortSet reservation, PortSet added, int left, int firstParity, double fitsPerSecond, double wantedPerSecond) {
    /** Share of what fits from which on there is a warning. */
    private static final double NEAR = 0.8;

    /** The plan for services under a range, a present reservation and a churn. */
    public static PortPlan of(LocalPortRange range, PortSet present, PortSet services, PortExposure.Churn churn) {
        PortSet added = services.within(range.low(), range.high());
        added.removeAll(present);
        PortSet reservation = present.copy();
        reservation.addAll(added);
        int left = 0;
        int firstParity = 0;
        for (int port = range.low(); port <= range.high(); port++) {
            if (!reservation.contains(port)) {
                left++;
                firstParity += (port - range.low()) % 2 == 0 ? 1 : 0;
            }
        }
        return new PortPlan(
                reservation,
                added,
                left,
                firstParity,
                left / churn.holdSeconds(),
                churn.perSecond() / churn.destinations());
    }

    /** What there is to warn of, one line each. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (left == 0) {
            warnings.add("no port is left: connect fails with EADDRNOTAVAIL, bind(0) with EADDRINUSE");
        } else if (wantedPerSecond >= fitsPerSecond) {
            warnings.add(String.format(
                    java.util.Locale.ROOT,
                    "%.1f/s to one destination need more ports than are left: only %.1f/s fit, the rest fails with"
                            + " EADDRNOTAVAIL",
                    wantedPerSecond,
                    fitsPerSecond));
        } else if (wantedPerSecond >= NEAR * fitsPerSecond) {
            warnings.add(String.format(
                    java.util.Locale.ROOT,
                    "near exhaustion: %.1f/s to one destination are %.0f %% of the %.1f/s that fit",
                    wantedPerSecond,
                    100 * wantedPerSecond / fitsPerSecond,
                    fitsPerSecond));
        } else if (left > 0 && wantedPerSecond * left >= fitsPerSecond * firstParity) {
            warnings.add("the ports that connect takes first are all in use: every connect searches through all of them"
                    + " before it takes one of the others");
        }
        return warnings;
    }
}
