package io.rxsim.core.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.cost.Stage;
import io.rxsim.core.cpu.Distance;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.run.ThreadPlacement;
import org.junit.jupiter.api.Test;

/** Where a thread runs that a packet woke, and what waking and switching to it cost. */
class WakeUpTest {
    private static final int LINE_NS = 100;

    /** Free threads, which start on CPU 1. */
    private static ThreadPlacement free() {
        ThreadPlacement pinned = Placements.pinned(1);
        return new ThreadPlacement() {
            @Override
            public boolean free() {
                return true;
            }

            @Override
            public int initialCpu(int thread) {
                return pinned.initialCpu(thread);
            }

            @Override
            public long nextMoveNs() {
                return pinned.nextMoveNs();
            }

            @Override
            public long move(int flows) {
                return pinned.move(flows);
            }
        };
    }

    private static Rig rig(KernelRules rules) {
        Rig rig = new Rig().arrivals(Arrivals.list().at(1_000, 0));
        rig.rules = rules;
        rig.lineNs.replaceAll((distance, ns) -> distance == Distance.SAME ? 0 : LINE_NS);
        return rig;
    }

    private static long consumed(RunResult result, int cpu) {
        return result.cpus().get(cpu).consumed();
    }

    @Test
    void shouldStayOnItsIdlePreviousCpu() {
        Rig rig = rig(KernelRules.V6_18);
        rig.placement = machine -> free();

        assertThat(consumed(rig.run(), 1)).isEqualTo(1);
    }

    @Test
    void shouldJoinItsWakersCpuIn2635() {
        Rig rig = rig(KernelRules.V2_6_35);
        rig.placement = machine -> free();
        assertThat(consumed(rig.run(), 0)).isEqualTo(1);

        rig.rules = KernelRules.V2_6_35.without(Rule.WAKE_TO_WAKER);
        assertThat(consumed(rig.run(), 1)).isEqualTo(1);
    }

    @Test
    void shouldMoveTheLinesOfAThreadThatIsWokenFromAnotherCpu() {
        Rig rig = rig(KernelRules.V6_18).cost(Stage.WAKEUP, 10, 0, 3);
        rig.placement = machine -> Placements.pinned(1);
        assertThat(rig.run().cpus().get(0).usage().softirqNs()).isEqualTo(10 + 3 * LINE_NS);

        rig.placement = machine -> Placements.pinned(0);
        assertThat(rig.run().cpus().get(0).usage().softirqNs()).isEqualTo(10);
    }

    @Test
    void shouldMoveTheLinesOfAThreadThatRanOnAnotherCpu() {
        Rig rig = rig(KernelRules.V2_6_35).cost(Stage.SWITCH, 10, 0, 3);
        rig.arrivals(Arrivals.list().at(1_000, 0).at(50_000, 0));
        rig.placement = machine -> Placements.moving(20_000, 1);

        RunResult result = rig.run();

        assertThat(result.cpus().get(0).usage().applicationNs()).isEqualTo(10);
        assertThat(result.cpus().get(1).usage().applicationNs()).isEqualTo(10 + 3 * LINE_NS);
    }
}
