package io.rxsim.core.run;

/**
 * What arrives and who consumes it.
 *
 * @param arrivals opens the packets of a run
 * @param pacing when they arrive
 * @param application the consumers
 * @param client the threads of a client host that is modelled in full ({@link MirroredClients}); null where there is none
 */
public record Load(ArrivalSource.Factory arrivals, Pacing pacing, Application application, Application client) {
    /** A load without a modelled client host. */
    public Load(ArrivalSource.Factory arrivals, Pacing pacing, Application application) {
        this(arrivals, pacing, application, null);
    }

    /** When packets arrive. */
    public enum Pacing {
        /** At the source's times. */
        TIMED,
        /** As fast as the host takes them: one enters whenever fewer than {@link #WINDOW} are inside. */
        AS_FAST_AS_TAKEN
    }

    /**
     * Packets inside the host at once under {@link Pacing#AS_FAST_AS_TAKEN}: one NAPI weight. A ring, a backlog or a receive buffer
     * overflows only if it holds fewer.
     */
    public static final int WINDOW = 64;
}
