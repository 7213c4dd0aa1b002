package io.rxsim.core.live;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two CPUs append to a third one's backlog. */
@JCStressTest
@Description("Of those who find SCHED clear one interrupts.")
@Outcome(
        id = {"true, false", "false, true"},
        expect = Expect.ACCEPTABLE,
        desc = "one interrupt")
@Outcome(expect = Expect.FORBIDDEN, desc = "none, or two")
@State
public class RaisedOnceStress {
    private final NapiState napi = new NapiState();

    /** One CPU. */
    @Actor
    public void one(ZZ_Result seen) {
        seen.r1 = napi.raise();
    }

    /** The other. */
    @Actor
    public void other(ZZ_Result seen) {
        seen.r2 = napi.raise();
    }
}
