package io.rxsim.core.padata;

import com.lmax.disruptor.Sequence;
import io.rxsim.core.cpu.CpuMask;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A control block ({@code struct parallel_data}): numbers the jobs it accepts and hands them on in that order. The sequence and
 * reorder core that all kernels and both drivers share.
 *
 * <p>Accepted jobs stand in a table by number. Whoever finishes a job exchanges its state; if the state said that everything
 * before it has been serialised, this caller is the <em>serialiser</em>: it hands on this job and all finished ones behind it, and
 * leaves the role in the first job that is not finished, or in the empty slot of the first number that is not used yet, where the
 * submitter of that number finds it. So the role is always either held or left at exactly one place, no wake-up can be missed, and
 * nobody ever waits.
 *
 * <p>Source: kernel/padata.c, 2.6.34, 2.6.35 and 6.18. Deviations: the kernel keeps one reorder list per CPU under a lock (6.18:
 * sorted by number; 2.6.3x: in order of arrival, searched under a trylock, with a timer against missed wake-ups in 2.6.35); here one
 * table stands for all lists. Numbers have 63 bits: 6.18's wrap at 2^32 changes nothing, and 2.6.3x, whose largest number is
 * miscalculated, would trip over its own assertion after 2^31 jobs.
 *
 * <p>Any thread; see docs/synchronization.md.
 */
final class ParallelData {
    /** {@link #claim}: the block has been replaced. */
    static final long CLOSED = -1;
    /** {@link #claim}: as many jobs as allowed are in flight. */
    static final long FULL = -2;

    private static final long CLOSED_BIT = Long.MIN_VALUE;
    private static final VarHandle SERIAL = MethodHandles.arrayElementVarHandle(SerialWork[].class);

    /** Stands in a slot whose number is not used yet: its submitter takes over the serialiser's role. */
    private static final Object ROLE = new Object();

    final PadataDomain domain;
    /** Place among the control blocks of the domain, from 0. */
    final int generation;
    /** CPUs that work in parallel, ascending. */
    final int[] parallelCpus;
    /** CPUs that may serialise. */
    final CpuMask callbackMask;

    final int[] callbackCpus;
    final int limit;
    final SlotTable slots;

    /** Next number to accept; the sign bit says that the block accepts no more. */
    private final Sequence sequence = new Sequence(0);
    /** Jobs whose references have been dropped. */
    private final Sequence released = new Sequence(0);
    /** Lower bound of {@link #released} that submitters look at first, so that the two sides rarely meet. */
    private final Sequence releasedSeen = new Sequence(0);
    /** Next number to serialise; written and read by the serialiser, published when the role is left. */
    private final Sequence processed = new Sequence(0);

    private final SerialWork[] serial;
    private final ParallelWork[] parallel;
    private final AtomicBoolean drained = new AtomicBoolean();

    /** A block of a domain; {@code boundCpus} where the jobs of a CPU wait in that CPU's list (2.6.3x). */
    ParallelData(PadataDomain domain, CpuMask parallelMask, CpuMask callbackMask, int limit, boolean boundCpus) {
        this.domain = domain;
        this.generation = domain.nextGeneration();
        this.parallelCpus = parallelMask.cpus();
        this.callbackMask = callbackMask;
        this.callbackCpus = callbackMask.cpus();
        this.limit = limit;
        // Without the reorder step only the CPUs' own cursors bound the window, each by the limit.
        int window = domain.isOrdered() ? limit : Math.multiplyExact(limit + 1, Math.max(1, parallelCpus.length));
        this.slots = new SlotTable(window);
        this.serial = new SerialWork[parallelMask.nrCpuIds()];
        this.parallel = new ParallelWork[boundCpus ? parallelCpus.length : 0];
        for (int i = 0; i < parallel.length; i++) {
            parallel[i] = new ParallelWork(this, i);
        }
        if (domain.isOrdered()) {
            slots.putIfEmpty(0, ROLE);
        }
    }

    /** The next number, {@link #CLOSED} or {@link #FULL}. */
    long claim() {
        long number;
        do {
            number = sequence.get();
            if (number < 0) {
                return CLOSED;
            }
            if (number - releasedSeen.get() >= limit) {
                long now = released.get();
                releasedSeen.set(now);
                if (number - now >= limit) {
                    return FULL;
                }
            }
        } while (!sequence.compareAndSet(number, number + 1));
        return number;
    }

