package io.rxsim.core.softnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.kernel.KernelRules;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The behaviours of the receive action one by one; HZ is 250, so a tick is 4 ms. */
class NetRxActionTest {
    private static final int WEIGHT = 64;
    private static final long TICK_NS = 4_000_000;

    private long nowNs;

    private static NetRxAction modern(int budget, int usecs) {
        return NetRxAction.of(KernelRules.V6_18, budget, usecs, 250);
    }

    private static NetRxAction old(int budget) {
        return NetRxAction.of(KernelRules.V2_6_35, budget, 0, 250);
    }

    /** Polls with the given results; an instance completes when its work is below the weight. Returns who was polled. */
    private List<Integer> invoke(NetRxAction action, int... works) {
        List<Integer> polled = new ArrayList<>();
        action.begin(nowNs);
        for (int work : works) {
            int napi = action.next(nowNs);
            polled.add(napi);
            if (napi == NetRxAction.DONE) {
                return polled;
            }
            if (work < WEIGHT) {
                action.completed(napi);
            }
            action.polled(napi, work, WEIGHT, work == WEIGHT, nowNs);
        }
        polled.add(action.next(nowNs));
        return polled;
    }

    @Test
    void shouldOverrunTheBudgetByLessThanAWeight() {
        NetRxAction action = modern(65, 8000);
        action.schedule(0);
        action.schedule(1);
        action.schedule(2);
        assertThat(invoke(action, WEIGHT, 63)).containsExactly(0, 1, NetRxAction.DONE);
        assertThat(action.timeSqueeze()).isEqualTo(1);
        assertThat(action.end()).isTrue();
    }

    @Test
    void shouldKeepAnInstanceThatDidExactlyItsWeightAndSpendAZeroPollOnIt() {
        NetRxAction action = modern(300, 8000);
        action.schedule(0);
        assertThat(invoke(action, WEIGHT)).containsExactly(0, NetRxAction.DONE);
        assertThat(action.timeSqueeze()).isZero();
        assertThat(action.end()).isTrue();
        assertThat(invoke(action, 0)).containsExactly(0, NetRxAction.DONE);
        assertThat(action.end()).isFalse();
    }

    @Test
    void shouldCountASqueezeAlthoughNothingIsLeft() {
        NetRxAction action = modern(40, 8000);
        action.schedule(0);
        assertThat(invoke(action, 40)).containsExactly(0, NetRxAction.DONE);
        assertThat(action.timeSqueeze()).isEqualTo(1);
        assertThat(action.end()).isFalse();
    }

    @Test
    void shouldNotCountASqueezeBelowTheBudget() {
        NetRxAction action = modern(41, 8000);
        action.schedule(0);
        invoke(action, 40);
        assertThat(action.timeSqueeze()).isZero();
    }

    @Test
    void shouldStopAfterOnePollWhenTheBudgetIsZeroOrLess() {
        for (int budget : new int[] {0, -5}) {
            NetRxAction action = modern(budget, 8000);
            action.schedule(0);
            action.schedule(1);
            assertThat(invoke(action, 0)).containsExactly(0, NetRxAction.DONE);
            assertThat(action.timeSqueeze()).isEqualTo(1);
            assertThat(action.end()).isTrue();
            assertThat(invoke(action, 0)).containsExactly(1, NetRxAction.DONE);
            assertThat(action.timeSqueeze()).isEqualTo(2);
            assertThat(action.end()).isFalse();
        }
    }

    @Test
    void shouldRoundTheTimeLimitUpToTicks() {
        assertThat(NetRxAction.usecsToJiffies(0, 250)).isZero();
        assertThat(NetRxAction.usecsToJiffies(1, 250)).isEqualTo(1);
        assertThat(NetRxAction.usecsToJiffies(4000, 250)).isEqualTo(1);
        assertThat(NetRxAction.usecsToJiffies(4001, 250)).isEqualTo(2);
        assertThat(NetRxAction.usecsToJiffies(2000, 1000)).isEqualTo(2);
        assertThat(NetRxAction.usecsToJiffies(20_000, 100)).isEqualTo(2);
        assertThat(NetRxAction.usecsToJiffies(Integer.MAX_VALUE, 1000)).isEqualTo(2_147_484);
    }

    @Test
    void shouldEndAtTheTickThatReachesTheLimit() {
        NetRxAction action = modern(300, 4001);
        action.schedule(0);
        action.schedule(1);
        action.schedule(2);
        nowNs = TICK_NS - 1;
        action.begin(nowNs);
        action.polled(action.next(nowNs), 1, WEIGHT, false, 2 * TICK_NS - 1);
        assertThat(action.timeSqueeze()).isZero();
        action.polled(action.next(nowNs), 1, WEIGHT, false, 2 * TICK_NS);
        assertThat(action.timeSqueeze()).isEqualTo(1);
        assertThat(action.next(2 * TICK_NS)).isEqualTo(NetRxAction.DONE);
        assertThat(action.end()).isTrue();
    }

