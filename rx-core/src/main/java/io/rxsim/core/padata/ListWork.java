package io.rxsim.core.padata;

import com.lmax.disruptor.Sequence;

/**
 * A work with a list of jobs that grows while it waits and while it runs: it is queued when it is not pending yet, and then
 * once.
 */
abstract class ListWork extends PadataWork {
    private static final long CLEAR = 0;
    private static final long SET = 1;

    /**
     * WORK_STRUCT_PENDING: queued and not yet begun. Padded: those who append look at it while the worker writes its own
     * fields.
     */
    private final Sequence pending = new Sequence(CLEAR);

    ListWork(int cpu) {
        super(cpu);
    }

    @Override
    public final void begin() {
        // Volatile: who appends a job after this either is seen by next(), or finds PENDING clear and queues the work
        // again.
        pending.setVolatile(CLEAR);
        onBegin();
    }

    /** Looks how far this run goes. */
    abstract void onBegin();

    /**
     * Sets PENDING; true for the one caller that now has to queue the work. The caller's append is before, and a full fence
     * between.
     */
    final boolean mark() {
        return pending.get() == CLEAR && pending.compareAndSet(CLEAR, SET);
    }
}
