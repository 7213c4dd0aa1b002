package io.rxsim.core.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.cost.Stage;
import io.rxsim.core.cost.StageCost;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.Latency;
import io.rxsim.core.run.LatencyStage;
import io.rxsim.core.run.Measure;
import io.rxsim.core.run.NicConfig;
import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.RandomStreams;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.steer.SteeringPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.junit.jupiter.api.Test;

/** Histograms of three digits hold values below 2,048 exactly, and all of these are. */
class StageTimesTest {
    private static final List<Supplier<SteeringPolicy>> POLICIES =
            List.of(Policies::none, () -> Policies.to(0), () -> Policies.to(1), () -> Policies.byHash(h -> h % 3 - 1));

    private static Rig rig(int packets) {
        Rig rig = new Rig();
        rig.everyCostDiffers();
        rig.costs.replaceAll((stage, cost) -> new StageCost(1 + stage.ordinal(), 0, stage.ordinal() % 3, "test"));
        rig.ipiLatencyNs = 19;
        rig.serviceNs = 23;
        rig.placement = machine -> Placements.pinned(1, 0);
        RandomStream random = RandomStreams.stream(37, "stages");
        Arrivals arrivals = Arrivals.list();
        long now = 0;
        for (int i = 0; i < packets; i++) {
            now += random.nextInt(330);
            if (random.nextInt(5) == 0) {
                arrivals.bareAt(now, random.nextInt(5));
            } else {
                arrivals.at(now, random.nextInt(5));
            }
        }
        return rig.arrivals(arrivals);
    }

    private static long sum(Histogram histogram) {
        long sum = 0;
        for (HistogramIterationValue value : histogram.recordedValues()) {
            sum += value.getValueIteratedTo() * value.getCountAtValueIteratedTo();
        }
        return sum;
    }

    private static void assertStagesAddUp(RunResult result, String where) {
        Latency latency = result.latency();
        assertThat(latency.total().getMaxValue()).as(where).isLessThan(2048);
        long stages = 0;
        for (Histogram stage : latency.stages().values()) {
            stages += sum(stage);
        }
        assertThat(stages).as(where).isEqualTo(sum(latency.total()));
    }

    @Test
    void shouldAddUpToTheTotalOfEverySinglePacket() {
        for (NicConfig.Path path : NicConfig.Path.values()) {
            for (Supplier<SteeringPolicy> policy : POLICIES) {
                for (int packets = 1; packets <= 60; packets++) {
                    Rig rig = rig(packets);
                    rig.path = path;
                    rig.policy = policy;
                    // Only the last packet is measured.
                    long lastNs = 0;
                    ArrivalSource source = rig.source.get();
                    Arrival arrival = new Arrival();
                    while (source.next(arrival)) {
                        lastNs = arrival.timeNs;
                    }
                    rig.measure = new Measure(lastNs, Measure.UNTIL_END);
                    RunResult result = rig.run();
                    assertThat(result.latency().total().getTotalCount())
                            .isEqualTo(result.traffic().packets());
                    assertStagesAddUp(result, path + " packet " + packets);
                }
            }
        }
    }

    @Test
    void shouldAddUpOverManyPackets() {
        for (NicConfig.Path path : NicConfig.Path.values()) {
            for (Supplier<SteeringPolicy> policy : POLICIES) {
                Rig rig = rig(3000);
                rig.path = path;
                rig.policy = policy;
                assertStagesAddUp(rig.run(), path.toString());
            }
        }
    }

    @Test
    void shouldTellTheWaitForTheInterruptFromTheWaitForTheSoftirq() {
        // The interrupt comes after 1000 and its handler takes 100; both packets then wait for the driver, 10 each.
        Rig rig = new Rig()
                .cost(Stage.HARDIRQ, 100)
                .cost(Stage.DRIVER, 10)
                .arrivals(Arrivals.list().bareAt(0, 0).bareAt(1050, 0));
        rig.rxUsecs = 1;
        Latency latency = rig.run().latency();
        assertThat(recorded(latency, LatencyStage.RING)).containsExactly(0L, 1000L);
        assertThat(recorded(latency, LatencyStage.SOFTIRQ_WAIT)).containsExactly(60L, 100L);
        assertThat(recorded(latency, LatencyStage.DRIVER)).containsExactly(10L, 10L);
        assertThat(recorded(latency, LatencyStage.BACKLOG_WAIT)).isEmpty();
    }

    private static List<Long> recorded(Latency latency, LatencyStage stage) {
        List<Long> values = new ArrayList<>();
        for (HistogramIterationValue value : latency.stages().get(stage).recordedValues()) {
            for (long i = 0; i < value.getCountAtValueIteratedTo(); i++) {
                values.add(value.getValueIteratedTo());
            }
        }
        return values;
    }
}
