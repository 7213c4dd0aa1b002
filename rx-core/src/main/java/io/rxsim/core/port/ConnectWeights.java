package io.rxsim.core.port;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;

/**
 * How likely each port is the one that a connect is given, over many connects to one destination while none of them is in the
 * way of another. In 6.18 the place of the search moves on by 2 to 16, or to behind the run that it passed: the port behind a
 * reserved run is given more often than others, but not by as much as if every search began anywhere. In 2.6.35 each free port
 * comes once in a turn. Immutable; any thread.
 */
public final class ConnectWeights {
    private static final int STEPS = 8;
    private static final int LAPS = 16;

    private final double[] weights = new double[PortSet.PORTS];

    /** The weights under a range and a reserved set; all 0 if no port is left. */
    public ConnectWeights(KernelRules rules, LocalPortRange range, PortSet reserved) {
        final PortWindow window = range.window();
        if (rules.has(Rule.PORT_PARITY)) {
            modern(window, reserved);
        } else {
            final double share = 1.0
                    / Math.max(
                            1,
                            range.count()
                                    - reserved.within(range.low(), range.high()).size());
            for (int port = range.low(); port <= range.high(); port++) {
                weights[port] = reserved.contains(port) ? 0 : share;
            }
        }
    }

    private void modern(PortWindow window, PortSet reserved) {
        final int places = Math.max(1, window.count() / 2);
        final int[] port = new int[places];
        final int[] passed = new int[places];
        for (int place = 0; place < places; place++) {
            final long found = PortSearch.connect618(window, 2 * place, reserved, free -> true);
            if (found == PortSearch.NO_PORT) {
                return;
            }
            port[place] = PortSearch.port(found);
            passed[place] = PortSearch.passed(found) / 2;
        }
        final double[] visits = visits(passed);
        double total = 0;
        for (double visit : visits) {
            total += visit;
        }
        for (int place = 0; place < places; place++) {
            weights[port[place]] += visits[place] / total;
        }
    }

    /** How often a search begins at each place in one turn of the range, after enough turns to forget where it began. */
    private static double[] visits(int[] passed) {
        final int places = passed.length;
        final double[] ahead = new double[places];
        final double[] visits = new double[places];
        ahead[0] = 1;
        for (int lap = 0; lap < LAPS; lap++) {
            for (int place = 0; place < places; place++) {
                final double mass = ahead[place];
                ahead[place] = 0;
                visits[place] = mass;
                for (int step = 0; step < STEPS; step++) {
                    ahead[(place + Math.max(passed[place], step) + 1) % places] += mass / STEPS;
                }
            }
        }
        return visits;
    }

    /** Probability that a connect is given a port. */
    public double of(int port) {
        return weights[port];
    }
}
