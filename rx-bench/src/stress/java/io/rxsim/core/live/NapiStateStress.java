package io.rxsim.core.live;

import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A packet is appended while the CPU finds its backlog empty and clears SCHED. */
@JCStressTest
@Description("The appender raises the interrupt, or the CPU sees the packet.")
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "interrupted")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "seen at the second look")
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "both: the interrupt finds SCHED taken or nothing to do")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "the packet lies there and nobody knows")
@State
public class NapiStateStress {
    private final NapiState napi = new NapiState();
    /** A packet, published and looked for as a ring's slot is. */
    private final PaddedLong packet = new PaddedLong(0);

    /** The CPU polls. */
    public NapiStateStress() {
        napi.list();
    }

    /** The appender, as SoftirqSend ends an action. */
    @Actor
    public void append(ZZ_Result seen) {
        packet.release(1);
        VarHandle.fullFence();
        seen.r1 = napi.raise();
    }

    /** The CPU, at the end of process_backlog. */
    @Actor
    public void complete(ZZ_Result seen) {
        napi.complete();
        seen.r2 = packet.acquire() == 1;
    }
}
