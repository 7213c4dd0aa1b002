package io.rxsim.core.run;

/** Draws the user-space work of an application per packet. One object per run, one thread, seeded streams only. */
@FunctionalInterface
public interface ServiceTime {
    /** Work for the next packet of a flow, nanoseconds, 0 or more. */
    long nextNs(int flow);

    /** Makes the service times of one run. */
    @FunctionalInterface
    interface Factory {
        /** A fresh sequence. */
        ServiceTime open();

        /** The same work for every packet. */
        static Factory constant(long serviceNs) {
            if (serviceNs < 0 || serviceNs > MAX_NS) {
                throw new IllegalArgumentException("service=" + serviceNs + "ns, allowed is 0 to 60s");
            }
            return () -> flow -> serviceNs;
        }
    }

    /** Largest work per packet. */
    long MAX_NS = 60_000_000_000L;
}
