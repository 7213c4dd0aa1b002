package io.rxsim.core.padata;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;

/**
 * Padata as it came: {@code struct padata_instance} of 2.6.34 and 2.6.35, one CPU mask, one ordering domain.
 *
 * <p>{@code doParallel} returns 0 if the instance is not started (do the work yourself), -EBUSY while a control block is being
 * replaced or with MAX_OBJ_NUM jobs in flight, -EINVAL if the callback CPU is not in the block's mask, and <b>-EINPROGRESS on
 * success</b>; tested in this order. {@code doSerial} belongs on the CPU that ran the job, in the order in which that CPU got
 * its jobs; anything else is a fatal assertion there and an {@link IllegalStateException} here, at the call instead of when the
 * wrong job is met.
 *
 * <p>Mask calls and hotplug build a new control block. Until the old one is empty submitters get -EBUSY, and so the order holds
 * across the replacement. The kernel's calls sleep meanwhile. Here they return at once: a driver calls {@link
 * #gracePeriodEnded} when its submitters have left the old block, and waits while {@link #isReplacing()} before it does what
 * follows, taking down a CPU for example. A change during a replacement is built when that has ended, as a caller that waits
 * for the mutex would.
 *
 * <p>Source: kernel/padata.c, include/linux/padata.h, 2.6.34 and 2.6.35 (whose limit is 1000 instead of 10000 * NR_CPUS).
 * Deviations: NR_CPUS is nr_cpu_ids; memory never runs out, so {@code setCpumask}, {@code addCpu} and {@code removeCpu} return
 * 0. Control calls from any thread, one at a time inside.
 */
public final class Padata2634 extends PadataDomain {
    /** MAX_OBJ_NUM of 2.6.35. */
    static final int MAX_OBJ_NUM = 1000;
    /** MAX_OBJ_NUM of 2.6.34, per CPU. */
    static final int MAX_OBJ_NUM_PER_CPU = 10_000;

    private static final int INIT = 1;
    private static final int RESET = 2;

    private final int limit;
    private CpuMask cpumask;
    private CpuMask active;
    /** INIT and RESET; written under the monitor. */
    private volatile int flags;

    private ParallelData replaced;
    private boolean inGracePeriod;
    private boolean rebuildAfterwards;

    private Padata2634(KernelRules rules, CpuMask cpumask, CpuMask active, PadataWorkqueue workqueue) {
        super(workqueue, cpumask.nrCpuIds(), rules.has(Rule.PADATA_REORDER));
        this.limit = rules.has(Rule.PADATA_LIMIT_PER_CPU)
                ? Math.multiplyExact(MAX_OBJ_NUM_PER_CPU, cpumask.nrCpuIds())
                : MAX_OBJ_NUM;
        this.cpumask = cpumask;
        this.active = active;
        replace(newBlock());
    }

    /**
     * {@code padata_alloc}: an instance that is not started.
     *
     * @param rules v2.6.34 or v2.6.35
     * @param cpumask CPUs to work on, all of which may also serialise
     * @param active the machine's active CPUs
     * @param workqueue the caller's; it is not touched by {@link #free}
     */
    public static Padata2634 alloc(KernelRules rules, CpuMask cpumask, CpuMask active, PadataWorkqueue workqueue) {
        return new Padata2634(rules, cpumask, active, workqueue);
    }

    /** {@code padata_start}. */
    public synchronized void start() {
        flags |= INIT;
    }

    /** {@code padata_stop}: accepts no more; what is in flight goes on. */
    public synchronized void stop() {
        flags &= ~INIT;
    }

    /** {@code padata_set_cpumask}: 0. */
    public synchronized int setCpumask(CpuMask mask) {
        cpumask = mask;
        return rebuild();
    }

    /** {@code padata_add_cpu}: into the mask; a new control block if the CPU is active. 0. */
    public synchronized int addCpu(int cpu) {
        cpumask = cpumask.or(CpuMask.of(cpu, cpumask.nrCpuIds()));
        return active.contains(cpu) ? rebuild() : PadataCode.OK;
    }

    /** {@code padata_remove_cpu}: out of the mask; a new control block if the CPU is online. 0. */
    public synchronized int removeCpu(int cpu) {
        cpumask = cpumask.andNot(CpuMask.of(cpu, cpumask.nrCpuIds()));
        return active.contains(cpu) ? rebuild() : PadataCode.OK;
    }

