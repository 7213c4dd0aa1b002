package io.rxsim.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code rx replay --sa} and {@code rx run} with a matrix, as typed. */
class EspCommandsTest {
    private static final Path CAPTURES = Path.of("..", "rx-workload", "src", "test", "resources", "captures");

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private String rx(int expected, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = Main.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                InputStream.nullInputStream());
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(expected);
        return out.toString(StandardCharsets.UTF_8);
    }

    private JsonNode variants(Path keys, String... more) {
        String[] args = {
            "replay", CAPTURES.resolve("esp.pcap.gz").toString(), "--sa", keys.toString(), "--format", "json"
        };
        String[] all = java.util.stream.Stream.concat(java.util.Arrays.stream(args), java.util.Arrays.stream(more))
                .toArray(String[]::new);
        return JsonMapper.shared().readTree(rx(0, all)).get("variants");
    }

    @Test
    void shouldDecryptEveryPacketOfTheCaptureInOrder() {
        JsonNode variants = variants(CAPTURES.resolve("esp-keys.csv"));

        assertThat(variants.size()).isEqualTo(3);
        for (JsonNode variant : variants) {
            assertThat(variant.get("esp").get("decrypted").intValue()).isEqualTo(1500);
            assertThat(variant.get("esp").get("dropped").intValue()).isZero();
            assertThat(variant.get("esp").get("outOfOrder").intValue()).isZero();
            assertThat(variant.get("order").get("outOfOrder").intValue()).isZero();
        }
        assertThat(variants.get(2).get("name").stringValue()).isEqualTo("padata");
        assertThat(variants.get(2).get("esp").get("padataJobs").intValue()).isEqualTo(1500);
    }

    @Test
    void shouldFailExactlyTheAssociationWhoseKeyHasOneOtherByte() throws IOException {
        String keys = Files.readString(CAPTURES.resolve("esp-keys.csv"));
        Path other = folder.resolve("keys.csv");
        Files.writeString(other, keys.replace("ICV16,0b0c0d0e", "ICV16,0b0c0d0f"));

        JsonNode esp = variants(other, "--crypto", "padata").get(0).get("esp");

        assertThat(esp.get("forged").intValue()).isEqualTo(256);
        assertThat(esp.get("decrypted").intValue()).isEqualTo(1244);
    }

    @Test
    void shouldPrintFailuresByCauseReorderWaitAndInnerFlows() {
        String table = rx(
                        0,
                        "replay",
                        CAPTURES.resolve("esp.pcap.gz").toString(),
                        "--sa",
                        CAPTURES.resolve("esp-keys.csv").toString(),
                        "--crypto",
                        "padata")
                .replaceAll(" +", " ");

        assertThat(table)
                .contains(
                        "\nESP\n decrypted 1500 by padata\n forged 0\n replayed 0\n malformed 0\n unknown SPI 0\n",
                        "\n out of order in tunnels 0\n inner flows 180\n reorder wait, share of time ",
                        "\n reorderWait ");
    }

    @Test
    void shouldNeverShowAKey() {
        String shown = rx(
                0,
                "replay",
                CAPTURES.resolve("esp.pcap.gz").toString(),
                "--sa",
                CAPTURES.resolve("esp-keys.csv").toString(),
                "--crypto",
                "serial",
                "-o",
                folder.toString());

        assertThat(shown + err.toString(StandardCharsets.UTF_8)).doesNotContain("0b0c0d0e");
        assertThat(folder.resolve("scenario.yaml")).content().doesNotContain("0b0c0d0e");
    }

    @Test
    void shouldRunEveryCellOfAMatrixAndDrawIt() throws IOException {
        Path scenario = folder.resolve("m.yaml");
        Files.writeString(scenario, """
                crypto: [serial, padata]
                matrix:
                  - {name: bytes, key: workload.sizes, values: [64, 9000]}
                  - {name: CPUs, key: online, values: ["1", "3f"], labels: [1, 6]}
                workload: {test: ESP_STREAM, outstanding: 64, inside: forwarded}
                measure: {duration: 1ms}
                """);
        Path out = folder.resolve("out");

        String table = rx(0, "run", scenario.toString(), "-o", out.toString());

        assertThat(table.lines().filter(line -> line.matches("(64|9000) .*"))).hasSize(4);
        assertThat(table).contains("best in 4 cells: serial ", "  bytes 64 ", "  CPUs 6 ");
        assertThat(out.resolve("heatmap.svg")).content().startsWith("<svg ").contains(">x1.", "serial", "padata");
        assertThat(JsonMapper.shared()
                        .readTree(out.resolve("result.json").toFile())
                        .get("cells")
                        .size())
                .isEqualTo(4);
        Path again = folder.resolve("again");
        rx(0, "run", out.resolve("scenario.yaml").toString(), "-o", again.toString());
        assertThat(again.resolve("result.csv")).hasSameTextualContentAs(out.resolve("result.csv"));
        assertThat(again.resolve("scenario.yaml")).hasSameTextualContentAs(out.resolve("scenario.yaml"));
    }

    @Test
    void shouldRefuseAnAxisThatMakesOtherVariants() throws IOException {
        Path scenario = folder.resolve("m.yaml");
        Files.writeString(scenario, """
                matrix: [{name: policy, key: steering, values: [rps, rfs]}]
                workload: {test: UDP_STREAM}
                measure: {duration: 1ms}
                """);

        rx(2, "run", scenario.toString());

        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "matrix: cells have the variants [rps] and [rfs], allowed are axes that leave variants what they are\n");
    }

    @Test
    void shouldRefuseACaptureOnStandardInputInAMatrix() throws IOException {
        Path scenario = folder.resolve("m.yaml");
        Files.writeString(scenario, """
                matrix: [{name: speed, key: workload.speed, values: [1, 2]}]
                workload: {capture: "-"}
                """);

        rx(2, "run", scenario.toString());

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("2:21: capture=-: standard input")
                .contains("cannot be read in every cell of a matrix, a file can");
    }

    @Test
    void shouldShowWhatTheReorderStepIsFor() {
        JsonNode variants = JsonMapper.shared()
                .readTree(rx(0, "run", "../config/ipsec-order.yaml", "--format", "json"))
                .get("variants");
        JsonNode with = variants.get(0);
        JsonNode without = variants.get(1);

        for (String zero : new String[] {"/esp/replayed", "/esp/outOfOrder", "/order/outOfOrder"}) {
            assertThat(with.at(zero).intValue()).as(zero).isZero();
            assertThat(without.at(zero).intValue()).as(zero).isPositive();
        }
    }
}
