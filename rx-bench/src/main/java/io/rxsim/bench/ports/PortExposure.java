package io.rxsim.bench.ports;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.port.ConnectWeights;
import io.rxsim.core.port.LocalPortRange;
import io.rxsim.core.port.PortSet;

/**
 * How likely outgoing connections take the ports that services need. Two questions per run of service ports: is one of them taken at
 * least once in a day, and is one of them taken at the moment at which the service starts, so that its bind() fails with
 * EADDRINUSE?
 *
 * <p>Connections come at a rate, spread evenly over destinations; each holds its port for its lifetime and TIME_WAIT, and those of
 * one destination hold different ports. Ports of the range's lower parity are taken first, the others when these are full. Each
 * destination chooses on its own. Immutable; any thread.
 */
public final class PortExposure {
    private static final double DAY_SECONDS = 86_400;

    private final ConnectWeights first;
    private final ConnectWeights second;
    private final double firstShare;
    private final double heldPerDestination;
    private final double connectsPerDay;
    private final Churn churn;

    /**
     * Connections to many destinations.
     *
     * @param perSecond all together
     * @param destinations over which they are spread
     * @param holdSeconds lifetime and TIME_WAIT of each
     */
    public record Churn(double perSecond, int destinations, double holdSeconds) {
        /** Ports of one destination in use at a time. */
        public double heldPerDestination() {
            return perSecond / destinations * holdSeconds;
        }
    }

    /** The exposure under a range and a reserved set. */
    public PortExposure(KernelRules rules, LocalPortRange range, PortSet reserved, Churn churn) {
        this.churn = churn;
        first = new ConnectWeights(rules, range, reserved);
        PortSet firstPorts = reserved.copy();
        int firstCount = 0;
        int left = 0;
        for (int port = range.low(); port <= range.high(); port++) {
            if (first.of(port) > 0) {
                firstPorts.add(port, port);
                firstCount++;
            }
            left += reserved.contains(port) ? 0 : 1;
        }
        second = new ConnectWeights(rules, range, firstPorts);
        // what does not fit into the first parity goes to the other; what fits nowhere fails
        heldPerDestination = Math.min(left, churn.heldPerDestination());
        firstShare = heldPerDestination <= firstCount || heldPerDestination == 0 ? 1 : firstCount / heldPerDestination;
        connectsPerDay = churn.perSecond() * DAY_SECONDS;
    }

    private double weight(int port) {
        return firstShare * first.of(port) + (1 - firstShare) * second.of(port);
    }

    /** Probability that a connection takes one of the ports at least once in a day. */
    public double takenInADay(PortSet ports) {
        double weight = 0;
        for (int port = ports.next(0); port >= 0; port = ports.next(port + 1)) {
            weight += weight(port);
        }
        return -Math.expm1(connectsPerDay * Math.log1p(-Math.min(1 - 1e-16, weight)));
    }

    /** Probability that one of the ports is taken at a moment. */
    public double takenNow(PortSet ports) {
        double logFree = 0;
        for (int port = ports.next(0); port >= 0; port = ports.next(port + 1)) {
            final double held = Math.min(1 - 1e-16, heldPerDestination * weight(port));
            logFree += churn.destinations() * Math.log1p(-held);
        }
        return -Math.expm1(logFree);
    }
}
