package io.rxsim.core.padata;

/**
 * A work of padata ({@code struct work_struct}): something that a driver runs on a CPU when it gets round to it.
 *
 * <p>A driver calls {@link #begin()}, then {@link #next()} until it is null, and between them {@link PadataJob#parallel} or, if
 * {@link #isSerial()}, {@link PadataJob#serial}. Asking for the next job says that the one before it is done. A driver in virtual
 * time lets the cost of each job pass in between. One thread at a time runs a work.
 */
public abstract class PadataWork {
    /** {@link #cpu()} of work that any CPU may run (an unbound workqueue). */
    public static final int ANY_CPU = -1;

    private final int cpu;

    PadataWork(int cpu) {
        this.cpu = cpu;
    }

    /** The CPU that runs this work, or {@link #ANY_CPU}. */
    public final int cpu() {
        return cpu;
    }

    /** Whether its jobs are to be serialised; otherwise they are to be worked on in parallel. */
    public abstract boolean isSerial();

    /** The work leaves its queue and starts. */
    public abstract void begin();

    /** The next job, or null at the end of this run of the work. */
    public abstract PadataJob next();
}