    /** Puts an accepted job where its worker and the serialiser find it. */
    void publish(PadataJob job, long number) {
        job.enter(this, number);
        if (!domain.isOrdered()) {
            if (parallel.length > 0) {
                slots.exchange(number, job);
            }
            return;
        }
        if (slots.exchange(number, job) == ROLE && !job.await()) {
            serialise(number);
        }
    }

    /** Queues the worker of the CPU that a job's number belongs to (2.6.3x). */
    void queueParallel(long number) {
        ParallelWork work = parallel[(int) (number % parallel.length)];
        if (work.mark()) {
            domain.workqueue().queue(work);
        }
    }

    /**
     * That a job is finished where and when 2.6.3x allows it.
     *
     * @throws IllegalStateException if not
     */
    void requireTurn(PadataJob job, int cpu) {
        parallel[(int) (job.number() % parallel.length)].requireTurn(job, cpu);
    }

    /** {@code padata_do_serial}. */
    void finish(PadataJob job) {
        // What an idle job's owner may change at any time is not touched after its state is.
        long at = job.number();
        int before = job.finish();
        if (domain.isOrdered()) {
            if (before == PadataJob.AWAITED) {
                serialise(at);
            }
            return;
        }
        SerialWork work = serialWork(job.callbackCpu());
        work.appendShared(job);
        flush(work);
    }

    /** The serialiser's loop, from the first finished job on. */
    private void serialise(long from) {
        long next = from;
        SerialWork last = null;
        while (true) {
            Object slot = slots.get(next);
            if (slot == null) {
                processed.set(next);
                flush(last);
                if (slots.putIfEmpty(next, ROLE)) {
                    return;
                }
                slot = slots.get(next);
            }
            PadataJob job = (PadataJob) slot;
            if (!job.isFinished()) {
                processed.set(next);
                flush(last);
                if (job.await()) {
                    return;
                }
            }
            slots.take(next++);
            SerialWork work = serialWork(job.callbackCpu());
            if (work != last) {
                flush(last);
                last = work;
            }
            work.append(job);
            if (work.markEarly()) {
                domain.workqueue().queue(work);
            }
        }
    }

    /** Sees to it that a serial worker takes notice of what was appended. */
    private void flush(SerialWork work) {
        if (work == null) {
            return;
        }
        // Between the append and the look at PENDING; pairs with the volatile store in PadataWork.begin.
        VarHandle.fullFence();
        if (work.mark()) {
            domain.workqueue().queue(work);
        }
    }

    private SerialWork serialWork(int cpu) {
        SerialWork work = (SerialWork) SERIAL.getAcquire(serial, cpu);
        if (work != null) {
            return work;
        }
        SerialWork made = new SerialWork(this, cpu);
        SerialWork other = (SerialWork) SERIAL.compareAndExchange(serial, cpu, null, made);
        return other == null ? made : other;
    }

    /** Drops the references of serialised jobs. */
    void release(int jobs) {
        released.addAndGet(jobs);
        // Between the count and the look at the closing bit; pairs with the exchange in close.
        VarHandle.fullFence();
        if (sequence.get() < 0) {
            checkDrained();
        }
    }

    /** Accepts no more; what is in flight goes on. */
    void close() {
        long number;
        do {
            number = sequence.get();
        } while (!sequence.compareAndSet(number, number | CLOSED_BIT));
        checkDrained();
    }

    private void checkDrained() {
        if (inFlight() == 0 && drained.compareAndSet(false, true)) {
            domain.onDrained(this);
        }
    }

    /** Whether the block is closed and empty. */
    boolean isDrained() {
        return drained.get();
    }

    /** Jobs accepted so far. */
    long accepted() {
        return sequence.get() & ~CLOSED_BIT;
    }

    /** Jobs whose references have been dropped. */
    long released() {
        return released.get();
    }

    /** Jobs accepted and not yet dropped ({@code refcnt}, without the one of the block itself). */
    long inFlight() {
        long done = released.get();
        return accepted() - done;
    }

    /**
     * What {@code padata_get_next} of 2.6.3x answers on a CPU: {@link PadataCode#OK} if no finished job waits for its turn,
     * -ENODATA if this CPU itself must do the next job first, -EINPROGRESS if another one must. For reports and tests, while
     * nothing else runs; the serialiser does not need it.
     */
    int nextCode(int cpu) {
        long next = processed.get();
        boolean waiting = false;
        for (long number = next; number < accepted(); number++) {
            waiting |= slots.get(number) instanceof PadataJob job && job.isFinished();
        }
        if (!waiting) {
            return PadataCode.OK;
        }
        return parallelCpus[(int) (next % parallelCpus.length)] == cpu ? PadataCode.ENODATA : PadataCode.EINPROGRESS;
    }
}
