package io.rxsim.core.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.cost.Stage;
import io.rxsim.core.cost.StageCost;
import io.rxsim.core.cpu.CpuTopology;
import io.rxsim.core.cpu.Distance;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.NicConfig;
import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.RandomStreams;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.steer.SteeringPolicy;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DigestTest {
    /** Two packages of two caches of two cores of two threads: every distance occurs. */
    private static Rig rig() {
        Rig rig = new Rig().everyCostDiffers();
        rig.topology = new CpuTopology(2, 4, 2, 2);
        rig.irqCpus = List.of(0, 5);
        rig.policy = () -> Policies.byHash(hash -> hash % 16);
        rig.placement = machine -> Placements.pinned(0, 1, 2, 3, 4, 5, 6, 7, 8);
        rig.rxUsecs = 2;
        rig.serviceNs = 300;
        rig.responseBytes = 64;
        Arrivals arrivals = Arrivals.list();
        RandomStream random = RandomStreams.stream(31, "digest");
        long now = 0;
        for (int i = 0; i < 3000; i++) {
            now += random.nextInt(900);
            arrivals.at(now, random.nextInt(40));
        }
        return rig.arrivals(arrivals);
    }

    @Test
    void shouldBeTheSameForTheSameScenario() {
        assertThat(rig().run().digest()).isEqualTo(rig().run().digest());
    }

    /** Those of streams are in the tests of TCP_STREAM, that of a filter in NtupleSteeringTest. */
    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"GRO", "ACK", "FLOW_STEER", "CRYPTO", "PADATA"})
    void shouldChangeWithOneNanosecondMoreOfAnyStage(Stage stage) {
        long digest = rig().run().digest();
        Rig dearer = rig();
        StageCost cost = dearer.costs.get(stage);
        dearer.cost(stage, cost.baseNs() + 1, cost.perBytePs(), cost.lines());
        assertThat(dearer.run().digest()).isNotEqualTo(digest);
    }

    @ParameterizedTest
    @EnumSource(Distance.class)
    void shouldChangeWithOneNanosecondMoreOfAnyDistance(Distance distance) {
        long digest = rig().run().digest();
        Rig dearer = rig();
        dearer.lineNs.merge(distance, 1, Integer::sum);
        assertThat(dearer.run().digest()).isNotEqualTo(digest);
    }

    @Test
    void shouldChangeWithEverythingElseThatTakesTime() {
        long digest = rig().run().digest();
        Rig rig = rig();
        rig.ipiLatencyNs++;
        assertThat(rig.run().digest()).as("ipi latency").isNotEqualTo(digest);
        rig = rig();
        rig.serviceNs++;
        assertThat(rig.run().digest()).as("service").isNotEqualTo(digest);
        rig = rig();
        rig.rxUsecs++;
        assertThat(rig.run().digest()).as("moderation").isNotEqualTo(digest);
        rig = rig();
        rig.rules = KernelRules.V2_6_35;
        assertThat(rig.run().digest()).as("era").isNotEqualTo(digest);
        rig = rig();
        rig.path = NicConfig.Path.NETIF_RX;
        assertThat(rig.run().digest()).as("path").isNotEqualTo(digest);
        rig = rig();
        rig.seed++;
        assertThat(rig.run().digest()).as("seed").isNotEqualTo(digest);
    }

    @Test
    void shouldFoldTheEndOfTheApplicationsWork() {
        // One packet: nothing that comes later can show how long the work took.
        Rig rig = new Rig().arrivals(Arrivals.list().at(0, 0));
        rig.serviceNs = 300;
        long digest = rig.run().digest();
        rig.serviceNs = 301;
        assertThat(rig.run().digest()).isNotEqualTo(digest);
    }

    @Test
    void shouldFoldHashQueueCpuReasonAndVerdictOfEachPacket() {
        long digest = one(p -> {}, hash -> 1).digest();
        assertThat(one(p -> p.hash++, hash -> 1).digest()).as("hash").isNotEqualTo(digest);
        assertThat(one(p -> p.rxQueue = 1, hash -> 1).digest()).as("queue").isNotEqualTo(digest);
        assertThat(one(p -> p.timeNs++, hash -> 1).digest()).as("time").isNotEqualTo(digest);
        assertThat(one(p -> {}, hash -> 0).digest()).as("cpu").isNotEqualTo(digest);
        assertThat(oneOf(() -> Policies.tracked(hash -> 1), p -> {}).digest())
                .as("reason")
                .isNotEqualTo(digest);
    }

    private static RunResult one(Consumer<Arrival> as, IntUnaryOperator cpuOfHash) {
        return oneOf(() -> Policies.byHash(cpuOfHash), as);
    }

    private static RunResult oneOf(Supplier<SteeringPolicy> policy, Consumer<Arrival> as) {
        Rig rig = new Rig().arrivals(Arrivals.list().at(10, 0, p -> {
            p.payloadBytes = 0;
            p.rxQueue = 0;
            as.accept(p);
        }));
        rig.irqCpus = List.of(0, 0);
        rig.policy = policy;
        return rig.run();
    }
}
