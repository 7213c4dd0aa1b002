package io.rxsim.core.padata;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.cpu.CpuMaskException;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * Padata of 6.18: an instance with two masks and any number of ordering domains ({@link PadataShell}).
 *
 * <p>An instance is started when it is made, on all possible CPUs. Usable are the CPUs of a mask that are online. A mask without
 * one stops the instance, is stored all the same, and its writer gets 0; a usable mask starts it again. A change gives every shell a
 * new control block; until RCU's grace period is over submitters get -EBUSY. Jobs in flight in the old blocks go on, so that the
 * order does not hold across a change.
 *
 * <p>The kernel's mask calls sleep through the grace period. Here they return at once, and a driver calls {@link #gracePeriodEnded}
 * later. A change during a grace period is built when that has ended, as a caller that waits for the mutex would.
 *
 * <p>Source: kernel/padata.c, include/linux/padata.h, 6.18. Deviation: memory never runs out. Control calls from any thread, one
 * at a time inside.
 */
public final class Padata618 {
    /** PADATA_CPU_SERIAL: the mask of callback CPUs. */
    public static final int SERIAL = 1;
    /** PADATA_CPU_PARALLEL: the mask of CPUs that work in parallel. */
    public static final int PARALLEL = 2;

    static final int INIT = 1;
    static final int RESET = 2;
    static final int INVALID = 4;

    private final String name;
    private final KernelRules rules;
    private final PadataWorks works;
    private final PadataWorkqueue workqueue;
    private final List<PadataShell> shells = new ArrayList<>();
    private CpuMask parallel;
    private CpuMask callback;
    private CpuMask online;
    private boolean rebuildAfterwards;
    /** INIT, RESET and INVALID; written under the monitor. */
    private volatile int flags;

    private Padata618(String name, KernelRules rules, CpuMask online, PadataWorks works, PadataWorkqueue workqueue) {
        this.name = name;
        this.rules = rules;
        this.online = online;
        this.works = works;
        this.workqueue = workqueue;
        this.parallel = CpuMask.all(online.nrCpuIds());
        this.callback = parallel;
        startIfUsable();
    }

    /**
     * {@code padata_alloc}: an instance, started.
     *
     * @param name for reports
     * @param rules v6.18
     * @param online the machine's online CPUs; all that it has room for are possible
     * @param works the machine's work items
     * @param workqueue stands for both workqueues of the instance
     */
    public static Padata618 alloc(
            String name, KernelRules rules, CpuMask online, PadataWorks works, PadataWorkqueue workqueue) {
        return new Padata618(name, rules, online, works, workqueue);
    }

    /** {@code padata_alloc_shell}: a new ordering domain. */
    public synchronized PadataShell allocShell() {
        PadataShell shell = new PadataShell(this, workqueue, online.nrCpuIds(), rules.has(Rule.PADATA_REORDER));
        shell.replace(newBlock(shell));
        shells.add(shell);
        return shell;
    }

    /**
     * {@code padata_free_shell}.
     *
     * @throws IllegalStateException if the shell has jobs in flight, which the kernel forbids and does not test
     */
    public synchronized void freeShell(PadataShell shell) {
        if (shell.inFlight() > 0) {
            throw new IllegalStateException("shell of " + name + " has " + shell.inFlight() + " job(s) in flight");
        }
        if (!shells.remove(shell)) {
            throw new IllegalStateException("shell is none of " + name);
        }
    }

    /**
     * {@code padata_free}.
     *
     * @throws IllegalStateException if shells are left; the kernel warns
     */
    public synchronized void free() {
        if (!shells.isEmpty()) {
            throw new IllegalStateException(name + " has " + shells.size() + " shell(s) left");
        }
        flags &= ~INIT;
    }

    /**
     * {@code padata_set_cpumask}.
     *
     * @param type {@link #SERIAL} or {@link #PARALLEL}
     * @param mask stored even if none of its CPUs is online, which stops the instance
     * @return 0, or -EINVAL for another type
     */
    public synchronized int setCpumask(int type, CpuMask mask) {
        switch (type) {
            case SERIAL -> callback = mask;
            case PARALLEL -> parallel = mask;
            default -> {
                return PadataCode.EINVAL;
            }
        }
        if (!isUsable()) {
            flags = flags & ~INIT | INVALID;
        }
        rebuild();
        startIfUsable();
        return PadataCode.OK;
    }

    /**
     * A write to {@code serial_cpumask} or {@code parallel_cpumask} of sysfs: the kernel's mask grammar.
     *
     * @return 0, -EINVAL or -EOVERFLOW
     */
    public int writeCpumask(int type, String text) {
        CpuMask mask;
        try {
            mask = CpuMask.parse(text, works.nrCpuIds());
        } catch (CpuMaskException e) {
            return -e.errno().number();
        }
        return setCpumask(type, mask);
    }

    /** What {@code serial_cpumask} or {@code parallel_cpumask} show: the mask as it was written, usable or not. */
    public synchronized CpuMask cpumask(int type) {
        return switch (type) {
            case SERIAL -> callback;
            case PARALLEL -> parallel;
            default -> throw new IllegalArgumentException("type=" + type + ", allowed are 1 (serial) and 2 (parallel)");
        };
    }

    /** A CPU has come online: new control blocks if it is in a mask. */
    public synchronized void cpuOnline(int cpu) {
        online = online.or(CpuMask.of(cpu, online.nrCpuIds()));
        if (parallel.contains(cpu) || callback.contains(cpu)) {
            rebuild();
            startIfUsable();
        }
    }

    /**
     * A CPU is dead: new control blocks if it was in a mask; if a mask has no other, the instance stops. What was queued on it the
     * driver runs elsewhere.
     */
    public synchronized void cpuDead(int cpu) {
        online = online.andNot(CpuMask.of(cpu, online.nrCpuIds()));
        if (parallel.contains(cpu) || callback.contains(cpu)) {
            if (!isUsable()) {
                flags = flags & ~INIT | INVALID;
            }
            rebuild();
        }
    }

    private boolean isUsable() {
        return !parallel.and(online).isEmpty() && !callback.and(online).isEmpty();
    }

    private void startIfUsable() {
        if (isUsable()) {
            flags = flags & ~INVALID | INIT;
        }
    }

    private void rebuild() {
        if (isReplacing()) {
            rebuildAfterwards = true;
            return;
        }
        flags |= RESET;
        shells.forEach(shell -> shell.replace(newBlock(shell)));
    }

    private ParallelData newBlock(PadataShell shell) {
        return new ParallelData(shell, parallel.and(online), callback.and(online), PadataShell.MAX_IN_FLIGHT, false);
    }

    /** Whether control blocks are being replaced. */
    public boolean isReplacing() {
        return (flags & RESET) != 0;
    }

    /** RCU's grace period is over: no submitter is still in the middle of a call that saw the old blocks. */
    public synchronized void gracePeriodEnded() {
        flags &= ~RESET;
        if (rebuildAfterwards) {
            rebuildAfterwards = false;
            rebuild();
        }
    }

    /** Whether both masks have an online CPU (not PADATA_INVALID). */
    public boolean isValid() {
        return (flags & INVALID) == 0;
    }

    /** Whether jobs are accepted (PADATA_INIT). */
    public boolean isStarted() {
        return (flags & INIT) != 0;
    }

    /** The instance's name. */
    public String name() {
        return name;
    }

    int flags() {
        return flags;
    }

    PadataWorks works() {
        return works;
    }
}
