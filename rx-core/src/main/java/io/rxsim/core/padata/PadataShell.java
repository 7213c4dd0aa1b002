package io.rxsim.core.padata;

/**
 * {@code struct padata_shell} of 6.18: one ordering domain of an instance.
 *
 * <p>{@code doParallel} returns -EINVAL if the instance is stopped or has a mask without usable CPU, -EBUSY while control blocks
 * are being replaced, and <b>0 on success</b>. A callback CPU that is not usable is replaced by the (cpu mod weight)-th that is;
 * {@link PadataJob#callbackCpu()} tells, also after -EBUSY. Without a free work item the submitter works on the job itself.
 * {@code doSerial} may come from any thread, in any order.
 *
 * <p>After a replacement the old block's jobs and the new one's are ordered among themselves, not against each other.
 *
 * <p>Deviation: a control block holds at most {@value #MAX_IN_FLIGHT} jobs in flight and answers -EBUSY beyond; the kernel has no bound
 * but memory.
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
        int now = instance.flags();
        if ((now & Padata618.INIT) == 0 || (now & Padata618.INVALID) != 0) {
            return refuse(PadataCode.EINVAL);
        }
        job.requireIdle();
        ParallelData block = current();
        int callback = cbCpu;
        if (!block.callbackMask.contains(cbCpu)) {
            int[] usable = block.callbackCpus;
            if (usable.length == 0) {
                return refuse(PadataCode.EINVAL);
            }
            callback = usable[Integer.remainderUnsigned(cbCpu, usable.length)];
        }
        job.callbackCpu(callback);
        if ((now & Padata618.RESET) != 0) {
            return refuse(PadataCode.EBUSY);
        }
        long number = block.claim();
        if (number < 0) {
            return refuse(PadataCode.EBUSY);
        }
        WorkItem item = instance.works().take();
        block.publish(job, number);
        if (item == null) {
            instance.works().onInline();
            workqueue().runInline(job);
        } else {
            item.hold(job);
            item.mark();
            workqueue().queue(item);
        }
        return PadataCode.OK;
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
