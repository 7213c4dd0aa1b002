package io.rxsim.core.padata;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An ordering domain: the jobs of one are serialised in the order in which they were submitted. An instance of 2.6.3x is one
 * domain ({@link Padata2634}); an instance of 6.18 has a domain per shell ({@link PadataShell}).
 *
 * <p>{@code doParallel} and {@code doSerial} may be called by any thread, several at once. The counts are exact when nothing runs.
 */
public abstract class PadataDomain {
    private final PadataWorkqueue workqueue;
    private final boolean ordered;
    private final AtomicLong refusedBusy = new AtomicLong();
    private final AtomicLong refusedInvalid = new AtomicLong();
    private final AtomicLong refusedStopped = new AtomicLong();
    private final AtomicLong inversions = new AtomicLong();
    private final AtomicLong inversionsAcrossReplacement = new AtomicLong();
    /** Per callback CPU the youngest control block that it serialised a job of; each element is its CPU's own. */
    private final AtomicIntegerArray newestGeneration;

    private int generations;
    private volatile ParallelData current;
    /** Replaced blocks with jobs in flight, and the count of the others; guarded by this list. */
    private final List<ParallelData> old = new ArrayList<>();

    private long settled;

    PadataDomain(PadataWorkqueue workqueue, int nrCpuIds, boolean ordered) {
        this.workqueue = workqueue;
        this.ordered = ordered;
        this.newestGeneration = new AtomicIntegerArray(nrCpuIds);
    }

    /**
     * {@code padata_do_parallel}: submits a job.
     *
     * @param job not in flight; accepted, it is padata's until its serial part is called
     * @param cbCpu the CPU that is to serialise it
     * @return see the kernel's own class; {@link #isAccepted} says whether the job was accepted. A refused job is not part of the
     *     order and stays the caller's
     */
    public abstract int doParallel(PadataJob job, int cbCpu);

    /**
     * Submits several jobs in their order, as so many calls of {@link #doParallel(PadataJob, int)} with nothing between them
     * would, at a lower price: numbers are taken and workers queued once.
     *
     * @param jobs none of them in flight
     * @param from the first
     * @param count how many
     * @return how many were accepted, from the first on. The next one would be refused, and {@code doParallel} tells how, or
     *     there is not room for all; those left stay the caller's and are not counted as refused
     */
    public final int doParallel(PadataJob[] jobs, int from, int count, int cbCpu) {
        Objects.checkFromIndexSize(from, count, jobs.length);
        int wanted = Math.min(count, current.room());
        if (wanted == 0) {
            return 0;
        }
        reserve(jobs, from, wanted);
        int accepted = submit(jobs, from, wanted, cbCpu);
        if (accepted == 0) {
            giveBack(jobs, from, wanted);
        }
        return accepted;
    }

    private static void reserve(PadataJob[] jobs, int from, int count) {
        int reserved = 0;
        try {
            while (reserved < count) {
                jobs[from + reserved].reserve();
                reserved++;
            }
        } finally {
            if (reserved < count) {
                giveBack(jobs, from, reserved);
            }
        }
    }

    private static void giveBack(PadataJob[] jobs, int from, int count) {
        for (int i = 0; i < count; i++) {
            jobs[from + i].leave();
        }
    }

    /** Accepts all of these jobs, which are reserved, or none: their number, or 0. */
    abstract int submit(PadataJob[] jobs, int from, int count, int cbCpu);

    /** Whether a code of {@link #doParallel} means that the job was accepted. */
    public abstract boolean isAccepted(int code);

    /**
     * {@code padata_do_serial}: the parallel part of a job is done. Once per accepted job.
     *
     * @param cpu the CPU that the caller runs on
     * @throws IllegalStateException where the kernel's assertion would end the machine, or its lists would be torn
     */
    public abstract void doSerial(PadataJob job, int cpu);

    /** Whether 2.6.3x's worker drops the reference of each job, before the next; 6.18's drops those of a run at its end. */
    abstract boolean releasesEach();

    /** A replaced block has no job left. */
    abstract void onBlockDrained(ParallelData block);

    final PadataWorkqueue workqueue() {
        return workqueue;
    }

    /** Whether the reorder step is in force; it is but for an ablation, which hands jobs on as they are finished. */
    public final boolean isOrdered() {
        return ordered;
    }

    final int nextGeneration() {
        return generations++;
    }

    final ParallelData current() {
        return current;
    }

    /** Puts a block in force; the one before it closes. */
    final void replace(ParallelData block) {
        ParallelData before = current;
        current = block;
        if (before != null) {
            synchronized (old) {
                old.add(before);
            }
            before.close();
        }
    }

    final void onDrained(ParallelData block) {
        synchronized (old) {
            if (old.remove(block)) {
                settled += block.accepted();
            }
        }
        onBlockDrained(block);
    }

    final int refuse(int code) {
        switch (code) {
            case PadataCode.EBUSY -> refusedBusy.incrementAndGet();
            case PadataCode.EINVAL -> refusedInvalid.incrementAndGet();
            default -> refusedStopped.incrementAndGet();
        }
        return code;
    }

    final void auditGeneration(int cpu, int generation) {
        if (generation < newestGeneration.getPlain(cpu)) {
            inversionsAcrossReplacement.incrementAndGet();
        } else if (generation > newestGeneration.getPlain(cpu)) {
            newestGeneration.setPlain(cpu, generation);
        }
    }

    final void onInversion() {
        inversions.incrementAndGet();
    }

    /** Control blocks that were replaced and still have jobs in flight. */
    public final int blocksDraining() {
        synchronized (old) {
            return old.size();
        }
    }

    /** Jobs accepted. */
    public final long accepted() {
        synchronized (old) {
            long sum = settled + current.accepted();
            for (int i = 0; i < old.size(); i++) {
                sum += old.get(i).accepted();
            }
            return sum;
        }
    }

    /** Jobs accepted whose reference has not been dropped yet; the kernel drops it after the serial part. */
    public final long inFlight() {
        synchronized (old) {
            long sum = current.inFlight();
            for (int i = 0; i < old.size(); i++) {
                sum += old.get(i).inFlight();
            }
            return sum;
        }
    }

    /** Jobs whose serial part was called and whose reference was dropped. */
    public final long serialised() {
        return accepted() - inFlight();
    }

    /** Jobs refused with a code; {@link PadataCode#OK} stands for "not started" of 2.6.3x. */
    public final long refused(int code) {
        return switch (code) {
            case PadataCode.EBUSY -> refusedBusy.get();
            case PadataCode.EINVAL -> refusedInvalid.get();
            case PadataCode.OK -> refusedStopped.get();
            default -> 0;
        };
    }

    /** Jobs refused, whatever the code. */
    public final long refused() {
        return refusedBusy.get() + refusedInvalid.get() + refusedStopped.get();
    }

    /**
     * Jobs whose serial part came after that of a later one of the same control block and callback CPU: 0, a law, unless the
     * reorder step is switched off.
     */
    public final long inversions() {
        return inversions.get();
    }

    /**
     * Jobs whose serial part came after that of a job of a younger control block on the same callback CPU. 6.18 makes no promise
     * here; in 2.6.3x always 0.
     */
    public final long inversionsAcrossReplacement() {
        return inversionsAcrossReplacement.get();
    }

    /** The block of a job that is in flight. */
    static ParallelData blockOf(PadataJob job) {
        ParallelData block = job.block();
        if (block == null) {
            throw new IllegalStateException("doSerial of a job that was never accepted");
        }
        return block;
    }
}
