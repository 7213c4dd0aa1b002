package io.rxsim.core.live;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.steering.RpsDevFlowTable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A queue's flow table, whose fields are plain, when the queue's interrupt has moved to another CPU. */
@JCStressTest
@Description("Who takes SCHED finds the flow table as the last poller left it.")
@Outcome(id = "-1, -1", expect = Expect.ACCEPTABLE, desc = "the old CPU still polls")
@Outcome(id = "3, 77", expect = Expect.ACCEPTABLE, desc = "the new CPU polls")
@Outcome(expect = Expect.FORBIDDEN, desc = "the new CPU polls and sees an old slot, or half of one")
@State
public class DevFlowTableStress {
    private static final int SLOT = 0;

    private final RpsDevFlowTable flows = new RpsDevFlowTable(1, KernelRules.V6_18);
    private final NapiState napi = new NapiState();

    /** The old CPU polls. */
    public DevFlowTableStress() {
        napi.list();
    }

    /** The old CPU: moves a flow, and is done with its poll. */
    @Actor
    public void lastPoll() {
        flows.setCpu(SLOT, 3);
        flows.setLastQtail(SLOT, 77);
        napi.complete();
    }

    /** The producer interrupts the new CPU, which polls. */
    @Actor
    public void firstPoll(II_Result seen) {
        boolean polls = napi.raise() && napi.take();
        seen.r1 = polls ? flows.cpu(SLOT) : -1;
        seen.r2 = polls ? flows.lastQtail(SLOT) : -1;
    }
}
