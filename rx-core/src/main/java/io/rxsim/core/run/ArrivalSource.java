package io.rxsim.core.run;

/**
 * What arrives at the NIC, in time order. One object per run, one thread.
 *
 * <p>The same source opened twice yields the same packets: policies are compared on identical input.
 */
public interface ArrivalSource extends AutoCloseable {
    /**
     * Describes the next packet.
     *
     * @return false at the end; {@code out} is then unchanged
     * @throws java.io.UncheckedIOException if the input is malformed from here on
     */
    boolean next(Arrival out);

    /** The flow in the command line's syntax, for example {@code tcp:10.0.0.1:1234>10.0.0.2:80}. */
    String describeFlow(int flow);

    /** Flows closed so far to keep the bound of the source's flow table. */
    default long closedFlows() {
        return 0;
    }

    /** Releases files. */
    @Override
    default void close() {}

    /** Opens a source for one run. */
    @FunctionalInterface
    interface Factory {
        /** A fresh source, at its first packet. */
        ArrivalSource open();
    }
}
