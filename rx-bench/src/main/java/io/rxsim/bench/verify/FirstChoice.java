package io.rxsim.bench.verify;

import io.rxsim.core.port.PortSet;

/**
 * How often an operation is given each port first, every other port being free: relative frequencies of many trials. The
 * product's, and those of three toys that a test of it has to tell apart from a kernel. Stateless; any thread.
 */
enum FirstChoice {
    /** The product, asked again and again by one process, each socket being closed before the next. */
    PRODUCT {
        @Override
        double[] frequencies(PortOperation operation, RecordedPorts ports) {
            long[] counts = new long[ports.settings.range.count()];
            for (int trial = 0; trial < TRIALS; trial++) {
                final int socket = operation.open(ports);
                final int port = socket < 0 ? socket : operation.ask(ports, socket);
                if (port >= 0) {
                    counts[port - ports.settings.range.low()]++;
                }
                if (socket >= 0) {
                    operation.close(ports, socket);
                }
            }
            return shares(counts);
        }
    },
    /** Any port that is not reserved, all alike. */
    UNIFORM {
        @Override
        double[] frequencies(PortOperation operation, RecordedPorts ports) {
            PortSet reserved = ports.settings.reserved.ports();
            long[] counts = new long[ports.settings.range.count()];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = reserved.contains(ports.settings.range.low() + i) ? 0 : 1;
            }
            return shares(counts);
        }
    },
    /** As the product, but bind() and connect with each other's parity; datagram sockets as if they bound streams. */
    WRONG_PARITY {
        @Override
        double[] frequencies(PortOperation operation, RecordedPorts ports) {
            boolean connect = operation.kind() == PortOperation.Kind.TCP_CONNECT;
            return PRODUCT.frequencies(PortOperation.of(connect ? "tcp bind lo" : "tcp connect"), ports);
        }
    },
    /** Upwards from a random port, the first that is not reserved. */
    LINEAR {
        @Override
        double[] frequencies(PortOperation operation, RecordedPorts ports) {
            PortSet reserved = ports.settings.reserved.ports();
            final int low = ports.settings.range.low();
            long[] counts = new long[ports.settings.range.count()];
            for (int start = 0; start < counts.length; start++) {
                for (int i = 0; i < counts.length; i++) {
                    final int at = (start + i) % counts.length;
                    if (!reserved.contains(low + at)) {
                        counts[at]++;
                        break;
                    }
                }
            }
            return shares(counts);
        }
    };

    private static final int TRIALS = 10_000;

    /** The frequency of each port of the range, from its lowest on. */
    abstract double[] frequencies(PortOperation operation, RecordedPorts ports);

    /** Name for people. */
    String label() {
        return switch (this) {
            case PRODUCT -> "the model";
            case UNIFORM -> "uniform over the range";
            case WRONG_PARITY -> "the wrong parity";
            case LINEAR -> "first free, linear";
        };
    }

    private static double[] shares(long[] counts) {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        double[] shares = new double[counts.length];
        for (int i = 0; i < counts.length && total > 0; i++) {
            shares[i] = (double) counts[i] / total;
        }
        return shares;
    }
}
