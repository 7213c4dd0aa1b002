package io.rxsim.core.live;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** A flow moves while its old CPU works on its last packet there. */
@JCStressTest
@Description("Who finds the old CPU's backlog drained appends behind all that it appended.")
@Outcome(id = "false, 0", expect = Expect.ACCEPTABLE, desc = "not drained: the packet follows the others")
@Outcome(id = "true, 0", expect = Expect.ACCEPTABLE, desc = "drained: the packet goes to the new CPU, behind")
@Outcome(expect = Expect.FORBIDDEN, desc = "the packet has overtaken")
@State
public class DrainedStress {
    private final Backlog<String> backlog = new Backlog<>(1, 1, 1, 0);
    private final LiveSocket<String> socket = new LiveSocket<>(null, 2);
    private final LivePacket<String> moved = new LivePacket<>();
    private final int lastQtail;

    /** One packet of the flow lies in the old CPU's backlog; the next one is about to be steered. */
    public DrainedStress() {
        long sequence = backlog.claim();
        backlog.slot(sequence).sequence = 0;
        backlog.publish(sequence);
        lastQtail = backlog.qtail(sequence);
        moved.sequence = 1;
    }

    /** The old CPU's poll. */
    @Actor
    public void poll() {
        backlog.splice();
        socket.enqueue(backlog.next());
        backlog.releaseProcessed();
    }

    /** The drained test, and the new CPU's poll at once. */
    @Actor
    public void steer(ZI_Result seen) {
        seen.r1 = backlog.inputQueueHead() - lastQtail >= 0;
        if (seen.r1) {
            socket.enqueue(moved);
        }
    }

    /** What the receiver gets first. */
    @Arbiter
    public void receive(ZI_Result seen) {
        seen.r2 = socket.take().sequence;
    }
}
