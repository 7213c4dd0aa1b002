package io.rxsim.workload.closedloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rxsim.core.cost.Stage;
import io.rxsim.core.run.CpuResult;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.run.RxObserver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * One connection between two hosts that are alike, one request at a time, everything on CPU 0 of either.
 *
 * <pre>
 *     0  the first request is on the network, 10000
 * 10000  at the NIC; interrupt one microsecond later: leaving idle 1000 + handler 100
 * 12100  softirq 10 + poll 20 + driver 200, protocol 500
 * 12830  at its socket; wake-up 80, switch 90, recv 150
 * 13150  received; work 400 (the client's: 700)
 * 13550  send 600
 * 14150  leaves, 10000 on the network to the other host, where the same takes 4150 and the client's work 300 more
 * 24150  at the client's NIC
 * 27300  received: end of the transaction; work 700
 * 28000  send call of the next request, 600
 * 38600  at the NIC
 * </pre>
 */
class MirroredLoopTest {
    private static final long PERIOD_NS = 28_600;
    /** From the send call to the end of recv: the period but for the client's work. */
    private static final long TRANSACTION_NS = PERIOD_NS - 700;

    private final List<Long> arrivedNs = new ArrayList<>();

    private LoopRig rig() {
        LoopRig rig = new LoopRig()
                .cost(Stage.HARDIRQ, 100)
                .cost(Stage.SOFTIRQ, 10)
                .cost(Stage.POLL, 20)
                .cost(Stage.DRIVER, 200)
                .cost(Stage.PROTOCOL, 500)
                .cost(Stage.WAKEUP, 80)
                .cost(Stage.SWITCH, 90)
                .cost(Stage.RECV, 150)
                .cost(Stage.SEND, 600)
                .cost(Stage.IDLE_EXIT, 1000)
                .set("instances", "1")
                .set("client", "mirror")
                .set("client_service", "700ns")
                .set("network_delay", "10us");
        rig.rxUsecs = 1;
        rig.service = "400ns";
        rig.observer = new RxObserver() {
            @Override
            public void onArrived(long nowNs, int flow, int sequence, int rxQueue) {
                arrivedNs.add(nowNs);
            }
        };
        return rig.measure(0, 100 * PERIOD_NS);
    }

    @Test
    void shouldGoRoundBetweenTwoHostsAtTheTimesComputedByHand() {
        RunResult result = rig().run();
        List<Long> expected = new ArrayList<>();
        for (int round = 0; round < 100; round++) {
            expected.add(10_000 + round * PERIOD_NS);
        }
        assertThat(arrivedNs).isEqualTo(expected);
        assertThat(result.client().transactions()).isEqualTo(100);
        assertThat(result.client().perSecond()).isCloseTo(1e9 / PERIOD_NS, within(1e-6));
        // The first request has no send call on a thread: its transaction is timed from when it was on the wire.
        assertThat(result.latency().total().getMinValue()).isCloseTo(TRANSACTION_NS - 600, within(30L));
        assertThat(result.latency().total().getMaxValue()).isCloseTo(TRANSACTION_NS, within(30L));
    }

    @Test
    void shouldSayHowBusyTheClientHostIs() {
        // Per round: interrupts of receive and transmit 1000 + 100 each, softirqs 730 + 30, wake-up to send 1620.
        double busyNs = 2 * 1100 + 730 + 30 + 80 + 90 + 150 + 700 + 600;
        assertThat(rig().run().client().busy()).isCloseTo(busyNs / (PERIOD_NS * 2), within(0.005));
    }

    @Test
    void shouldKeepABurstOutstandingAndAnswerInOrder() {
        RunResult result = rig().set("burst", "8").run();
        assertThat(result.client().transactions()).isGreaterThan(500);
        assertThat(result.latency().total().getMinValue()).isGreaterThan(0);
        assertThat(result.order().violations()).isZero();
    }

    @Test
    void shouldLoseAndKeepNothingWithManyConnections() {
        RunResult result =
                rig().set("instances", "200").measure(1_000_000, 20_000_000).run();
        assertThat(result.traffic().droppedTotal()).isZero();
        assertThat(result.traffic().queued()).isZero();
        assertThat(result.traffic().packets()).isEqualTo(result.traffic().delivered());
        CpuResult.Usage usage = result.cpus().get(0).usage();
        assertThat(usage.idleNs()).isNotNegative();
        assertThat(result.client().busy()).isBetween(0.3, 1.0);
    }

    @Test
    void shouldRepeatUnderOneSeedAndDifferUnderAnother() {
        LoopRig many = rig().set("instances", "50").set("client_service", "exponential:5us");
        long digest = many.run().digest();
        assertThat(many.run().digest()).isEqualTo(digest);
        many.seed = 2;
        assertThat(many.run().digest()).isNotEqualTo(digest);
    }
}
