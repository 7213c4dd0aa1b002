package io.rxsim.core.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.cost.Stage;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.Latency;
import io.rxsim.core.run.LatencyStage;
import io.rxsim.core.run.Measure;
import io.rxsim.core.run.NicConfig;
import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.RandomStreams;
import io.rxsim.core.run.RxObserver;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** What a packet would take alone, beside what it took. Values below 2,048 are exact in histograms. */
class PacketWorkTest {
    private static final int ALONE_NS = 10 + 3 + 5 + 20 + 30 + 40;

    private static Rig rig() {
        Rig rig = new Rig()
                .cost(Stage.DRIVER, 10)
                .cost(Stage.STEER, 3)
                .cost(Stage.BACKLOG, 5)
                .cost(Stage.PROTOCOL, 20)
                .cost(Stage.RECV, 30);
        rig.serviceNs = 40;
        rig.policy = () -> Policies.to(1);
        return rig;
    }

    private static long only(Histogram histogram) {
        assertThat(histogram.getTotalCount()).isEqualTo(1);
        return histogram.getMaxValue();
    }

    @Test
    void shouldBeTheWholeResponseOfALonePacketWhereNothingElseCosts() {
        Latency latency = rig().arrivals(Arrivals.list().at(0, 0)).run().latency();

        assertThat(only(latency.service())).isEqualTo(ALONE_NS);
        assertThat(only(latency.total())).isEqualTo(ALONE_NS);
    }

    @Test
    void shouldLeaveOutInterruptsWakeUpsAndSwitches() {
        Rig rig = rig().cost(Stage.HARDIRQ, 100)
                .cost(Stage.SOFTIRQ, 7)
                .cost(Stage.POLL, 11)
                .cost(Stage.ENQUEUE, 13)
                .cost(Stage.IPI_RECEIVE, 17)
                .cost(Stage.WAKEUP, 19)
                .cost(Stage.SWITCH, 200)
                .cost(Stage.IDLE_EXIT, 300);
        rig.ipiLatencyNs = 50;
        Latency latency = rig.arrivals(Arrivals.list().at(0, 0)).run().latency();

        assertThat(only(latency.service())).isEqualTo(ALONE_NS);
        assertThat(only(latency.total())).isGreaterThan(ALONE_NS + 500);
    }

    @Test
    void shouldNotGrowWhilePacketsWaitForEachOther() {
        Latency latency = rig().arrivals(Arrivals.list().burst(10, 0, 0)).run().latency();

        assertThat(latency.service().getMinValue()).isEqualTo(ALONE_NS);
        assertThat(latency.service().getMaxValue()).isEqualTo(ALONE_NS);
        assertThat(latency.total().getMaxValue()).isGreaterThan(5 * ALONE_NS);
    }

    @Test
    void shouldNotExceedTheStagesInWhichItIsDoneNorTheResponseOfAnyPacket() {
        for (NicConfig.Path path : NicConfig.Path.values()) {
            for (int packets = 1; packets <= 60; packets++) {
                RandomStream random = RandomStreams.stream(11, "work/" + packets);
                Arrivals arrivals = Arrivals.list();
                long now = 0;
                for (int i = 0; i < packets; i++) {
                    now += random.nextInt(300);
                    arrivals.at(now, random.nextInt(5));
                }
                Rig rig = rig().everyCostDiffers().arrivals(arrivals);
                rig.path = path;
                rig.policy = () -> Policies.byHash(hash -> hash % 3 - 1);
                // Only the packets of the last moment are measured; mostly that is one.
                rig.measure = new Measure(now, Measure.UNTIL_END);
                Latency latency = rig.run().latency();
                if (latency.total().getTotalCount() != 1) {
                    continue;
                }
                long stagesNs = 0;
                for (LatencyStage stage :
                        List.of(LatencyStage.DRIVER, LatencyStage.PROTOCOL, LatencyStage.APPLICATION)) {
                    stagesNs += only(latency.stages().get(stage));
                }
                // Three digits of three figures.
                double roundingNs = stagesNs * 0.002 + 1;
                assertThat((double) only(latency.service()))
                        .as("%s, %d packets", path, packets)
                        .isPositive()
                        .isLessThanOrEqualTo(stagesNs + roundingNs);
                assertThat(stagesNs).isLessThanOrEqualTo((long) (only(latency.total()) + roundingNs));
            }
        }
    }

    @Test
    void shouldEndARunInWhichAPacketTakesLessThanItsWork() {
        PacketPool pool = new PacketPool();
        RunRecorder recorder =
                new RunRecorder(rig().scenario(), pool, RxObserver.NONE, new FlowRows(), new LoadParts());
        Arrival arrival = new Arrival();
        arrival.flow = 3;
        int packet = pool.admit(arrival, true);
        recorder.onArrived(packet);
        recorder.onWork(packet, 100);

        assertThatThrownBy(() -> recorder.onDelivered(packet, 99))
                .hasMessage("service: work of 100ns on packet 0 of flow 3 is more than its response time of 99ns");
    }
}
