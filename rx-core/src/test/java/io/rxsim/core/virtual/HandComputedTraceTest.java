package io.rxsim.core.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.cost.Stage;
import io.rxsim.core.run.CpuResult;
import io.rxsim.core.run.NicConfig;
import io.rxsim.core.run.RunResult;
import org.junit.jupiter.api.Test;

/** Every time below was computed by hand from docs/model.md. */
class HandComputedTraceTest {
    private final Trace trace = new Trace();

    private Rig rig() {
        Rig rig = new Rig()
                .cost(Stage.HARDIRQ, 100)
                .cost(Stage.SOFTIRQ, 10)
                .cost(Stage.POLL, 20)
                .cost(Stage.DRIVER, 200)
                .cost(Stage.STEER, 30)
                .cost(Stage.ENQUEUE, 40)
                .cost(Stage.IPI_SEND, 50)
                .cost(Stage.IPI_RECEIVE, 60)
                .cost(Stage.BACKLOG, 70)
                .cost(Stage.PROTOCOL, 500)
                .cost(Stage.WAKEUP, 80)
                .cost(Stage.SWITCH, 90)
                .cost(Stage.RECV, 150)
                .cost(Stage.IDLE_EXIT, 1000);
        rig.ipiLatencyNs = 300;
        rig.rxUsecs = 1;
        rig.serviceNs = 400;
        rig.policy = () -> Policies.to(1);
        rig.observer = trace;
        return rig;
    }

    /**
     * CPU 0 takes three packets in and sends them to CPU 1; the application reads them on CPU 0.
     *
     * <pre>
     * 1000  CPU 0: interrupt, one microsecond after the first packet: leaving idle 1000 + handler 100
     * 2100  softirq 10 + poll 20 + driver 200 + steering 30
     * 2360  packet 0 steered and queued; next: driver and steering 230 + enqueue 40 owed
     * 2630  packet 1 likewise, 270
     * 2900  packet 2 likewise; ring empty; the IPI leaves, to arrive 300 later; owed: enqueue 40 + sending 50
     * 2990  CPU 0 idle
     * 3200  CPU 1: IPI: leaving idle 1000 + handler 60
     * 4260  softirq 10 + poll 20 + backlog 70 + protocol 500
     * 4860  packet 0 at its socket; thread woken on CPU 0, which hears of it 300 later; next: 570 + wake-up 80 owed
     * 5160  CPU 0: leaving idle 1000
     * 5510  packet 1 at its socket; next: 570
     * 6080  packet 2 at its socket; CPU 1 idle
     * 6160  CPU 0: switch 90, then recv 150 and work 400 three times
     * 6400, 6950, 7500  consumed
     * 7900  the end
     * </pre>
     */
    @Test
    void shouldHappenAtTheTimesComputedByHand() {
        RunResult result =
                rig().arrivals(Arrivals.list().at(0, 0).at(2200, 0).at(2600, 0)).run();
        assertThat(trace.lines)
                .containsExactly(
                        "0 arrived 0/0 queue 0",
                        "2200 arrived 0/1 queue 0",
                        "2360 steered 0/0 by 0 to 1",
                        "2360 enqueued 0/0 cpu 1 tail 1",
                        "2600 arrived 0/2 queue 0",
                        "2630 steered 0/1 by 0 to 1",
                        "2630 enqueued 0/1 cpu 1 tail 2",
                        "2900 steered 0/2 by 0 to 1",
                        "2900 enqueued 0/2 cpu 1 tail 3",
                        "4860 processed 0/0 cpu 1",
                        "5510 processed 0/1 cpu 1",
                        "6080 processed 0/2 cpu 1",
                        "6400 consumed 0/0 cpu 0",
                        "6950 consumed 0/1 cpu 0",
                        "7500 consumed 0/2 cpu 0");
        // Idle: 0 to 1000 and 2990 to 5160 on CPU 0, 0 to 3200 and 6080 to 7900 on CPU 1.
        assertThat(result.cpus())
                .extracting(CpuResult::usage)
                .containsExactly(new CpuResult.Usage(2100, 890, 1740, 3170), new CpuResult.Usage(1060, 1820, 0, 5020));
        assertThat(result.traffic().steered().ipis()).isEqualTo(1);
        assertThat(result.traffic().timing().deliveriesNs()).isEqualTo(7900);
    }

    /**
     * One packet on the netif_rx path of CPU 0, queued on its own backlog and read there.
     *
     * <pre>
     *    0  steered and queued at once; paid as an interrupt: leaving idle 1000 + driver 200 + steering 30 + enqueue 40
     * 1270  softirq 10 + poll 20 + backlog 70 + protocol 500
     * 1870  at its socket; thread woken here; owed: wake-up 80
     * 1950  switch 90
     * 2040  recv 150
     * 2190  consumed; work 400
     * 2590  the end
     * </pre>
     */
    @Test
    void shouldPayForNetifRxOnce() {
        Rig rig = rig().arrivals(Arrivals.list().at(0, 0));
        rig.path = NicConfig.Path.NETIF_RX;
        rig.policy = () -> Policies.to(0);
        RunResult result = rig.run();
        assertThat(trace.lines)
                .containsExactly(
                        "0 arrived 0/0 queue 0",
                        "0 steered 0/0 by 0 to 0",
                        "0 enqueued 0/0 cpu 0 tail 1",
                        "1870 processed 0/0 cpu 0",
                        "2190 consumed 0/0 cpu 0");
        assertThat(result.cpus().get(0).usage()).isEqualTo(new CpuResult.Usage(1270, 680, 640, 0));
    }

    /** One packet without steering code: interrupt 1100, softirq 10, poll 20, driver 200, protocol 500, all on CPU 0. */
    @Test
    void shouldProcessInlineWithoutSteering() {
        Rig rig = rig().arrivals(Arrivals.list().bareAt(500, 0));
        rig.policy = Policies::none;
        RunResult result = rig.run();
        assertThat(trace.lines)
                .containsExactly("500 arrived 0/0 queue 0", "2830 steered 0/0 by 0 to -1", "3330 processed 0/0 cpu 0");
        assertThat(result.cpus().get(0).usage()).isEqualTo(new CpuResult.Usage(1100, 730, 0, 1000));
    }
}
