package io.rxsim.core.virtual;

import io.rxsim.core.cost.CostModel;
import io.rxsim.core.cost.Stage;
import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.padata.Padata2634;
import io.rxsim.core.padata.Padata618;
import io.rxsim.core.padata.PadataCode;
import io.rxsim.core.padata.PadataDomain;
import io.rxsim.core.padata.PadataJob;
import io.rxsim.core.padata.PadataWork;
import io.rxsim.core.padata.PadataWorkqueue;
import io.rxsim.core.padata.PadataWorks;
import io.rxsim.core.run.LatencyStage;
import io.rxsim.core.run.Machine;
import io.rxsim.core.xfrm.EspResult;
import io.rxsim.core.xfrm.XfrmConfig;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * ESP through padata in virtual time: pcrypt's decryption instance (crypto/pcrypt.c) with one ordering domain, its workers threads of the
 * modelled CPUs ({@link Kworker}).
 *
 * <p>In 6.18 the parallel workqueue is unbound: a work goes to a sleeping worker of an idle CPU of the mask, nearest number
 * first, else waits for the next worker that is done; in 2.6.3x each CPU has its own. Association k serialises on the (k + 1 mod n)-th CPU of the
 * callback mask, as pcrypt spreads its transforms. Deviations: a worker is preempted by softirqs, the kernel's runs with bottom
 * halves off; one worker per CPU and kind. One thread.
 */
final class PadataStage implements PadataWorkqueue {
    private final VirtualHost host;
    private final XfrmInput xfrm;
    private final CostModel costs;
    private final PadataDomain domain;
    private final PadataWorks works;
    private final int[] parallelCpus;
    private final int[] serialCpus;
    private final ArrayDeque<PadataWork> unbound = new ArrayDeque<>();
    private EspJob[] jobs = new EspJob[0];
    /** The submitter's own job of the last call, where it must work on it itself. */
    private PadataJob inline;

    private int submitter;
    private long nowNs;
    /** Jobs decrypted before an earlier one, by number, and the first number that is not decrypted. */
    private EspJob[] ahead = new EspJob[64];

    private long frontier;

    PadataStage(VirtualHost host, XfrmInput xfrm) {
        this.host = host;
        this.xfrm = xfrm;
        this.costs = host.costs;
        Machine machine = host.scenario.machine();
        XfrmConfig config = host.scenario.xfrm();
        KernelRules rules = machine.rules();
        CpuMask parallel = config.parallel().and(machine.online());
        if (rules.has(Rule.PADATA_SHELLS)) {
            works = new PadataWorks(machine.cpuCount());
            Padata618 instance = Padata618.alloc("pdecrypt", rules, machine.online(), works, this);
            instance.setCpumask(Padata618.PARALLEL, config.parallel());
            instance.gracePeriodEnded();
            instance.setCpumask(Padata618.SERIAL, config.serial());
            instance.gracePeriodEnded();
            domain = instance.allocShell();
            serialCpus = config.serial().and(machine.online()).cpus();
        } else {
            works = null;
            Padata2634 instance = Padata2634.alloc(rules, config.parallel(), machine.online(), this);
            instance.start();
            domain = instance;
            serialCpus = parallel.cpus();
        }
        parallelCpus = parallel.cpus();
    }

    private EspJob job(int packet) {
        if (packet >= jobs.length) {
            int known = jobs.length;
            jobs = Arrays.copyOf(jobs, Math.max(packet + 1, Math.max(1024, known * 2)));
            for (int i = known; i < jobs.length; i++) {
                jobs[i] = new EspJob(i, this);
            }
        }
        return jobs[packet];
    }

    /** What {@link #submit} answers. */
    enum Answer {
        TAKEN,
        INLINE,
        SYNCHRONOUS,
        LOST
    }

    /** Hands a packet over ({@code pcrypt_aead_decrypt}). */
    Answer submit(int packet, int association, int cpu, long atNs) {
        submitter = cpu;
        nowNs = atNs;
        inline = null;
        final int code = domain.doParallel(job(packet), serialCpus[(association + 1) % serialCpus.length]);
        if (domain.isAccepted(code)) {
            return inline == null ? Answer.TAKEN : Answer.INLINE;
        }
        boolean itself = code == PadataCode.OK || works != null && code == PadataCode.EBUSY;
        return itself ? Answer.SYNCHRONOUS : Answer.LOST;
    }

