package io.rxsim.core.padata.live;

import io.rxsim.core.padata.Padata2634;
import io.rxsim.core.padata.Padata618;
import io.rxsim.core.padata.PadataDomain;
import io.rxsim.core.padata.PadataJob;
import io.rxsim.core.padata.PadataWork;
import io.rxsim.core.padata.PadataWorkqueue;
import io.rxsim.core.padata.Reordering;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * The threaded driver of padata: a thread per CPU, which runs all works of that CPU, parallel and serial. Bound works (2.6.3x's
 * workers, all serial works) wait in the ring of their CPU; unbound ones (6.18's work items) in a ring that all CPUs take from,
 * after their own.
 *
 * <p>The thread that submits may itself stand for CPU 0 ({@link #withCaller}), as a softirq that submits runs on some CPU: then
 * that CPU's works run while it waits ({@link #awaitInFlight}), and no thread is needed beyond one per CPU. A submitter apart
 * sleeps meanwhile and is woken once.
 *
 * <p>Deviations: a thread is not pinned to a processor, so CPUs are threads and there may be more than processors; a CPU has
 * one thread for its serial and parallel works, as in 2.6.3x, where 6.18 has a pool; a serial work may wait behind four unbound
 * ones; the reorder step may wait for some jobs more of the CPU that finished the first one in the order.
 *
 * <p>Any thread may queue. {@link #offline}, {@link #online} and {@link #close} are for one controlling thread, which is the
 * one that stands for a CPU if one does.
 */
public final class PadataThreads implements PadataWorkqueue, AutoCloseable {
    private static final int RING = 1024;
    private static final long WAIT_NS = 50_000;

    private final BoundRing[] rings;
    private final WorkRing unbound = new WorkRing(RING);
    private final Cpu[] cpus;
    private final List<CpuThread> threads = new ArrayList<>();
    /** Stands for CPU 0, or null. */
    private final Thread caller;
    /** 1 per CPU that is online. */
    private final AtomicIntegerArray online;

    private final RoomWaits roomWaits = new RoomWaits();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /**
     * A machine whose CPUs all have a thread of their own.
     *
     * @param cpus CPUs 0 to cpus - 1, all online
     */
    public PadataThreads(int cpus) {
        this(cpus, null);
    }

    private PadataThreads(int count, Thread caller) {
        if (count < 1) {
            throw new IllegalArgumentException("cpus=" + count + ", allowed is 1 or more");
        }
        this.caller = caller;
        rings = new BoundRing[count];
        cpus = new Cpu[count];
        online = new AtomicIntegerArray(count);
        for (int cpu = 0; cpu < count; cpu++) {
            rings[cpu] = new BoundRing(cpu, RING);
            cpus[cpu] = new Cpu(this, cpu);
            online.set(cpu, 1);
        }
        for (Cpu cpu : cpus) {
            if (cpu.number == 0 && caller != null) {
                cpu.attach(caller);
            } else {
                threads.add(new CpuThread(this, cpu));
            }
        }
        threads.forEach(Thread::start);
    }

    /**
     * A machine whose CPU 0 is the calling thread: its works run when that thread waits here ({@link #awaitInFlight}), not
     * while it does something else.
     *
     * @param cpus CPUs 0 to cpus - 1, all online
     */
    public static PadataThreads withCaller(int cpus) {
        return new PadataThreads(cpus, Thread.currentThread());
    }

    @Override
    public void queue(PadataWork work) {
        if (work.cpu() == PadataWork.ANY_CPU) {
            unbound.add(work);
            Cpu own = current();
            if (own == null || !own.isInBatch()) {
                VarHandle.fullFence();
            }
            wakeAny();
        } else {
            BoundRing ring = rings[work.cpu()];
            ring.works.add(work);
            VarHandle.fullFence();
            wake(ring.owner());
        }
    }

    @Override
    public void runInline(PadataJob job) {
        Cpu own = current();
        if (own == null) {
            job.parallel(PadataWork.ANY_CPU);
        } else {
            own.runInline(job);
        }
    }

    @Override
    public void beginBatch() {
        Cpu own = current();
        if (own != null) {
            own.beginBatch();
        }
    }

    @Override
    public void endBatch() {
        Cpu own = current();
        if (own != null && own.endBatch()) {
            // For those that fell asleep when a work was queued without this.
            VarHandle.fullFence();
            wakeAny();
        }
    }

    @Override
    public boolean postpone(Reordering block) {
        Cpu own = current();
        return own != null && own.postpone(block);
    }

    /** The CPU that the calling thread stands for, {@link PadataWork#ANY_CPU} if it stands for none. */
    public int currentCpu() {
        Cpu own = current();
        return own == null ? PadataWork.ANY_CPU : own.number;
    }

    private Cpu current() {
        Thread thread = Thread.currentThread();
        if (thread instanceof CpuThread own && own.machine == this) {
            return own.cpu;
        }
        return thread == caller ? cpus[0] : null;
    }

    /**
     * Waits until at most so many jobs of a domain are in flight, or one has thrown ({@link #failure}). A thread that stands
     * for a CPU runs its works meanwhile; another one sleeps, so it should ask for a number well below what it submits up to,
     * or it is woken for every few jobs.
     *
     * @throws IllegalStateException from inside a job on the thread of a CPU, which would wait for itself
     */
    public void awaitInFlight(PadataDomain domain, long atMost) {
        Cpu own = current();
        RoomWait wait = own == null ? new RoomWait(this) : own.roomWait();
        wait.begin(domain, atMost);
        if (wait.isOver()) {
            return;
        }
        roomWaits.add(wait);
        try {
            while (!wait.isOver()) {
                if (own == null) {
                    LockSupport.park(wait);
                } else if (!own.runSome()) {
                    own.idle(wait);
                }
            }
        } finally {
            roomWaits.remove(wait);
        }
    }

    /**
     * The CPU runs no more: works queued on it, and those to come, are run by another's thread, in their order. Returns when the
     * hand-over is under way; padata is told by {@code cpuDownPrepare} before (2.6.3x) or {@code cpuDead} after.
     */
    public void offline(int cpu) {
        int heir = 0;
        while (heir < cpus.length && (heir == cpu || !isOnline(heir))) {
            heir++;
        }
        if (heir == cpus.length) {
            throw new IllegalArgumentException("cpu=" + cpu + " is the last one online");
        }
        online.set(cpu, 0);
        for (BoundRing ring : rings) {
            if (ring.isOwnedBy(cpu)) {
                reassign(ring, heir);
            }
        }
    }

    /** The CPU runs again and takes its works back. */
    public void online(int cpu) {
        online.set(cpu, 1);
        reassign(rings[cpu], cpu);
        wake(cpu);
    }

    private void reassign(BoundRing ring, int cpu) {
        ring.assign(cpu);
        VarHandle.fullFence();
        wake(ring.owner());
        Cpu own = current();
        while (!ring.isOwnedBy(cpu)) {
            // The one to let go may be this thread.
            if (own == null || !own.runSome()) {
                LockSupport.parkNanos(this, WAIT_NS);
            }
        }
    }

    /** Ends a mask change of 2.6.3x: waits until the old control block is empty. Not in a job. */
    public void awaitReplacement(Padata2634 padata) {
        Cpu own = current();
        while (padata.isReplacing()) {
            padata.gracePeriodEnded();
            if (own == null || !own.runSome()) {
                LockSupport.parkNanos(this, WAIT_NS);
            }
        }
    }

    /** Ends a mask change of 6.18. A submitter that still holds an old block finds it closed. */
    public void awaitReplacement(Padata618 padata) {
        while (padata.isReplacing()) {
            padata.gracePeriodEnded();
        }
    }

    /** What the first job threw that threw something, or null. Such a job counts as still to be finished. */
    public Throwable failure() {
        return failure.get();
    }

    /** Runs what is queued and ends the threads. */
    @Override
    public void close() {
        Cpu own = current();
        while (own != null && own.runSome()) {
            // Until nothing is left.
        }
        List<CpuThread> running = new ArrayList<>(threads);
        running.forEach(CpuThread::end);
        boolean interrupted = false;
        while (!running.isEmpty()) {
            try {
                running.get(0).join();
                running.remove(0);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        while (own != null && own.runSome()) {
            // What the others have left.
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    int cpus() {
        return cpus.length;
    }

    BoundRing[] rings() {
        return rings;
    }

    WorkRing unbound() {
        return unbound;
    }

    boolean isOnline(int cpu) {
        return online.get(cpu) != 0;
    }

    RoomWaits roomWaits() {
        return roomWaits;
    }

    void wake(int cpu) {
        cpus[cpu].wake();
    }

    private void wakeAny() {
        for (Cpu cpu : cpus) {
            if (isOnline(cpu.number) && cpu.wake()) {
                return;
            }
        }
    }

    void onFailure(Throwable thrown) {
        failure.compareAndSet(null, thrown);
        roomWaits.wakeDue();
    }
}
