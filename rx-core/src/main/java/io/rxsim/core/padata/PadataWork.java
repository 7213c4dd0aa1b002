package io.rxsim.core.padata;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

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

    private static final VarHandle PENDING;

    static {
        try {
            PENDING = MethodHandles.lookup().findVarHandle(PadataWork.class, "pending", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** WORK_STRUCT_PENDING: queued and not yet begun. Set by compare-and-set in {@link #mark}, cleared in {@link #begin}. */
    boolean pending;

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
    public final void begin() {
        // Volatile: who appends a job after this either is seen by next(), or finds PENDING clear and queues the work
        // again.
        PENDING.setVolatile(this, false);
        onBegin();
    }

    abstract void onBegin();

    /** The next job, or null at the end of this run of the work. */
    public abstract PadataJob next();

    /** Sets PENDING; true for the one caller that now has to queue the work. The caller's append must be visible before. */
    final boolean mark() {
        return !(boolean) PENDING.getVolatile(this) && PENDING.compareAndSet(this, false, true);
    }

    /** As {@link #mark} without the look that follows a fence: may miss a work that has just begun. */
    final boolean markEarly() {
        return !(boolean) PENDING.getOpaque(this) && PENDING.compareAndSet(this, false, true);
    }
}