    /** The submitter has worked on the packet itself. */
    void inlineDone(int packet, int cpu, long atNs) {
        begin(cpu, atNs);
        jobs[packet].parallel(cpu);
    }

    /** What follows happens on a CPU now. */
    void begin(int cpu, long atNs) {
        submitter = cpu;
        nowNs = atNs;
    }

    @Override
    public void queue(PadataWork work) {
        if (work.cpu() != PadataWork.ANY_CPU) {
            VirtualCpu cpu = host.cpus[work.cpu()];
            Kworker worker = work.isSerial() ? cpu.threads.serialWorker : cpu.threads.parallelWorker;
            worker.queue(work);
            wake(worker);
            return;
        }
        unbound.add(work);
        Kworker idle = idleWorker();
        if (idle != null) {
            wake(idle);
        }
    }

    /** A sleeping worker on an idle CPU, else any sleeping one if none is awake, else null. */
    private Kworker idleWorker() {
        Kworker sleeping = null;
        boolean awake = false;
        for (int cpu : parallelCpus) {
            Kworker worker = host.cpus[cpu].threads.parallelWorker;
            if (worker.isAwake()) {
                awake = true;
            } else if (host.cpus[cpu].isIdle()) {
                return worker;
            } else if (sleeping == null) {
                sleeping = worker;
            }
        }
        return awake ? null : sleeping;
    }

    private void wake(Kworker worker) {
        if (worker.isAwake()) {
            return;
        }
        host.cpus[submitter].softirq.charge(costs.costNs(Stage.WAKEUP, submitter, worker.cpu, 0));
        VirtualCpu cpu = host.cpus[worker.cpu];
        cpu.threads.onKworkerRunnable(worker, nowNs);
        if (worker.cpu != submitter && cpu.isIdle()) {
            int latencyNs = host.scenario.machine().profile().ipiLatencyNs();
            host.calendar.schedule(nowNs + latencyNs, Event.of(Event.RESCHEDULE, worker.cpu, 0));
        }
    }

    /** The next work that any worker may take, or null. */
    PadataWork takeUnbound() {
        return unbound.poll();
    }

    @Override
    public void runInline(PadataJob job) {
        inline = job;
    }

    /** What a step of a worker costs on a packet. */
    long stepNs(EspJob job, boolean serial, int cpu) {
        final int from = host.pool.cpu[job.packet];
        final long handOverNs = costs.costNs(Stage.PADATA, cpu, from, 0);
        return serial ? handOverNs : handOverNs + xfrm.cipherNs(job.packet, cpu);
    }

    void onTaken(EspJob job, long atNs) {
        host.recorder.onStageDone(job.packet, LatencyStage.CRYPTO_WAIT, atNs);
    }

    void onDecrypted(EspJob job, int cpu) {
        host.recorder.onStageDone(job.packet, LatencyStage.CRYPTO, nowNs);
        host.pool.cpu[job.packet] = cpu;
        job.decryptedNs = nowNs;
        job.inOrderNs = nowNs;
        if (domain.isOrdered()) {
            advanceFrontier(job);
        }
        domain.doSerial(job, cpu);
    }

    /** A packet waits for order until the last of its predecessors is decrypted, whichever CPU serialises them. */
    private void advanceFrontier(EspJob job) {
        while (job.number() - frontier >= ahead.length) {
            EspJob[] larger = new EspJob[ahead.length * 2];
            for (EspJob waiting : ahead) {
                if (waiting != null) {
                    larger[(int) waiting.number() & larger.length - 1] = waiting;
                }
            }
            ahead = larger;
        }
        ahead[(int) job.number() & ahead.length - 1] = job;
        for (int at = (int) frontier & ahead.length - 1; ahead[at] != null; at = (int) frontier & ahead.length - 1) {
            ahead[at].inOrderNs = nowNs;
            ahead[at] = null;
            frontier++;
        }
    }

    void onSerial(EspJob job, int cpu) {
        xfrm.onSerialised(job.packet, cpu, job.inOrderNs - job.decryptedNs, job.inOrderNs, nowNs);
    }

    /** Checks that nothing is left. */
    void checkDrained() {
        if (domain.inFlight() > 0 || !unbound.isEmpty() || domain.isOrdered() && domain.inversions() > 0) {
            throw new IllegalStateException("padata: " + domain.inFlight() + " jobs are left, " + domain.inversions()
                    + " were serialised out of order");
        }
    }

    EspResult.Padata result() {
        return new EspResult.Padata(domain.accepted(), works == null ? 0 : works.inline(), domain.refused());
    }
}