    /** A CPU has come up (CPU_ONLINE), or is to stay after all (CPU_DOWN_FAILED). */
    public synchronized void cpuOnline(int cpu) {
        active = active.or(CpuMask.of(cpu, active.nrCpuIds()));
        if (cpumask.contains(cpu)) {
            rebuild();
        }
    }

    /**
     * A CPU is about to go (CPU_DOWN_PREPARE), or did not come up (CPU_UP_CANCELED): a new control block without it. The CPU may
     * go when {@link #isReplacing()} is over; it works on its jobs until then.
     */
    public synchronized void cpuDownPrepare(int cpu) {
        active = active.andNot(CpuMask.of(cpu, active.nrCpuIds()));
        if (cpumask.contains(cpu)) {
            rebuild();
        }
    }

    private int rebuild() {
        if (isReplacing()) {
            rebuildAfterwards = true;
            return PadataCode.OK;
        }
        flags |= RESET;
        inGracePeriod = true;
        replaced = current();
        replace(newBlock());
        return PadataCode.OK;
    }

    private ParallelData newBlock() {
        CpuMask usable = cpumask.and(active);
        return new ParallelData(this, usable, usable, limit, true);
    }

    /** Whether a control block is being replaced. */
    public boolean isReplacing() {
        return (flags & RESET) != 0;
    }

    /** RCU's grace period is over: no submitter is still in the middle of a call that saw the old block. */
    public synchronized void gracePeriodEnded() {
        inGracePeriod = false;
        endReplacement();
    }

    @Override
    synchronized void onBlockDrained(ParallelData block) {
        endReplacement();
    }

    private void endReplacement() {
        if (replaced == null || inGracePeriod || !replaced.isDrained()) {
            return;
        }
        replaced = null;
        flags &= ~RESET;
        if (rebuildAfterwards) {
            rebuildAfterwards = false;
            rebuild();
        }
    }

    /**
     * {@code padata_free}: accepts no more.
     *
     * @return whether no job is left; the kernel waits until then, a driver asks again
     */
    public synchronized boolean free() {
        flags &= ~INIT;
        return inFlight() == 0;
    }

    /** CPUs of the instance, active or not. */
    public synchronized CpuMask cpumask() {
        return cpumask;
    }

    /** MAX_OBJ_NUM: jobs in flight at most. */
    public int maxObjNum() {
        return limit;
    }

    @Override
    public int doParallel(PadataJob job, int cbCpu) {
        ParallelData block = current();
        int code = answer(block, cbCpu);
        if (code != PadataCode.EINPROGRESS) {
            return refuse(code);
        }
        job.requireIdle();
        long number = block.claim(1);
        if (number < 0) {
            return refuse(PadataCode.EBUSY);
        }
        job.callbackCpu(cbCpu);
        block.publish(job, number);
        block.queueParallel(number, 1);
        return PadataCode.EINPROGRESS;
    }

    @Override
    int submit(PadataJob[] jobs, int from, int count, int cbCpu) {
        ParallelData block = current();
        if (answer(block, cbCpu) != PadataCode.EINPROGRESS) {
            return 0;
        }
        long number = block.claim(count);
        if (number < 0) {
            return 0;
        }
        for (int i = 0; i < count; i++) {
            jobs[from + i].callbackCpu(cbCpu);
            block.publish(jobs[from + i], number + i);
        }
        block.queueParallel(number, count);
        return count;
    }

    /** What a job is answered that finds room. */
    private int answer(ParallelData block, int cbCpu) {
        int now = flags;
        if ((now & INIT) == 0) {
            return PadataCode.OK;
        }
        if ((now & RESET) != 0) {
            return PadataCode.EBUSY;
        }
        if (!block.callbackMask.contains(cbCpu)) {
            return block.inFlight() >= limit ? PadataCode.EBUSY : PadataCode.EINVAL;
        }
        return PadataCode.EINPROGRESS;
    }

    @Override
    public boolean isAccepted(int code) {
        return code == PadataCode.EINPROGRESS;
    }

    @Override
    public void doSerial(PadataJob job, int cpu) {
        ParallelData block = blockOf(job);
        block.requireTurn(job, cpu);
        block.finish(job);
    }

    /**
     * The kernel's internal answer ({@code padata_get_next}) on a CPU: 0 if no finished job waits for its turn, -ENODATA if this
     * CPU itself must do the next one first, -EINPROGRESS if another one must. While nothing runs.
     */
    public int nextCode(int cpu) {
        return current().nextCode(cpu);
    }

    @Override
    boolean releasesEach() {
        return true;
    }
}
