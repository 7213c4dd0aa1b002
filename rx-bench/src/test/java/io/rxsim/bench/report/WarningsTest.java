package io.rxsim.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.run.Latency;
import io.rxsim.core.run.LatencyStage;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.run.Scenario;
import io.rxsim.core.run.Steering;
import io.rxsim.core.run.Traffic;
import io.rxsim.core.softnet.DropReason;
import io.rxsim.core.steer.SteeringReason;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class WarningsTest {
    private static VariantResult variant(String name, long delivered, long ringDrops) {
        Scenario some = Results.study().variants().get(0);
        Scenario scenario =
                new Scenario(name, some.machine(), some.steering(), some.load(), some.measure(), some.seed());
        RunResult like = Results.result(scenario, false, false);
        Histogram total = new Histogram(3);
        if (delivered > 0) {
            total.recordValueWithCount(1000, delivered);
        }
        Map<LatencyStage, Histogram> stages = new EnumMap<>(LatencyStage.class);
        for (LatencyStage stage : LatencyStage.values()) {
            stages.put(stage, total.copy());
        }
        Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
        for (DropReason reason : DropReason.values()) {
            dropped.put(reason, reason == DropReason.RX_RING ? ringDrops : 0);
        }
        Traffic traffic = new Traffic(
                delivered + ringDrops,
                delivered,
                dropped,
                0,
                0,
                like.traffic().timing(),
                like.traffic().steered(),
                like.traffic().flows());
        return VariantRuns.of(new RunResult(
                scenario,
                1,
                false,
                traffic,
                new Latency(total, total.copy(), stages),
                like.cpus(),
                like.order(),
                null,
                List.of()));
    }

    @Test
    void shouldSayNothingWhereEveryPercentileHasTenPacketsBeyondIt() {
        assertThat(Warnings.of(List.of(variant("a", 100_000, 999)))).isEmpty();
    }

    @Test
    void shouldNameThePercentileThatTooFewPacketsLieBeyond() {
        assertThat(Warnings.of(List.of(variant("a", 99_999, 0), variant("b", 25_000, 0), variant("c", 900, 0))))
                .containsExactly(
                        "too short for p99 and above: fewer than 10 samples lie beyond it in c (9 of 900); it takes 1000"
                                + " samples per run",
                        "too short for p99.99: fewer than 10 samples lie beyond it in a (9 of 99999), b (2 of 25000); it"
                                + " takes 100000 samples per run");
    }

    @Test
    void shouldSayThatAPolicySteersNothingWithoutSettings() {
        Scenario some = Results.study().variants().get(0);
        Map<SteeringReason, Long> reasons = new EnumMap<>(SteeringReason.class);
        for (SteeringReason reason : SteeringReason.values()) {
            reasons.put(reason, reason == SteeringReason.NONE ? 100L : 0L);
        }
        for (String policy : List.of("none", "rps")) {
            Steering steering = new Steering(policy, some.steering().factory());
            Scenario scenario = new Scenario("a", some.machine(), steering, some.load(), some.measure(), some.seed());
            RunResult like = Results.result(scenario, false, false);
            Traffic steered = new Traffic(
                    100,
                    90,
                    like.traffic().dropped(),
                    like.traffic().rxDropped(),
                    0,
                    like.traffic().timing(),
                    new Traffic.Steered(reasons, 0, 90, 0, 0),
                    like.traffic().flows());
            List<String> warnings = Warnings.of(List.of(VariantRuns.of(new RunResult(
                    scenario, 1, false, steered, like.latency(), like.cpus(), like.order(), null, List.of()))));

            assertThat(warnings.stream().anyMatch(line -> line.startsWith("variant a steered no packet: ")))
                    .as(policy)
                    .isEqualTo(policy.equals("rps"));
        }
    }

    @Test
    void shouldSayThatNothingWasMeasured() {
        assertThat(Warnings.of(List.of(variant("a", 0, 0))))
                .containsExactly("variant a measured no packet: none arrives");
    }

    @Test
    void shouldSayWhoseLatenciesAreThoseOfSurvivors() {
        assertThat(Warnings.of(List.of(variant("a", 300_000, 100_000))))
                .containsExactly(
                        "variant a dropped 100000 of 400000 packets (25.0 %): its latencies are those of the others");
    }
}
