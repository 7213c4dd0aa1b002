package io.rxsim.core.run;

/**
 * What arrives and who consumes it.
 *
 * @param arrivals opens the packets of a run
 * @param pacing when they arrive
 * @param application the consumers
 * @param client the threads of a client host that is modelled in full ({@link MirroredClients}); null where there is none
 * @param window packets inside the host at once under {@link Pacing#AS_FAST_AS_TAKEN}
 */
public record Load(
        ArrivalSource.Factory arrivals, Pacing pacing, Application application, Application client, int window) {
    /** When packets arrive. */
    public enum Pacing {
        /** At the source's times. */
        TIMED,
        /** As fast as the host takes them: one enters whenever fewer than the window are inside. */
        AS_FAST_AS_TAKEN
    }

    /** Default window: one NAPI weight. A ring, a backlog or a receive buffer overflows only if it holds fewer. */
    public static final int WINDOW = 64;

    /** Validates. */
    public Load {
        if (window < 1) {
            throw new IllegalArgumentException("window=" + window + ", allowed is 1 or more");
        }
    }

    /** A load without a modelled client host, with the default window. */
    public Load(ArrivalSource.Factory arrivals, Pacing pacing, Application application) {
        this(arrivals, pacing, application, null, WINDOW);
    }

    /** A load with the default window. */
    public Load(ArrivalSource.Factory arrivals, Pacing pacing, Application application, Application client) {
        this(arrivals, pacing, application, client, WINDOW);
    }

    /** This load with other packets. */
    public Load withArrivals(ArrivalSource.Factory others) {
        return new Load(others, pacing, application, client, window);
    }
}
