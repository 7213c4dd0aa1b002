package io.rxsim.core.padata;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The serial worker of a control block on a callback CPU ({@code padata_serial_worker}) with its list of jobs. What comes while it
 * runs waits for its next run.
 */
final class SerialWork extends PadataWork {
    private static final VarHandle TAIL;

    static {
        try {
            TAIL = MethodHandles.lookup().findVarHandle(SerialWork.class, "tail", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ParallelData block;
    private final SlotTable list;
    /** Jobs appended: by the serialiser with release; without the reorder step by anyone with an atomic add. */
    private long tail;

    private long head;
    private long end;
    /** Jobs handed out whose references are still held. */
    private int held;
    /** Largest number handed out, to see that the order holds. */
    private long newest = -1;

    SerialWork(ParallelData block, int cpu) {
        super(cpu);
        this.block = block;
        this.list = new SlotTable(block.limit);
    }

    /** Appends a job; the serialiser only. */
    void append(PadataJob job) {
        long at = tail;
        list.put(at, job);
        TAIL.setRelease(this, at + 1);
    }

    /** Appends a job; any thread. */
    void appendShared(PadataJob job) {
        list.put((long) TAIL.getAndAdd(this, 1L), job);
    }

    @Override
    public boolean isSerial() {
        return true;
    }

    @Override
    void onBegin() {
        end = (long) TAIL.getAcquire(this);
    }

    @Override
    public PadataJob next() {
        if (held > 0 && block.domain.releasesEach()) {
            release();
        }
        // A place may be taken before its job is there, then who appends it queues this work again.
        PadataJob job = head < end ? (PadataJob) list.get(head) : null;
        if (job == null) {
            release();
            return null;
        }
        list.take(head++);
        held++;
        audit(job);
        // From here on the job may be submitted again.
        job.leave();
        return job;
    }

    private void release() {
        if (held > 0) {
            int jobs = held;
            held = 0;
            block.release(jobs);
        }
    }

    private void audit(PadataJob job) {
        block.domain.auditGeneration(cpu(), block.generation);
        if (job.number() < newest) {
            block.domain.onInversion();
        } else {
            newest = job.number();
        }
    }
}
