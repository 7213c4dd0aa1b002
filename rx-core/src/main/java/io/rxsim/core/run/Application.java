package io.rxsim.core.run;

/**
 * The applications that consume what arrives: one thread per connection with payload.
 *
 * @param placement where threads run; opened anew for every run
 * @param serviceNs work of the thread per packet after recv, nanoseconds
 * @param rcvbufBytes receive buffer of a socket in truesize bytes
 */
public record Application(PlacementFactory placement, long serviceNs, int rcvbufBytes) {
    /** Default of net.core.rmem_default, 6.18. */
    public static final int DEFAULT_RCVBUF_BYTES = 212_992;

    /** Validates. */
    public Application {
        if (serviceNs < 0 || serviceNs > 60_000_000_000L) {
            throw new IllegalArgumentException("service=" + serviceNs + "ns, allowed is 0 to 60s");
        }
        if (rcvbufBytes < 2304) {
            throw new IllegalArgumentException("rmem_default=" + rcvbufBytes + ", allowed is 2304 or more");
        }
    }

    /** Makes the placement of one run. */
    @FunctionalInterface
    public interface PlacementFactory {
        /** A fresh placement over the machine's CPUs. */
        ThreadPlacement open(Machine machine);
    }
}
