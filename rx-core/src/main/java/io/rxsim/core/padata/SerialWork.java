package io.rxsim.core.padata;

import com.lmax.disruptor.Sequence;
import java.lang.invoke.VarHandle;

/**
 * The serial worker of a control block on a callback CPU ({@code padata_serial_worker}) with its list of jobs. What comes while it
 * runs waits for its next run.
 */
final class SerialWork extends ListWork {
    private final ParallelData block;
    private final SlotTable list;
    /** Jobs appended: by the serialiser with release; without the reorder step by anyone with an atomic add. */
    private final Sequence tail = new Sequence(0);
    /** Jobs whose references were dropped; this worker's own count, so that no two CPUs write one. */
    private final Sequence released = new Sequence(0);

    // Padded like the counts above: written for every job, beside fields that those who append read.
    /** Jobs handed out. */
    private final Sequence head = new Sequence(0);
    /** Largest number handed out, to see that the order holds. */
    private final Sequence newest = new Sequence(-1);

    private long end;

    SerialWork(ParallelData block, int cpu) {
        super(cpu);
        this.block = block;
        this.list = new SlotTable(block.limit);
    }

    /** Appends a job; the serialiser only. */
    void append(PadataJob job) {
        long at = tail.get();
        list.put(at, job);
        tail.set(at + 1);
    }

    /** Appends a job; any thread. */
    void appendShared(PadataJob job) {
        list.put(tail.addAndGet(1) - 1, job);
    }

    /** Jobs handed out whose references were dropped; any thread. */
    long released() {
        return released.get();
    }

    @Override
    public boolean isSerial() {
        return true;
    }

    @Override
    void onBegin() {
        end = tail.get();
    }

    @Override
    public PadataJob next() {
        if (block.domain.releasesEach()) {
            release();
        }
        long at = head.get();
        // A place may be taken before its job is there, then who appends it queues this work again.
        PadataJob job = at < end ? list.get(at) : null;
        if (job == null) {
            release();
            // Between the last count and the look at the closing bit; pairs with the compare-and-set in close.
            VarHandle.fullFence();
            block.onReleased();
            return null;
        }
        list.take(at);
        head.set(at + 1);
        audit(job);
        // From here on the job may be submitted again.
        job.leave();
        return job;
    }

    /** Drops the references of all jobs handed out. */
    private void release() {
        long now = head.get();
        if (now != released.get()) {
            released.set(now);
            block.onReleased();
        }
    }

    private void audit(PadataJob job) {
        block.domain.auditGeneration(cpu(), block.generation);
        if (job.number() < newest.get()) {
            block.domain.onInversion();
        } else {
            newest.set(job.number());
        }
    }
}
