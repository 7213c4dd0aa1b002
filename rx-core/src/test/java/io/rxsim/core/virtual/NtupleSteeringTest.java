package io.rxsim.core.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.cost.Stage;
import io.rxsim.core.run.HandoverCause;
import io.rxsim.core.run.NtupleConfig;
import io.rxsim.core.run.NtupleResult;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.softnet.SoftnetView;
import io.rxsim.core.steer.AcceleratedSteering;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.FlowSteering;
import io.rxsim.core.steer.SteeringReason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The driver's part of accelerated RFS: two queues, whose interrupts go to CPUs 0 and 1. */
class NtupleSteeringTest {
    private final Trace trace = new Trace();

    /** Asks for queue 1 with the first {@code asks} packets; nothing is steered in software. */
    private static final class Asking implements AcceleratedSteering {
        private final boolean expire;
        private int asks;
        private FlowSteering device;
        private int answer = 1;

        Asking(int asks, boolean expire) {
            this.asks = asks;
            this.expire = expire;
        }

        @Override
        public long steer(int rxQueue, int hash, long nowNs, SoftnetView softnet) {
            if (asks-- > 0) {
                answer = device.steer(hash, 1, 0);
            }
            return Decision.of(Decision.NO_CPU, SteeringReason.NONE);
        }

        @Override
        public void attach(FlowSteering itsDevice) {
            device = itsDevice;
        }

        @Override
        public boolean mayExpire(int rxQueue, int slot, int filter, SoftnetView softnet) {
            return expire;
        }

        @Override
        public long heldByActive() {
            return 0;
        }

        @Override
        public void onEnqueued(int rxQueue, long decision, int qtail) {
            // It keeps nothing.
        }

        @Override
        public void onConsumed(int hash, int cpu) {
            // It keeps nothing.
        }

        @Override
        public void onClosed(int hash) {
            // It keeps nothing.
        }
    }

    private RunResult run(Rig rig, Asking policy, Arrivals arrivals, NtupleConfig ntuple) {
        rig.irqCpus = List.of(0, 1);
        rig.policy = () -> policy;
        rig.observer = trace;
        rig.ntuple = ntuple;
        return rig.arrivals(arrivals).run();
    }

    private static Arrivals every(long gapNs, int packets) {
        Arrivals arrivals = Arrivals.list();
        for (int i = 0; i < packets; i++) {
            arrivals.bareAt(i * gapNs, 0);
        }
        return arrivals;
    }

    /** Asked for at 0, in force from 2500 on: the packets at 1000 and 2000 still come to queue 0. */
    @Test
    void shouldCatchPacketsWhenItsLatencyIsOver() {
        RunResult result = run(new Rig(), new Asking(1, false), every(1_000, 5), new NtupleConfig(8, 2_500, 1_000_000));
        assertThat(trace.of("arrived"))
                .containsExactly(
                        "0 arrived 0/0 queue 0",
                        "1000 arrived 0/1 queue 0",
                        "2000 arrived 0/2 queue 0",
                        "3000 arrived 0/3 queue 1",
                        "4000 arrived 0/4 queue 1");
        assertThat(result.ntuple())
                .isEqualTo(new NtupleResult(
                        new NtupleResult.Requests(1, 0, 0, 0, 0), 1, 0, 0, new NtupleResult.Packets(2, 2, 0)));
    }

    @Test
    void shouldGoBackToRssWhenTheDriverFindsThatAFilterMayGo() {
        RunResult result = run(new Rig(), new Asking(1, true), every(1_000, 5), new NtupleConfig(8, 500, 2_500));
        assertThat(trace.of("arrived").get(2)).isEqualTo("2000 arrived 0/2 queue 1");
        assertThat(trace.of("arrived").get(3)).isEqualTo("3000 arrived 0/3 queue 0");
        assertThat(result.ntuple().expired()).isEqualTo(1);
        assertThat(result.ntuple().filters()).isZero();
    }

    /** The request costs 700 ns of the CPU that asks, with its next step. */
    @Test
    void shouldChargeTheRequest() {
        Rig rig = new Rig().cost(Stage.FLOW_STEER, 700).cost(Stage.PROTOCOL, 100);
        run(rig, new Asking(1, false), every(10_000, 2), new NtupleConfig(8, 0, 1_000_000));
        assertThat(trace.of("processed")).containsExactly("800 processed 0/0 cpu 0", "10100 processed 0/1 cpu 1");
    }

    @Test
    void shouldRefuseMoreThanFitsOrIsUnderWayAndWhatHasNoPorts() {
        Arrivals flows = Arrivals.list();
        for (int flow = 0; flow < 12; flow++) {
            flows.bareAt(flow * 10L, flow);
        }
        Asking busy = new Asking(100, false);
        RunResult many = run(new Rig(), busy, flows, new NtupleConfig(100, 1_000, 1_000_000));
        assertThat(many.ntuple().requests()).isEqualTo(new NtupleResult.Requests(8, 0, 4, 0, 0));
        assertThat(busy.answer).isEqualTo(-16);
        Asking full = new Asking(100, false);
        RunResult few = run(new Rig(), full, flows, new NtupleConfig(3, 0, 1_000_000));
        assertThat(few.ntuple().requests()).isEqualTo(new NtupleResult.Requests(3, 0, 0, 9, 0));
        assertThat(full.answer).isEqualTo(-28);
        Asking fragment = new Asking(1, false);
        RunResult none = run(
                new Rig(),
                fragment,
                Arrivals.list().at(0, 0, packet -> packet.socket = false),
                new NtupleConfig(8, 0, 1_000_000));
        assertThat(none.ntuple().requests().notSupported()).isEqualTo(1);
        assertThat(fragment.answer).isEqualTo(-93);
    }

    /** Five packets wait on queue 0, which is polled late; those that the filter sends to queue 1 pass them. */
    @Test
    void shouldCountWhatPassesAsHandoverOfTheQueue() {
        Rig rig = new Rig().cost(Stage.DRIVER, 10_000);
        RunResult result = run(rig, new Asking(1, false), every(1_000, 8), new NtupleConfig(8, 12_500, 1_000_000));
        assertThat(result.order().violations()).isZero();
        RunResult late = run(rig, new Asking(1, false), every(2_000, 30), new NtupleConfig(8, 12_500, 1_000_000));
        assertThat(late.order().violations()).isZero();
        assertThat(late.order().handover().get(HandoverCause.RX_QUEUE_CHANGED)).isPositive();
        assertThat(late.traffic().delivered()).isEqualTo(30);
    }

    /** The application runs on CPU 0 all the time, so that queue 1 is wrong for it. */
    @Test
    void shouldCountPacketsThatAFilterTakesAwayFromTheirApplication() {
        Arrivals arrivals = Arrivals.list().at(0, 0).at(10_000, 0).at(20_000, 0);
        RunResult result = run(new Rig(), new Asking(1, false), arrivals, new NtupleConfig(8, 0, 1_000_000));
        assertThat(result.ntuple().packets()).isEqualTo(new NtupleResult.Packets(2, 0, 2));
    }

    @Test
    void shouldHaveNoFiguresWhereTheNicTakesNoFilters() {
        assertThat(run(new Rig(), new Asking(0, false), every(1_000, 2), NtupleConfig.OFF)
                        .ntuple())
                .isNull();
    }
}
