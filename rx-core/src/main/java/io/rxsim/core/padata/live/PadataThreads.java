package io.rxsim.core.padata.live;

import io.rxsim.core.padata.Padata2634;
import io.rxsim.core.padata.Padata618;
import io.rxsim.core.padata.PadataJob;
import io.rxsim.core.padata.PadataWork;
import io.rxsim.core.padata.PadataWorkqueue;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * The threaded driver of padata: a thread per CPU. Bound works (2.6.3x's workers, all serial works) wait in the ring of their CPU;
 * unbound ones (6.18's work items) in a ring that all threads take from, after their own.
 *
 * <p>Deviations: a thread is not pinned to a processor, so CPUs are threads and there may be more than processors; a CPU has one
 * thread for its serial and parallel works, as in 2.6.3x, where 6.18 has a pool; a serial work never waits behind more than one
 * unbound one.
 *
 * <p>Any thread may queue. {@link #offline}, {@link #online} and {@link #close} are for one controlling thread.
 */
public final class PadataThreads implements PadataWorkqueue, AutoCloseable {
    private static final int RING = 1024;
    private static final long WAIT_NS = 50_000;

    private final BoundRing[] rings;
    private final WorkRing unbound = new WorkRing(RING);
    private final CpuThread[] threads;
    /** 1 per CPU that is online. */
    private final AtomicIntegerArray online;

    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /**
     * Starts the threads.
     *
     * @param cpus CPUs 0 to cpus - 1, all online
     */
    public PadataThreads(int cpus) {
        if (cpus < 1) {
            throw new IllegalArgumentException("cpus=" + cpus + ", allowed is 1 or more");
        }
        rings = new BoundRing[cpus];
        threads = new CpuThread[cpus];
        online = new AtomicIntegerArray(cpus);
        for (int cpu = 0; cpu < cpus; cpu++) {
            rings[cpu] = new BoundRing(cpu, RING);
            threads[cpu] = new CpuThread(this, cpu);
            online.set(cpu, 1);
        }
        for (CpuThread thread : threads) {
            thread.start();
        }
    }

    @Override
    public void queue(PadataWork work) {
        if (work.cpu() == PadataWork.ANY_CPU) {
            unbound.add(work);
            VarHandle.fullFence();
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
        job.parallel(currentCpu());
    }

    /** The CPU that the calling thread stands for, {@link PadataWork#ANY_CPU} if it stands for none. */
    public static int currentCpu() {
        return Thread.currentThread() instanceof CpuThread thread ? thread.cpu : PadataWork.ANY_CPU;
    }

    /**
     * The CPU runs no more: works queued on it, and those to come, are run by another's thread, in their order. Returns when the
     * hand-over is under way; padata is told by {@code cpuDownPrepare} before (2.6.3x) or {@code cpuDead} after.
     */
    public void offline(int cpu) {
        int heir = 0;
        while (heir < threads.length && (heir == cpu || !isOnline(heir))) {
            heir++;
        }
        if (heir == threads.length) {
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
        while (!ring.isOwnedBy(cpu)) {
            LockSupport.parkNanos(this, WAIT_NS);
        }
    }

    /** Ends a mask change of 2.6.3x: waits until the old control block is empty. Not on one of the CPUs' threads. */
    public void awaitReplacement(Padata2634 padata) {
        while (padata.isReplacing()) {
            padata.gracePeriodEnded();
            LockSupport.parkNanos(this, WAIT_NS);
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
        List<CpuThread> running = new ArrayList<>(List.of(threads));
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
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
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

    void wake(int cpu) {
        threads[cpu].wake();
    }

    private void wakeAny() {
        for (CpuThread thread : threads) {
            if (isOnline(thread.cpu) && thread.wake()) {
                return;
            }
        }
    }

    void onFailure(Throwable thrown) {
        failure.compareAndSet(null, thrown);
    }
}
