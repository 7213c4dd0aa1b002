package io.rxsim.core.live;

import io.rxsim.core.run.Machine;
import io.rxsim.steering.RfsPolicy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** A socket's first receive call, while a packet of its flow is steered. */
@JCStressTest
@Description(
        "Who sees that a socket was received from finds its flow's entry: what is handover before, is a violation after.")
@Outcome(id = "false, -1", expect = Expect.ACCEPTABLE, desc = "before the call")
@Outcome(id = "false, 1", expect = Expect.ACCEPTABLE, desc = "during the call")
@Outcome(id = "true, 1", expect = Expect.ACCEPTABLE, desc = "after the call")
@Outcome(expect = Expect.FORBIDDEN, desc = "received from, and no entry")
@State
public class RecordedStress {
    private static final int FLOW = 0x5eed_0010;

    private static final Machine MACHINE = LiveMachine.cpus(4).rps("f").rfs(16).build();

    private final RfsPolicy policy = new RfsPolicy(MACHINE);
    private final LiveSocket<String> socket = new LiveSocket<>(null, 1);

    /** A socket that got a packet of its flow. */
    public RecordedStress() {
        socket.learn(FLOW);
    }

    /** The receiver. */
    @Actor
    public void receive() {
        socket.onReceive(policy, 1);
    }

    /** The softirq thread. */
    @Actor
    public void steer(ZI_Result seen) {
        seen.r1 = socket.isRecorded();
        seen.r2 = policy.sockFlowTable().desiredCpu(FLOW);
    }
}
