package io.rxsim.core.padata;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A job of padata ({@code struct padata_priv}, include/linux/padata.h), embedded in the caller's object: the caller extends
 * this class or keeps one instance beside its data, and uses it again after {@link #serial}. Padata allocates nothing per job.
 *
 * <p>Between an accepted {@code doParallel} and the call of {@link #serial} the job is padata's. {@code serial} may submit it
 * again.
 */
public abstract class PadataJob {
    /** Not in padata's hands. */
    static final int IDLE = 0;
    /** Accepted; {@code doSerial} is still to come. */
    static final int RUNNING = 1;
    /** {@code doSerial} was called. */
    static final int FINISHED = 2;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(PadataJob.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Written by the submitter before the job is visible, then by whoever wins; modes in docs/synchronization.md. */
    int state;

    private ParallelData block;
    private long number;
    private int callbackCpu;

    /** A job that is nowhere yet. */
    protected PadataJob() {}

    /**
     * The parallel part. Called once per accepted job. It calls {@code doSerial} before it returns, or sees to it that somebody
     * does later.
     *
     * @param cpu the CPU it runs on
     */
    public abstract void parallel(int cpu);

    /**
     * The serial part. Called once per accepted job, in the order of submission among the jobs of an ordering domain with the
     * same callback CPU.
     *
     * @param cpu the CPU it runs on: {@link #callbackCpu()}, another one only if that has died
     */
    public abstract void serial(int cpu);

    /** The CPU that serialises the job: in 6.18 the one that replaced the submitter's wish, where that was not usable. */
    public final int callbackCpu() {
        return callbackCpu;
    }

    /** Place in the order of submission of the job's control block, from 0. */
    public final long number() {
        return number;
    }

    final ParallelData block() {
        return block;
    }

    final void callbackCpu(int cpu) {
        callbackCpu = cpu;
    }

    /** Refuses a job that is still in padata's hands; reusing it would tear the order. */
    final void requireIdle() {
        int now = (int) STATE.getAcquire(this);
        if (now != IDLE) {
            throw new IllegalStateException(
                    "job number=" + number + " is still in flight, it may be submitted again from its serial call on");
        }
    }

    final boolean isAccepted() {
        return (int) STATE.getAcquire(this) != IDLE;
    }

    /** As {@link #requireIdle}, and padata's from now on; {@link #leave} takes it back. */
    final void reserve() {
        requireIdle();
        STATE.setOpaque(this, RUNNING);
    }

    /** The submitter's writes; the store that makes the job visible follows and orders them. */
    final void enter(ParallelData in, long as) {
        block = in;
        number = as;
        STATE.setOpaque(this, RUNNING);
    }

    final boolean isFinished() {
        return (int) STATE.getAcquire(this) == FINISHED;
    }

    /** {@code doSerial}, where any thread may call it at the same time. */
    final void finish() {
        int before = (int) STATE.getAndSet(this, FINISHED);
        if (before != RUNNING) {
            STATE.setVolatile(this, before);
            throw finishedAmiss(before);
        }
    }

    /**
     * {@code doSerial} in a round of works. An exchange for every job would keep a CPU from fetching the next ones, which
     * another CPU has written, before it is through with this one: that costs more than a short job. The round's end has the
     * fence.
     */
    final void finishInRound() {
        int before = (int) STATE.getAcquire(this);
        if (before != RUNNING) {
            throw finishedAmiss(before);
        }
        STATE.setRelease(this, FINISHED);
    }

    private IllegalStateException finishedAmiss(int before) {
        return new IllegalStateException("doSerial of job number=" + number + ", which is "
                + (before == IDLE ? "not in flight" : "finished already"));
    }

    /** The job goes back to its owner. */
    final void leave() {
        STATE.setRelease(this, IDLE);
    }
}
