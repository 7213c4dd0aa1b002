package io.rxsim.core.padata;

/**
 * The driver below padata: who supplies CPUs, queues and time. The core calls it and never waits for it.
 *
 * <p>Called from whatever thread calls {@code doParallel} or {@code doSerial}. An implementation must not call the work's job back
 * from inside {@link #queue}, or a submitter could run a job in the middle of the core's step.
 */
public interface PadataWorkqueue {
    /**
     * {@code queue_work_on} and {@code queue_work}: makes {@code work} run once, later. It is not queued again before it has
     * begun, so that at most one entry per work is pending; a work that is queued while it runs runs again afterwards, never
     * beside itself. Works of one CPU begin in the order in which they were queued.
     *
     * @param work runs on {@link PadataWork#cpu()}, anywhere if that is {@link PadataWork#ANY_CPU}. If that CPU is dead, on another
     */
    void queue(PadataWork work);

    /**
     * No work item was free (6.18): the submitter itself calls {@code job.parallel(cpu)}, at once on a machine, after its cost
     * in virtual time.
     */
    void runInline(PadataJob job);

    /**
     * A job is about to be finished: may the reorder step wait? A driver that answers true calls {@link Reordering#reorder}
     * soon, from the same thread: a worker in a round of works, for which one step per short job would cost more than the jobs.
     * The step then is for all that thread has finished.
     *
     * @return false, as by default: the step is to be done at once
     */
    default boolean postpone(Reordering block) {
        return false;
    }

    /**
     * The calling thread submits a batch: until it calls {@link #endBatch} it queues works and runs jobs inline one after the
     * other. A driver may do once for all what these calls have in common. Nothing, by default.
     */
    default void beginBatch() {}

    /** The batch is at its end. */
    default void endBatch() {}
}
