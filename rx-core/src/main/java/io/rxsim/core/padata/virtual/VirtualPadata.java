package io.rxsim.core.padata.virtual;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.padata.PadataJob;
import io.rxsim.core.padata.PadataWork;
import io.rxsim.core.padata.PadataWorkqueue;
import io.rxsim.core.virtual.EventCalendar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The driver of padata in virtual time: a worker per CPU that runs works one after the other, each job at its price.
 *
 * <p>A work for an idle CPU begins after the wake-up, which takes longer where the CPU has slept for long. A CPU with a hog, a task
 * that never sleeps, gives its processor away at its next tick only, and gets it back when the worker has nothing left. A bound work
 * waits for its CPU whatever runs there; an unbound one goes to the first CPU that has neither hog nor work, else to the one with the
 * fewest.
 *
 * <p>Source: kernel/workqueue.c in outline. Deviations: a worker is not preempted; a hog gets no share while the worker has work; all
 * CPUs are at one distance; the work of a submitter that runs its job inline takes no time. One thread.
 */
public final class VirtualPadata implements PadataWorkqueue {
    private static final long STEP = 0;
    private static final long CALL = 1;

    private final EventCalendar calendar = new EventCalendar();
    private final PadataCosts costs;
    private final JobBytes bytes;
    private final boolean unboundAllowed;
    private final CpuMask hogs;
    private final List<Deque<PadataWork>> waiting = new ArrayList<>();
    private final PadataWork[] running;
    private final PadataJob[] job;
    /** When a CPU's worker last ran out of work. */
    private final long[] idleSinceNs;

    private final List<Runnable> calls = new ArrayList<>();
    private int turn;

    /** Bytes of a job. */
    @FunctionalInterface
    public interface JobBytes {
        /** Of this job. */
        int of(PadataJob job);
    }

    /**
     * A machine at time 0.
     *
     * @param hogs CPUs that have a task that never sleeps
     * @param unbound whether unbound works may go anywhere; otherwise CPUs get them in turn, as from a bound workqueue
     */
    public VirtualPadata(PadataCosts costs, JobBytes bytes, CpuMask hogs, boolean unbound) {
        this.costs = costs;
        this.bytes = bytes;
        this.hogs = hogs;
        this.unboundAllowed = unbound;
        int cpus = hogs.nrCpuIds();
        running = new PadataWork[cpus];
        job = new PadataJob[cpus];
        idleSinceNs = new long[cpus];
        for (int cpu = 0; cpu < cpus; cpu++) {
            waiting.add(new ArrayDeque<>());
        }
    }

    @Override
    public void queue(PadataWork work) {
        int cpu = work.cpu() == PadataWork.ANY_CPU ? choose() : work.cpu();
        boolean wasIdle = running[cpu] == null && waiting.get(cpu).isEmpty();
        waiting.get(cpu).add(work);
        if (wasIdle) {
            calendar.schedule(startNs(cpu), STEP << 32 | cpu);
        }
    }

    private int choose() {
        if (!unboundAllowed) {
            return turn++ % running.length;
        }
        // CPU 0 comes last: as a rule the submitter is there.
        int best = 0;
        for (int cpu = running.length - 1; cpu > 0; cpu--) {
            if (load(cpu) <= load(best)) {
                best = cpu;
            }
        }
        return best;
    }

    private int load(int cpu) {
        return (hogs.contains(cpu) ? 2 : 0)
                + (running[cpu] == null ? 0 : 1)
                + waiting.get(cpu).size();
    }

    private long startNs(int cpu) {
        long now = calendar.nowNs();
        if (!hogs.contains(cpu)) {
            boolean deep = now - idleSinceNs[cpu] >= costs.deepAfterNs();
            return now + (deep ? costs.deepWakeNs() : costs.wakeNs());
        }
        return (now / costs.tickNs() + 1) * costs.tickNs() + costs.switchNs();
    }

    @Override
    public void runInline(PadataJob inline) {
        // The submitter's own time is its loop's affair: here the work takes effect at once.
        inline.parallel(PadataWork.ANY_CPU);
    }

    /** Makes something callable; its number. */
    public int callable(Runnable call) {
        calls.add(call);
        return calls.size() - 1;
    }

    /** Calls it {@code ns} from now. */
    public void after(long ns, int callable) {
        calendar.schedule(calendar.nowNs() + ns, CALL << 32 | callable);
    }

    /** Now. */
    public long nowNs() {
        return calendar.nowNs();
    }

    /** Runs until nothing is due before {@code untilNs}. */
    public void runUntil(long untilNs) {
        while (calendar.nextNs() < untilNs) {
            long event = calendar.take();
            if (event >>> 32 == CALL) {
                calls.get((int) event).run();
            } else {
                step((int) event);
            }
        }
    }

    /** The job in hand is done; on to the next, of this work or of the one behind it. */
    private void step(int cpu) {
        PadataJob done = job[cpu];
        if (done != null) {
            job[cpu] = null;
            if (running[cpu].isSerial()) {
                done.serial(cpu);
            } else {
                done.parallel(cpu);
            }
        }
        while (job[cpu] == null) {
            if (running[cpu] == null) {
                running[cpu] = waiting.get(cpu).poll();
                if (running[cpu] == null) {
                    idleSinceNs[cpu] = calendar.nowNs();
                    return;
                }
                running[cpu].begin();
            }
            job[cpu] = running[cpu].next();
            if (job[cpu] == null) {
                running[cpu] = null;
            }
        }
        long next = running[cpu].isSerial() ? costs.serialNs() : costs.parallelNs(bytes.of(job[cpu]));
        calendar.schedule(calendar.nowNs() + next, STEP << 32 | cpu);
    }
}
