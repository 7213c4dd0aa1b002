package io.rxsim.core.live;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.steering.RpsSockFlowTable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The global flow table, written by receivers while softirq threads steer by it. */
@JCStressTest
@Description("An entry is one word: a flow's upper bits never come with another flow's CPU.")
@Outcome(id = "-1, 2", expect = Expect.ACCEPTABLE, desc = "the flow that had the entry")
@Outcome(id = "1, -1", expect = Expect.ACCEPTABLE, desc = "the flow that takes it over")
@Outcome(expect = Expect.FORBIDDEN, desc = "bits of one flow, CPU of another")
@State
public class SockFlowTableStress {
    private static final int FLOW = 0x5eed_0010;
    private static final int COLLIDING = 0x0bad_0010;

    private final RpsSockFlowTable table = new RpsSockFlowTable(16, 8, KernelRules.V6_18);

    /** An entry that a flow has. */
    public SockFlowTableStress() {
        table.record(COLLIDING, 2);
    }

    /** A receiver of another flow of the same entry. */
    @Actor
    public void record() {
        table.record(FLOW, 1);
    }

    /** A softirq thread; both flows' packets are asked about by the same word. */
    @Actor
    public void steer(II_Result seen) {
        int word = table.entry(table.index(FLOW));
        seen.r1 = table.desiredCpu(FLOW, word);
        seen.r2 = table.desiredCpu(COLLIDING, word);
    }
}
