package io.rxsim.core.live;

import io.rxsim.core.cpu.CpuMask;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** Settings that softirq threads read plain, changed while the machine stands still. */
@JCStressTest
@Description("A softirq thread sees all of a change or nothing of it between two stops.")
@Outcome(id = "true, 1", expect = Expect.ACCEPTABLE, desc = "before")
@Outcome(id = "false, 0", expect = Expect.ACCEPTABLE, desc = "after")
@Outcome(expect = Expect.FORBIDDEN, desc = "half of the change")
@State
public class StopMachineStress {
    private static final long PATIENCE_NS = 10_000_000_000L;

    private final StopMachine machine = new StopMachine();
    private final Backlog<String> backlog = new Backlog<>(1, 1, 1, 0);
    private final LiveSoftnet<String> softnet = new LiveSoftnet<>(List.of(backlog), CpuMask.all(1));

    /** One softirq thread. */
    public StopMachineStress() {
        machine.join();
    }

    /** Between two actions it stops if it is asked to; then it reads, and ends. */
    @Actor
    public void softirq(ZI_Result seen) {
        if (machine.seemsRequested()) {
            machine.arrive();
        }
        seen.r1 = softnet.isOnline(0);
        seen.r2 = backlog.limit();
        machine.leave();
    }

    /** Part of a change is made for a while. */
    private static void linger() {
        for (int i = 0; i < 50; i++) {
            Thread.onSpinWait();
        }
    }

    /** Who changes settings. */
    @Actor
    public void change() {
        machine.run(
                () -> {
                    softnet.online(0, false);
                    linger();
                    backlog.limit(0);
                },
                () -> {},
                PATIENCE_NS);
    }
}
