package io.rxsim.core.run;

/**
 * The applications that consume what arrives.
 *
 * @param placement where threads run; opened anew for every run
 * @param service work of a thread per packet after recv
 * @param rcvbufBytes receive buffer of a socket in truesize bytes
 * @param server how many threads serve, and what they answer
 */
public record Application(PlacementFactory placement, ServiceTime.Factory service, int rcvbufBytes, Server server) {
    /** Default of net.core.rmem_default, 6.18. */
    public static final int DEFAULT_RCVBUF_BYTES = 212_992;

    /** Validates. */
    public Application {
        if (rcvbufBytes < 2304) {
            throw new IllegalArgumentException("rmem_default=" + rcvbufBytes + ", allowed is 2304 or more");
        }
    }

    /** Consumers that answer nothing, one thread per connection, with the same work for every packet. */
    public Application(PlacementFactory placement, long serviceNs, int rcvbufBytes) {
        this(placement, ServiceTime.Factory.constant(serviceNs), rcvbufBytes, Server.SINK);
    }

    /**
     * What the threads are.
     *
     * @param threads threads that share all connections by epoll; {@link #PER_CONNECTION} is one for each
     * @param responseBytes length on the wire of the answer to every packet with payload; {@link #NO_RESPONSE} is none
     */
    public record Server(int threads, int responseBytes) {
        /** One thread per connection. */
        public static final int PER_CONNECTION = 0;

        /** Nothing is answered. */
        public static final int NO_RESPONSE = 0;

        /** One thread per connection that only receives. */
        public static final Server SINK = new Server(PER_CONNECTION, NO_RESPONSE);

        /** Validates. */
        public Server {
            if (threads < 0 || threads > 1_000_000) {
                throw new IllegalArgumentException(
                        "threads=" + threads + ", allowed is 0 (one per connection) to 1000000");
            }
            if (responseBytes < 0 || responseBytes > 65_535) {
                throw new IllegalArgumentException("response=" + responseBytes + " bytes, allowed is 0 to 65535");
            }
        }
    }

    /** Makes the placement of one run. */
    @FunctionalInterface
    public interface PlacementFactory {
        /** A fresh placement over the machine's CPUs. */
        ThreadPlacement open(Machine machine);
    }
}
