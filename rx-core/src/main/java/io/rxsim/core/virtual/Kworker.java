package io.rxsim.core.virtual;

import io.rxsim.core.padata.PadataWork;
import java.util.ArrayDeque;

/** A kworker of one CPU: takes works, and does their jobs one step each. One thread. */
final class Kworker {
    /** {@link #nextStepNs}: nothing to do. */
    static final long NOTHING = -1;

    final int cpu;
    /** Its number in run queues, below that of ksoftirqd. */
    final int thread;

    private final VirtualHost host;
    private final boolean serial;
    private final ArrayDeque<PadataWork> bound = new ArrayDeque<>();
    private PadataWork work;
    private EspJob job;
    private boolean awake;

    Kworker(int cpu, int thread, boolean serial, VirtualHost host) {
        this.cpu = cpu;
        this.thread = thread;
        this.serial = serial;
        this.host = host;
    }

    void queue(PadataWork newWork) {
        bound.add(newWork);
    }

    boolean isAwake() {
        return awake;
    }

    void awake(boolean isAwake) {
        awake = isAwake;
    }

    /** The packet of the step in progress. */
    int packet() {
        return job.packet;
    }

    /** Begins the next job; its cost, or {@link #NOTHING}. */
    long nextStepNs(long nowNs) {
        while (job == null) {
            work = bound.poll();
            if (work == null && !serial) {
                work = host.xfrm.padata().takeUnbound();
            }
            if (work == null) {
                return NOTHING;
            }
            work.begin();
            job = (EspJob) work.next();
        }
        if (!serial) {
            host.xfrm.padata().onTaken(job, nowNs);
        }
        return host.xfrm.padata().stepNs(job, serial, cpu);
    }

    /** The job is done; whether bottom halves are due, since a serial work has ended. */
    boolean onStepDone(long nowNs) {
        host.xfrm.padata().begin(cpu, nowNs);
        if (serial) {
            job.serial(cpu);
        } else {
            job.parallel(cpu);
        }
        job = (EspJob) work.next();
        return serial && job == null;
    }
}
