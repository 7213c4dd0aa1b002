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
 * <p>Accepted jobs stand in a table by number. Whoever finishes jobs then looks at the head of the order, and if that is
 * finished becomes the <em>serialiser</em>, unless somebody is: under a lock that nobody waits for it hands on the head and all
 * finished jobs behind it. A serialiser that has let go looks at the head once more. So no finished job at the head is ever
 * left behind and no timer has to look for one.
 *
 * <p>Source: kernel/padata.c, 2.6.34, 2.6.35 and 6.18; the lock that is only tried is that of {@code padata_reorder} in 2.6.3x.
 * Deviations: the kernel keeps one reorder list per CPU under a lock (6.18: sorted by number; 2.6.3x: in order of arrival, with
 * a timer against missed wake-ups in 2.6.35); here one table stands for all lists. Numbers have 63 bits: 6.18's wrap at 2^32
 * changes nothing, and 2.6.3x, whose largest number is miscalculated, would trip over its own assertion after 2^31 jobs.
 *
 * <p>Any thread; see docs/synchronization.md.
 */
final class ParallelData implements Reordering {
    /** {@link #claim}: the block has been replaced. */
    static final long CLOSED = -1;
    /** {@link #claim}: as many jobs as allowed are in flight. */
    static final long FULL = -2;

    private static final long CLOSED_BIT = Long.MIN_VALUE;
    private static final long FREE = 0;
    private static final long TAKEN = 1;
    private static final VarHandle SERIAL = MethodHandles.arrayElementVarHandle(SerialWork[].class);

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
    /** Lower bound of {@link #released} that submitters look at first, so that the two sides rarely meet. */
    private final Sequence releasedSeen = new Sequence(0);
    /** The head: next number to serialise; written by the serialiser. */
    private final Sequence processed = new Sequence(0);
    /** The serialiser's lock: FREE or TAKEN. */
    private final Sequence serialiser = new Sequence(FREE);

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
    }

    /** The first of {@code jobs} numbers in a row, {@link #CLOSED} or {@link #FULL}. */
    long claim(int jobs) {
        long number;
        do {
            number = sequence.get();
            if (number < 0) {
                return CLOSED;
            }
            if (number + jobs - releasedSeen.get() > limit) {
                long now = released();
                releasedSeen.set(now);
                if (number + jobs - now > limit) {
                    return FULL;
                }
            }
        } while (!sequence.compareAndSet(number, number + jobs));
        return number;
    }

    /** How many jobs could be claimed now; 0 if the block is closed. */
    int room() {
        long done = released();
        long number = sequence.get();
        return number < 0 ? 0 : (int) Math.max(0, limit - (number - done));
    }

    /** Puts an accepted job where its worker and the serialiser find it. */
    void publish(PadataJob job, long number) {
        job.enter(this, number);
        if (domain.isOrdered() || parallel.length > 0) {
            slots.put(number, job);
        }
    }

    /** Queues the workers of the CPUs that published jobs belong to (2.6.3x), which have {@code jobs} numbers from this one on. */
    void queueParallel(long number, int jobs) {
        // Between the slots and the looks at PENDING; pairs with the volatile store in ListWork.begin.
        VarHandle.fullFence();
        int works = Math.min(jobs, parallel.length);
        for (int i = 0; i < works; i++) {
            ParallelWork work = parallel[(int) ((number + i) % parallel.length)];
            if (work.mark()) {
                domain.workqueue().queue(work);
            }
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
        if (!domain.isOrdered()) {
            // What an idle job's owner may change at any time is not touched after its state is.
            SerialWork work = serialWork(job.callbackCpu());
            job.finish();
            work.appendShared(job);
            flush(work);
        } else if (domain.workqueue().postpone(this)) {
            job.finishInRound();
        } else {
            job.finish();
            reorder();
        }
    }

    @Override
    public void reorder() {
        // Between the states of finished jobs, or the head, and the looks at the head's state and at PENDING: of two
        // that
        // come this way, one that finished the head and one that moved it there, at least one sees that it is finished.
        VarHandle.fullFence();
        while (isHeadFinished() && serialiser.compareAndSet(FREE, TAKEN)) {
            SerialWork last = serialise();
            serialiser.set(FREE);
            VarHandle.fullFence();
            queueSerial(last);
        }
    }

    /** Hands on what is finished, from the head on; the serial work that is still to be queued, or null. */
    private SerialWork serialise() {
        long next = processed.get();
        SerialWork last = null;
        for (PadataJob job = slots.get(next); job != null && job.isFinished(); job = slots.get(next)) {
            slots.take(next++);
            SerialWork work = serialWork(job.callbackCpu());
            if (work != last) {
                flush(last);
                last = work;
            }
            work.append(job);
            // It may start at once. It may also miss what is appended from here on, so it is looked at again later.
            queueSerial(work);
        }
        processed.set(next);
        return last;
    }

    /** May be wrong if another serialiser has moved the head meanwhile, which looks for itself. */
    private boolean isHeadFinished() {
        PadataJob job = slots.get(processed.get());
        return job != null && job.isFinished();
    }

    /** Sees to it that a serial worker takes notice of what was appended. */
    private void flush(SerialWork work) {
        // Between the append and the look at PENDING; pairs with the volatile store in ListWork.begin.
        VarHandle.fullFence();
        queueSerial(work);
    }

    private void queueSerial(SerialWork work) {
        if (work != null && work.mark()) {
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

    /** A serial worker has dropped references; after a full fence if no other drop follows soon. */
    void onReleased() {
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
        long sum = 0;
        for (int cpu = 0; cpu < serial.length; cpu++) {
            SerialWork work = (SerialWork) SERIAL.getAcquire(serial, cpu);
            if (work != null) {
                sum += work.released();
            }
        }
        return sum;
    }

    /** Jobs accepted and not yet dropped ({@code refcnt}, without the one of the block itself). */
    long inFlight() {
        long done = released();
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
            PadataJob job = slots.get(number);
            waiting |= job != null && job.isFinished();
        }
        if (!waiting) {
            return PadataCode.OK;
        }
        return parallelCpus[(int) (next % parallelCpus.length)] == cpu ? PadataCode.ENODATA : PadataCode.EINPROGRESS;
    }
}
