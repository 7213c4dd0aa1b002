package io.rxsim.core.padata;

import com.lmax.disruptor.Sequence;

/**
 * The parallel worker of a CPU ({@code padata_parallel_worker}, 2.6.34 and 2.6.35): works on the CPU's jobs, which are every
 * n-th number of the block, in order. What comes while it runs waits for its next run.
 *
 * <p>Deviation: the kernel's list is in the order in which submitters reached it, which differs from that of the numbers when
 * several submit at once; the kernel would then hit an assertion.
 */
final class ParallelWork extends ListWork {
    private final ParallelData block;
    // Padded: written for every job, by threads whose works may be neighbours in memory.
    /** Next number of this CPU. */
    private final Sequence cursor;
    /** Next number of this CPU to be finished. */
    private final Sequence finishing;

    /** Numbers from here on wait for the next run. */
    private long end;

    ParallelWork(ParallelData block, int index) {
        super(block.parallelCpus[index]);
        this.block = block;
        this.cursor = new Sequence(index);
        this.finishing = new Sequence(index);
    }

    /** The assertions of {@code padata_do_serial} and {@code padata_get_next}; the CPU's own thread. */
    void requireTurn(PadataJob job, int cpu) {
        if (cpu != cpu()) {
            throw new IllegalStateException("doSerial of job number=" + job.number() + " on cpu=" + cpu
                    + ", it belongs on the CPU that ran it, " + cpu());
        }
        long next = finishing.get();
        if (job.number() != next) {
            throw new IllegalStateException(
                    "doSerial of job number=" + job.number() + " on cpu=" + cpu + ", its next is number=" + next);
        }
        finishing.set(next + block.parallelCpus.length);
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
        long at = cursor.get();
        if (at >= end) {
            return null;
        }
        // Empty: the number is claimed, and its submitter will queue this work when the job is there.
        PadataJob job = block.slots.get(at);
        if (job == null) {
            return null;
        }
        if (!block.domain.isOrdered()) {
            block.slots.clear(at);
        }
        cursor.set(at + block.parallelCpus.length);
        return job;
    }
}
