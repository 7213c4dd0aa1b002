package io.rxsim.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

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
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tables of the RPS and RFS commits: the model orders the variants as they do, and prints how far it is off. The errors
 * themselves are not asserted, so that nobody is led to tune them away.
 */
class PublishedTablesTest {
    private static String run(String scenario, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String file = Path.of("..", "config", scenario).toString();
        String[] args = {
            "run", file, "--format", format, "--set", "measure.warmup=100ms", "--set", "measure.duration=200ms"
        };
        int code = Main.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                InputStream.nullInputStream());
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<Double> each(JsonNode variants, String pointer) {
        List<Double> figures = new ArrayList<>();
        variants.forEach(variant -> figures.add(variant.at(pointer).doubleValue()));
        return figures;
    }

    @ParameterizedTest
    @ValueSource(strings = {"rfs-netperf.yaml", "rfs-rpc.yaml", "rps-netperf.yaml"})
    void shouldOrderTheVariantsByThroughputAsPublished(String scenario) {
        JsonNode variants = JsonMapper.shared().readTree(run(scenario, "json")).get("variants");

        assertThat(each(variants, "/published/transactionsPerSecond")).isSorted();
        assertThat(each(variants, "/transactionsPerSecond")).isSorted();
        variants.forEach(variant -> System.out.printf(
                "%s %s: errors %s%n", scenario, variant.get("name").stringValue(), variant.get("error")));
    }

    @Test
    void shouldOrderTheRpcTestsTailsAsPublished() throws IOException {
        String json = run("rfs-rpc.yaml", "json");
        JsonNode variants = JsonMapper.shared().readTree(json).get("variants");

        assertThat(each(variants, "/latencyNs/p99")).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(Path.of("..", "docs", "result.schema.json")), InputFormat.JSON)
                        .validate(json, InputFormat.JSON))
                .isEmpty();
        JsonNode none = variants.get(0);
        assertThat(none.at("/published/latencyNs/p99").doubleValue()).isEqualTo(3_185_000);
        assertThat(none.at("/error/latencyNs/p99").doubleValue())
                .isCloseTo(none.at("/latencyNs/p99").doubleValue() / 3_185_000 - 1, offset(0.001));
    }

    @Test
    void shouldPrintPublishedFiguresAndErrorsUnderTheModelledOnes() {
        List<String> lines = run("rps-netperf.yaml", "table").lines().toList();
        int modelled = 0;
        while (!lines.get(modelled).startsWith("transactions ")) {
            modelled++;
        }

        assertThat(lines.get(modelled + 1))
                .matches(" {4}published \\(error\\) +108\\.0 k/s \\([+-]\\d+ %\\) +311\\.0 k/s .*");
        assertThat(lines).anyMatch(line -> line.matches(" {4}published \\(error\\) +33\\.0 % busy .*64\\.0 % busy .*"));
        assertThat(lines).anyMatch(line -> line.startsWith("published: Linux commit 0a9627f2"));
    }
}
