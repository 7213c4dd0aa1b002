package io.rxsim.core.padata;

/**
 * The parallel worker of a CPU ({@code padata_parallel_worker}, 2.6.34 and 2.6.35): works on the CPU's jobs, which are every
 * n-th number of the block, in order. What comes while it runs waits for its next run.
 *
 * <p>Deviation: the kernel's list is in the order in which submitters reached it, which differs from that of the numbers when
 * several submit at once; the kernel would then hit an assertion.
 */
final class ParallelWork extends PadataWork {
    private final ParallelData block;
    /** Next number of this CPU. */
    private long cursor;
    /** Numbers from here on wait for the next run. */
    private long end;
    /** Next number of this CPU to be finished. */
    private long finishing;

    ParallelWork(ParallelData block, int index) {
        super(block.parallelCpus[index]);
        this.block = block;
        this.cursor = index;
        this.finishing = index;
    }

    /** The assertions of {@code padata_do_serial} and {@code padata_get_next}; the CPU's own thread. */
    void requireTurn(PadataJob job, int cpu) {
        if (cpu != cpu()) {
            throw new IllegalStateException("doSerial of job number=" + job.number() + " on cpu=" + cpu
                    + ", it belongs on the CPU that ran it, " + cpu());
        }
        if (job.number() != finishing) {
            throw new IllegalStateException(
                    "doSerial of job number=" + job.number() + " on cpu=" + cpu + ", its next is number=" + finishing);
        }
        finishing += block.parallelCpus.length;
    }

    @Override
    public boolean isSerial() {
        return false;
    }

    @Override
    void onBegin() {
        end = block.accepted();
    }

    @Override
    public PadataJob next() {
        if (cursor >= end) {
            return null;
        }
        // Empty, or the serialiser's mark: the number is claimed, and its submitter will queue this work when the job
        // is there.
        if (!(block.slots.get(cursor) instanceof PadataJob job)) {
            return null;
        }
        if (!block.domain.isOrdered()) {
            block.slots.clear(cursor);
        }
        cursor += block.parallelCpus.length;
        return job;
    }
}
