package io.rxsim.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A list of workloads, corrected latency and losses, from the scenario file to what {@code rx run} shows and keeps. */
class MixedWorkloadTest {
    private static final String SCENARIO = """
            nic: {ring: 64}
            steering: none
            variants:
              - {name: alone, workload: {flood: ~}}
              - {name: beside, workload: {flood: {rate: 400k/s}}}
            workload:
              - {name: rr, test: TCP_RR, instances: 4, expected_interval: 20us}
              - {name: flood, test: UDP_STREAM, flows: 2, port: closed}
            measure: {warmup: 1ms, duration: 5ms}
            """;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private String rx(String scenario, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("s.yaml"), scenario);
        return rx(file, options);
    }

    private String rx(Path file, String... options) {
        List<String> command = new ArrayList<>(List.of("run", file.toString()));
        command.addAll(List.of(options));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        err.reset();
        int code = Main.run(
                command.toArray(String[]::new),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                InputStream.nullInputStream());
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static JsonNode variants(String json) {
        return JsonMapper.shared().readTree(json).get("variants");
    }

    @Test
    void shouldShowRatesAndLatencyOfEachWorkload() throws IOException {
        JsonNode variants = variants(rx(SCENARIO, "--format", "json"));
        JsonNode alone = variants.get(0).get("workloads");
        JsonNode beside = variants.get(1).get("workloads");

        assertThat(alone.propertyNames()).containsExactly("rr");
        assertThat(beside.propertyNames()).containsExactly("rr", "flood");
        JsonNode flood = beside.get("flood");
        assertThat(flood.get("packets").longValue())
                .isBetween(1900L, 2100L)
                .isEqualTo(flood.get("dropped").longValue());
        assertThat(flood.has("transactions")).isFalse();
        JsonNode rr = beside.get("rr");
        assertThat(rr.get("transactions").longValue())
                .isPositive()
                .isEqualTo(rr.get("latencyNs").get("count").longValue());
        assertThat(rr.get("packets").longValue() + flood.get("packets").longValue())
                .isEqualTo(variants.get(1).get("packets").longValue());
    }

    @Test
    void shouldShowLatencyCorrectedBesideLatencyAsMeasured() throws IOException {
        JsonNode alone = variants(rx(SCENARIO, "--format", "json")).get(0);
        long samples = alone.get("latencyNs").get("count").longValue();

        // Each transaction takes more than twice the interval, so each stands for at least one more.
        assertThat(alone.get("latencyNs").get("min").longValue()).isGreaterThan(40_000);
        assertThat(alone.get("correctedLatencyNs").get("count").longValue()).isGreaterThanOrEqualTo(2 * samples);
        assertThat(alone.get("correctedLatencyNs").get("p50").longValue())
                .isLessThan(alone.get("latencyNs").get("p50").longValue());
        assertThat(rx(SCENARIO)).contains("corrected for the expected interval", "corrected p50 / p99");
        assertThat(rx(SCENARIO, "--set", "workload.rr.expected_interval=0")).doesNotContain("corrected");
        assertThat(rx(SCENARIO, "--set", "workload.rr.expected_interval=0", "--format", "json"))
                .doesNotContain("correctedLatencyNs");
    }

    @Test
    void shouldKeepWhatRunsAgainToTheSameDigestsAndMatchesTheSchema() throws IOException {
        Path kept = folder.resolve("out");
        String json = rx(SCENARIO, "--format", "json", "--repeat", "2", "-o", kept.toString());

        String schema = Files.readString(Path.of("..", "docs", "result.schema.json"));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema, InputFormat.JSON)
                        .validate(json, InputFormat.JSON))
                .isEmpty();
        assertThat(rx(kept.resolve("scenario.yaml"), "--format", "json")).isEqualTo(json);
        assertThat(Files.readString(kept.resolve("alone.corrected.hgrm"))).contains("TotalCount");
        assertThat(Files.readString(kept.resolve("alone.hlog"))).contains("Tag=corrected,");
    }

    @Test
    void shouldHeadColumnsThatOnlyALaterVariantHas() throws IOException {
        List<String> lines = rx(SCENARIO, "--format", "csv").lines().toList();
        List<String> names = List.of(lines.get(0).split(",", -1));
        int column = names.indexOf("workloads.flood.packets");

        assertThat(names).doesNotHaveDuplicates().contains("workloads.rr.correctedLatencyNs.p99");
        assertThat(lines.get(1).split(",", -1)[column]).isEmpty();
        assertThat(Long.parseLong(lines.get(2).split(",", -1)[column])).isPositive();
    }

    @Test
    void shouldShowTheThroughputOfStreamsAndWhatLimitsIt() throws IOException {
        String stream = """
                workload: [{name: a, test: TCP_STREAM, link_rate: 1G}, {name: b, test: TCP_RR, instances: 2}]
                nic: {gro: on}
                steering: none
                measure: {warmup: 2ms, duration: 10ms}
                """;
        String json = rx(stream, "--format", "json", "--repeat", "2");
        JsonNode all = variants(json).get(0);
        JsonNode one = all.get("workloads").get("a");

        assertThat(one.get("bitsPerSecond").doubleValue()).isBetween(0.93e9, 0.95e9);
        assertThat(one.get("limitedBy").stringValue()).isEqualTo("link");
        assertThat(one.has("transactions")).isFalse();
        assertThat(all.get("bitsPerSecond")).isEqualTo(one.get("bitsPerSecond"));
        assertThat(all.get("transactions"))
                .isEqualTo(all.get("workloads").get("b").get("transactions"));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(Path.of("..", "docs", "result.schema.json")), InputFormat.JSON)
                        .validate(json, InputFormat.JSON))
                .isEmpty();
        assertThat(rx(stream)).contains("  throughput", "  limited by", "link ", " Mbit/s");
    }

    @Test
    void shouldWarnOfInstancesThatStopped() throws IOException {
        String lossy = SCENARIO.replace("ring: 64", "ring: 1, rx_usecs: 50").replace("TCP_RR", "UDP_RR");
        JsonNode alone = variants(rx(lossy, "--format", "json")).get(0);

        assertThat(alone.get("stoppedInstances").longValue()).isEqualTo(3);
        assertThat(alone.get("lostRequests").longValue()).isEqualTo(3);
        assertThat(alone.get("retransmissions").longValue()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("warning: variant alone ended with 3 stopped instances: their requests were lost");
        assertThat(rx(lossy)).contains("requests lost", "  instances stopped");
    }
}
