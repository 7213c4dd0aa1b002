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
 * One connection, one request at a time, everything on CPU 0.
 *
 * <pre>
 *     0  client works 5000
 *  5000  request sent, 10000 on the network
 * 15000  at the NIC; interrupt one microsecond later: leaving idle 1000 + handler 100
 * 17100  softirq 10 + poll 20 + driver 200
 * 17330  protocol 500
 * 17830  at its socket; wake-up 80
 * 17910  switch 90
 * 18000  recv 150
 * 18150  received; work 400
 * 18550  send 600
 * 19150  answer leaves, 10000 on the network; CPU idle; interrupt of the transmission one microsecond later
 * 20150  leaving idle 1000 + handler 100, softirq 10 + poll 20 + cleaning 30
 * 21310  CPU idle
 * 29150  client works 5000
 * 34150  end of the transaction, which took 29150; next request
 * </pre>
 */
class HandComputedLoopTest {
    private static final long PERIOD_NS = 29_150;

    private final List<Long> arrivedNs = new ArrayList<>();
    private final List<Long> processedNs = new ArrayList<>();
    private final List<Long> consumedNs = new ArrayList<>();

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
                .cost(Stage.TX_COMPLETE, 30)
                .cost(Stage.IDLE_EXIT, 1000)
                .set("instances", "1")
                .set("client_cpus", "1")
                .set("client_cost", "5us")
                .set("network_delay", "10us");
        rig.rxUsecs = 1;
        rig.service = "400ns";
        rig.observer = new RxObserver() {
            @Override
            public void onArrived(long nowNs, int flow, int sequence, int rxQueue) {
                arrivedNs.add(nowNs);
            }

            @Override
            public void onProcessed(long nowNs, int flow, int sequence, int cpu) {
                processedNs.add(nowNs);
            }

            @Override
            public void onConsumed(long nowNs, int flow, int sequence, int cpu) {
                consumedNs.add(nowNs);
            }
        };
        return rig.measure(0, 100 * PERIOD_NS);
    }

    private static List<Long> every(long firstNs, int times) {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            all.add(firstNs + i * PERIOD_NS);
        }
        return all;
    }

    @Test
    void shouldGoRoundAtTheTimesComputedByHand() {
        RunResult result = rig().run();
        assertThat(arrivedNs).isEqualTo(every(15_000, 100));
        assertThat(processedNs).isEqualTo(every(17_830, 100));
        assertThat(consumedNs).isEqualTo(every(18_150, 100));
        assertThat(result.client().transactions()).isEqualTo(100);
        assertThat(result.client().perSecond()).isCloseTo(1e9 / PERIOD_NS, within(1e-6));
        assertThat(result.client().busy()).isCloseTo(101 * 5000.0 / (100 * PERIOD_NS), within(1e-9));
        assertThat(result.latency().total().getMinValue()).isCloseTo(PERIOD_NS, within(PERIOD_NS / 1000));
        assertThat(result.latency().total().getMaxValue()).isCloseTo(PERIOD_NS, within(PERIOD_NS / 1000));
        // Measuring begins with the first arrival.
        assertThat(result.cpus().get(0).usage())
                .isEqualTo(new CpuResult.Usage(220_000, 87_000, 124_000, 2_900_000 - 431_000));
    }

    @Test
    void shouldCountTheAnswersOfTheMeasuredTimeOnly() {
        // Answers leave at 19150 + 29150 k: k = 34 to 67 within the second millisecond.
        assertThat(rig().measure(1_000_000, 1_000_000).run().client().transactions())
                .isEqualTo(34);
    }

    @Test
    void shouldWaitAThinkTimeThatIsNoPartOfTheTransaction() {
        RunResult result = rig().set("think", "3us").run();
        assertThat(arrivedNs.get(1) - arrivedNs.get(0)).isEqualTo(PERIOD_NS + 3000);
        assertThat(result.latency().total().getMaxValue()).isCloseTo(PERIOD_NS, within(PERIOD_NS / 1000));
    }

    @Test
    void shouldNotCountAThinkTimeBeyondTheEndAsIdle() {
        CpuResult.Usage usage = rig().set("think", "50s").run().cpus().get(0).usage();
        assertThat(usage.hardirqNs() + usage.softirqNs() + usage.applicationNs() + usage.idleNs())
                .isEqualTo(2_900_000);
    }
}
