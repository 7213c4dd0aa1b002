package io.rxsim.core.padata;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A work item with one job ({@code struct padata_work}, {@code padata_parallel_worker}, 6.18), on an unbound workqueue. It is free
 * again when the job's parallel part has returned.
 *
 * <p>The job it holds also says that it is not free: whoever hands a job over, and whoever is done with it, each touch this one
 * object, which travels from one CPU's cache to another's.
 */
final class WorkItem extends PadataWork {
    private static final VarHandle JOB;

    static {
        try {
            JOB = MethodHandles.lookup().findVarHandle(WorkItem.class, "job", PadataJob.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** What it holds; null while it is free. Set by compare-and-set, cleared by its worker with release. */
    PadataJob job;

    /** Its worker's: the job is padata's, as it must be. */
    private boolean accepted;
    /** Its worker's: the job has been handed out. */
    private boolean running;

    WorkItem() {
        super(ANY_CPU);
    }

    boolean isFree() {
        return JOB.getOpaque(this) == null;
    }

    /** Takes the item for a job, which is published when the item is queued; false if it is not free. Any thread. */
    boolean take(PadataJob of) {
        return isFree() && JOB.compareAndSet(this, null, of);
    }

    @Override
    public boolean isSerial() {
        return false;
    }

    @Override
    public void begin() {
        // The first look at the job, which another CPU has written: a driver may begin several items before it runs
        // one.
        accepted = job.isAccepted();
    }

    @Override
    public PadataJob next() {
        if (running || !accepted) {
            running = false;
            JOB.setRelease(this, null);
            return null;
        }
        running = true;
        return job;
    }
}
