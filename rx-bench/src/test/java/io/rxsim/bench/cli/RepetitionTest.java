package io.rxsim.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.rxsim.bench.report.OutputFormat;
import io.rxsim.bench.report.Report;
import io.rxsim.bench.report.VariantResult;
import io.rxsim.bench.scenario.Study;
import io.rxsim.bench.scenario.StudyReader;
import io.rxsim.bench.scenario.WorkloadReader;
import io.rxsim.bench.scenario.YamlText;
import io.rxsim.core.run.Engine;
import io.rxsim.core.run.StopSignal;
import io.rxsim.core.virtual.VirtualEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RepetitionTest {
    private static final String UDP = """
            workload: {test: UDP_STREAM, rate: 300k/s, flows: 50}
            queues: {rx-0: {rps_cpus: "e"}}
            measure: {warmup: 1ms, duration: 3ms}
            seed: 42
            """;
    private static final String CLIENTS = """
            workload: {test: TCP_RR, instances: 20}
            application: {service: "exponential:2us"}
            measure: {duration: 3ms}
            """;
    private static final String CAPTURE = """
            workload: {capture: captures/redis.pcap.gz, top_speed: true}
            queues: {rx-0: {rps_cpus: "e"}}
            measure: {duration: 1ms}
            """;

    private static Study study(String yaml) {
        return StudyReader.read(
                YamlText.parse("s.yaml", yaml.getBytes(StandardCharsets.UTF_8)),
                Path.of("..", "config"),
                List.of(),
                new WorkloadReader(InputStream.nullInputStream()));
    }

    private static VariantResult run(Study study, int variant, Engine engine, int threads) {
        return new RepetitionRunner(
                        study.repetitions(), variant, engine, StopSignal.NEVER, UnaryOperator.identity(), result -> {})
                .run(threads);
    }

    private static Report report(String yaml, int threads) {
        Study study = study(yaml);
        List<VariantResult> results = new ArrayList<>();
        for (int variant = 0; variant < study.variants().size(); variant++) {
            results.add(run(study, variant, new VirtualEngine(), threads));
        }
        return new Report("1", study, results, false);
    }

    private static JsonNode json(String yaml) {
        return JsonMapper.shared().readTree(OutputFormat.JSON.write(report(yaml, 2)));
    }

    @Test
    void shouldGiveTheSameResultsWhateverTheNumberOfThreads() {
        for (String yaml : List.of(UDP + "repeat: 4\n", CLIENTS + "repeat: 3\n", CAPTURE + "repeat: 2\n")) {
            for (OutputFormat format : OutputFormat.values()) {
                assertThat(format.write(report(yaml, 4))).isEqualTo(format.write(report(yaml, 1)));
            }
        }
    }

    @Test
    void shouldBeTheMeanOfTheRunsWithItsSeeds() {
        JsonNode repeated = json(UDP + "steering: rps\nrepeat: 3\n");
        List<Double> p99 = new ArrayList<>();
        List<Double> packets = new ArrayList<>();
        for (int repetition = 0; repetition < 3; repetition++) {
            long seed = study(UDP + "repeat: 3\n").repetitions().seed(repetition);
            JsonNode single = json(UDP.replace("seed: 42", "seed: " + seed) + "steering: rps\n");
            p99.add(single.get("variants").get(0).get("latencyNs").get("p99").doubleValue());
            packets.add(single.get("variants").get(0).get("packets").doubleValue());
        }
        JsonNode variant = repeated.get("variants").get(0);
        double mean = p99.stream().mapToDouble(x -> x).sum() / 3;
        double squares = p99.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();

        assertThat(packets).doesNotHaveDuplicates();
        assertThat(variant.get("repetitions").intValue()).isEqualTo(3);
        assertThat(variant.get("latencyNs").get("p99").doubleValue())
                .isCloseTo(mean, org.assertj.core.api.Assertions.within(0.001));
        assertThat(variant.get("ci95").get("latencyNs").get("p99").doubleValue())
                .isCloseTo(4.3026527 * StrictMath.sqrt(squares / 6), org.assertj.core.api.Assertions.within(0.01));
    }

    @Test
    void shouldGiveAllVariantsTheSameSeedsTheFirstBeingTheScenariosOwn() {
        Study study = study(UDP + "repeat: 4\n");
        List<Long> seeds = new ArrayList<>();
        for (int repetition = 0; repetition < 4; repetition++) {
            long seed = study.repetitions().seed(repetition);
            seeds.add(seed);
            for (int variant = 0; variant < 3; variant++) {
                assertThat(study.repetitions().scenario(variant, repetition).seed())
                        .isEqualTo(seed);
            }
        }

        assertThat(seeds).startsWith(42L).doesNotHaveDuplicates();
        assertThat(seeds).allMatch(seed -> seed >= 0 && seed < 1_000_000_000_000_000_000L);
    }

    @Test
    void shouldLeaveASingleRunAsItWas() {
        JsonNode once = json(UDP + "steering: rps\n");
        JsonNode first = json(UDP + "steering: rps\nrepeat: 1\n");
        JsonNode twice = json(UDP + "steering: rps\nrepeat: 2\n");

        assertThat(first).isEqualTo(once);
        assertThat(once.get("variants").get(0).has("ci95")).isFalse();
        assertThat(twice.get("variants").get(0).get("digest"))
                .isNotEqualTo(once.get("variants").get(0).get("digest"));
    }

    @Test
    void shouldMatchThePublishedSchemaAndShowIntervals() throws IOException {
        Report report = report(UDP + "repeat: 3\n", 2);

        for (Report each : List.of(report, report(CLIENTS + "repeat: 2\n", 2))) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(Files.readString(Path.of("..", "docs", "result.schema.json")), InputFormat.JSON)
                            .validate(OutputFormat.JSON.write(each), InputFormat.JSON))
                    .isEmpty();
        }
        assertThat(OutputFormat.TABLE.write(report(CLIENTS + "repeat: 2\n", 2)))
                .containsPattern("transactions .* k/s ± \\S+ k?/s");
        assertThat(OutputFormat.TABLE.write(report))
                .contains("means over 3 repetitions")
                .containsPattern("p99 .* us ± \\d+\\S* [nu]s")
                .containsPattern("delivered .* k/s ± \\S+ k?/s");
        assertThat(OutputFormat.TABLE.write(report).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
        assertThat(OutputFormat.CSV.write(report).lines().findFirst().orElseThrow())
                .contains(",repetitions,ci95.offeredPerSecond,", ",ci95.latencyNs.p999,");
    }

    @Test
    void shouldThrowTheFailureOfARepetitionAndRunNoMore() {
        AtomicInteger started = new AtomicInteger();
        Engine failing = (scenario, observer, stop) -> {
            if (started.incrementAndGet() == 3) {
                throw new IllegalStateException("lost a packet");
            }
            return new VirtualEngine().run(scenario, observer, stop);
        };

        assertThatThrownBy(() -> run(study(UDP + "repeat: 1000\n"), 0, failing, 2))
                .hasMessage("lost a packet");
        assertThat(started.get()).isBetween(3, 4);
    }
}
