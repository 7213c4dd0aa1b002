package io.rxsim.core.padata.virtual;

import io.rxsim.core.padata.PadataDomain;
import io.rxsim.core.padata.PadataJob;

/**
 * A submitter that keeps a number of jobs of one size outstanding, as tcrypt does: 1 (mode 211) or many (215). It sleeps while none of
 * them has come back, and is woken by the serial part.
 *
 * <p>Deviation: the submitter's CPU time does not delay the serial worker of the same CPU. One thread.
 */
public final class RequestLoop {
    private static final long NS_PER_S = 1_000_000_000L;

    private final VirtualPadata machine;
    private final PadataDomain domain;
    private final PadataCosts costs;
    private final int callbackCpu;
    private final Request[] requests;
    /** Requests that have come back, a ring. */
    private final Request[] back;

    private final int submit;
    private int first;
    private int count;
    private boolean awake;
    private long done;

    /** A request, used again. */
    private final class Request extends PadataJob {
        @Override
        public void parallel(int cpu) {
            domain.doSerial(this, cpu);
        }

        @Override
        public void serial(int cpu) {
            done++;
            give(this);
            if (!awake) {
                awake = true;
                machine.after(costs.wakeNs() + costs.submitNs(), submit);
            }
        }
    }

    /** A loop that has not started. */
    public RequestLoop(
            VirtualPadata machine, PadataDomain domain, PadataCosts costs, int outstanding, int callbackCpu) {
        this.machine = machine;
        this.domain = domain;
        this.costs = costs;
        this.callbackCpu = callbackCpu;
        requests = new Request[outstanding];
        back = new Request[outstanding];
        for (int i = 0; i < outstanding; i++) {
            requests[i] = new Request();
            give(requests[i]);
        }
        submit = machine.callable(this::submitNext);
    }

    private void give(Request request) {
        back[(first + count++) % back.length] = request;
    }

    private void submitNext() {
        Request request = back[first];
        first = (first + 1) % back.length;
        count--;
        if (!domain.isAccepted(domain.doParallel(request, callbackCpu))) {
            throw new IllegalStateException("refused");
        }
        awake = count > 0;
        if (awake) {
            machine.after(costs.submitNs(), submit);
        }
    }

    /** Runs for some time and says how many requests per second came back. */
    public long perSecond(long forNs) {
        awake = true;
        machine.after(costs.submitNs(), submit);
        machine.runUntil(forNs);
        return done * NS_PER_S / forNs;
    }
}