    @Test
    void shouldTakeWhatIsScheduledMeanwhileWithoutANewBudget() {
        NetRxAction action = modern(100, 8000);
        action.schedule(0);
        action.begin(0);
        assertThat(action.next(0)).isZero();
        assertThat(action.schedule(1)).isFalse();
        action.polled(0, 60, WEIGHT, false, 0);
        assertThat(action.next(0)).isEqualTo(1);
        action.polled(1, 40, WEIGHT, false, 0);
        assertThat(action.timeSqueeze()).isEqualTo(1);
        assertThat(action.next(0)).isEqualTo(NetRxAction.DONE);
    }

    @Test
    void shouldNotTakeWhatIsScheduledMeanwhileWhenAnInstanceWaitsForItsRepoll() {
        NetRxAction action = modern(300, 8000);
        action.schedule(0);
        action.begin(0);
        assertThat(action.next(0)).isZero();
        action.schedule(1);
        action.polled(0, WEIGHT, WEIGHT, true, 0);
        assertThat(action.next(0)).isEqualTo(NetRxAction.DONE);
        assertThat(action.end()).isTrue();
        assertThat(invoke(action, 0, 0)).containsExactly(1, 0, NetRxAction.DONE);
    }

    @Test
    void shouldPutLeftoversBeforeNewcomersBeforeRepolls() {
        NetRxAction action = modern(WEIGHT, 8000);
        action.schedule(0);
        action.schedule(1);
        action.schedule(2);
        action.begin(0);
        assertThat(action.next(0)).isZero();
        action.schedule(3);
        action.polled(0, WEIGHT, WEIGHT, true, 0);
        assertThat(action.next(0)).isEqualTo(NetRxAction.DONE);
        assertThat(action.end()).isTrue();
        assertThat(invoke(action, 0, 0, 0, 0)).containsExactly(1, 2, 3, 0, NetRxAction.DONE);
    }

    @Test
    void shouldRaiseOnlyOutsideTheActionInModernKernelsAndAlwaysBefore() {
        NetRxAction modern = modern(300, 8000);
        assertThat(modern.schedule(0)).isTrue();
        modern.begin(0);
        assertThat(modern.mustRaise()).isFalse();
        modern.polled(modern.next(0), 1, WEIGHT, false, 0);
        assertThat(modern.next(0)).isEqualTo(NetRxAction.DONE);
        assertThat(modern.end()).isFalse();
        assertThat(modern.mustRaise()).isTrue();

        NetRxAction old = old(300);
        assertThat(old.schedule(0)).isTrue();
        old.begin(0);
        assertThat(old.schedule(1)).isTrue();
        assertThat(old.mustRaise()).isTrue();
    }

    @Test
    void shouldTestTheBudgetBeforeThePollIn2635() {
        NetRxAction action = old(40);
        action.schedule(0);
        assertThat(invoke(action, 40)).containsExactly(0, NetRxAction.DONE);
        assertThat(action.timeSqueeze()).isZero();
        assertThat(action.end()).isFalse();

        action.schedule(0);
        action.schedule(1);
        assertThat(invoke(action, 40)).containsExactly(0, NetRxAction.DONE);
        assertThat(action.timeSqueeze()).isEqualTo(1);
        assertThat(action.end()).isTrue();
        assertThat(invoke(action, 1)).containsExactly(1, NetRxAction.DONE);
        assertThat(action.end()).isFalse();
    }

    @Test
    void shouldEndStrictlyAfterTwoTicksIn2635() {
        NetRxAction action = old(300);
        action.schedule(0);
        action.schedule(1);
        action.begin(0);
        action.next(0);
        action.completed(0);
        action.polled(0, 1, WEIGHT, false, 3 * TICK_NS - 1);
        assertThat(action.next(3 * TICK_NS - 1)).isEqualTo(1);
        assertThat(action.next(3 * TICK_NS)).isEqualTo(NetRxAction.DONE);
        assertThat(action.timeSqueeze()).isEqualTo(1);
    }

    @Test
    void shouldPollAFullInstanceAgainInTheSameInvocationIn2635() {
        NetRxAction action = old(300);
        action.schedule(0);
        action.schedule(1);
        assertThat(invoke(action, WEIGHT, WEIGHT, 5, 0)).containsExactly(0, 1, 0, 1, NetRxAction.DONE);
        assertThat(action.end()).isFalse();
    }
}
