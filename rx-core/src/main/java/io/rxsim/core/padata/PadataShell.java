package io.rxsim.core.padata;

/**
 * {@code struct padata_shell} of 6.18: one ordering domain of an instance.
 *
 * <p>{@code doParallel} returns -EINVAL if the instance is stopped or has a mask without usable CPU, -EBUSY while control
 * blocks are being replaced, and <b>0 on success</b>. A callback CPU that is not usable is replaced by the (cpu mod weight)-th
 * that is; {@link PadataJob#callbackCpu()} tells, also after -EBUSY. Without a free work item the submitter works on the job
 * itself. {@code doSerial} may come from any thread, in any order.
 *
 * <p>After a replacement the old block's jobs and the new one's are ordered among themselves, not against each other.
 *
 * <p>Deviation: a control block holds at most {@value #MAX_IN_FLIGHT} jobs in flight and answers -EBUSY beyond; the kernel has
 * no bound but memory.
 */
public final class PadataShell extends PadataDomain {
    /** Jobs in flight that a control block has room for. */
    public static final int MAX_IN_FLIGHT = 1 << 18;

    private final Padata618 instance;

    PadataShell(Padata618 instance, PadataWorkqueue workqueue, int nrCpuIds, boolean ordered) {
        super(workqueue, nrCpuIds, ordered);
        this.instance = instance;
    }

    @Override
    public int doParallel(PadataJob job, int cbCpu) {
        ParallelData block = current();
        int now = instance.flags();
        int callback = callbackCpu(block, now, cbCpu);
        if (callback < 0) {
            return refuse(PadataCode.EINVAL);
        }
        job.requireIdle();
        job.callbackCpu(callback);
        if ((now & Padata618.RESET) != 0) {
            return refuse(PadataCode.EBUSY);
        }
        long number = block.claim(1);
        if (number < 0) {
            return refuse(PadataCode.EBUSY);
        }
        block.publish(job, number);
        start(job);
        return PadataCode.OK;
    }

    @Override
    int submit(PadataJob[] jobs, int from, int count, int cbCpu) {
        ParallelData block = current();
        int now = instance.flags();
        int callback = callbackCpu(block, now, cbCpu);
        if (callback < 0 || (now & Padata618.RESET) != 0) {
            return 0;
        }
        long number = block.claim(count);
        if (number < 0) {
            return 0;
        }
        for (int i = 0; i < count; i++) {
            jobs[from + i].callbackCpu(callback);
            block.publish(jobs[from + i], number + i);
        }
        workqueue().beginBatch();
        try {
            for (int i = 0; i < count; i++) {
                start(jobs[from + i]);
            }
        } finally {
            workqueue().endBatch();
        }
        return count;
    }

    /** The CPU that stands in for the one wished, or -1 if no job is accepted. */
    private static int callbackCpu(ParallelData block, int flags, int wished) {
        if ((flags & Padata618.INIT) == 0 || (flags & Padata618.INVALID) != 0) {
            return -1;
        }
        if (block.callbackMask.contains(wished)) {
            return wished;
        }
        int[] usable = block.callbackCpus;
        return usable.length == 0 ? -1 : usable[Integer.remainderUnsigned(wished, usable.length)];
    }

    /** Hands a job to a work item, or to the submitter. */
    private void start(PadataJob job) {
        WorkItem item = instance.works().take(job);
        if (item == null) {
            workqueue().runInline(job);
        } else {
            workqueue().queue(item);
        }
    }

    @Override
    public boolean isAccepted(int code) {
        return code == PadataCode.OK;
    }

    @Override
    public void doSerial(PadataJob job, int cpu) {
        blockOf(job).finish(job);
    }

    @Override
    boolean releasesEach() {
        return false;
    }

    @Override
    void onBlockDrained(ParallelData block) {
        // The last reference frees the block; nobody waits for it.
    }
}
