package io.rxsim.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From the command line through the virtual engine and back. */
class ReplayEndToEndTest {
    private static final String CAPTURE = "../config/captures/redis.pcap.gz";
    private static final int PACKETS = 25_027;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int rx(InputStream in, String... args) {
        out.reset();
        err.reset();
        return Main.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                in);
    }

    private JsonNode json(String... args) {
        assertThat(rx(InputStream.nullInputStream(), args)).isZero();
        return JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
    }

    private static JsonNode variant(JsonNode result, int index) {
        return result.get("variants").get(index);
    }

    private static double onApplicationCpu(JsonNode variant) {
        return variant.get("onApplicationCpu").doubleValue()
                / variant.get("socketPackets").doubleValue();
    }

    @Test
    void shouldTakePacketsToTheirApplicationByRfsAndSpreadThemByRps() {
        JsonNode result = json("replay", CAPTURE, "--format", "json");

        assertThat(variant(result, 0).get("packets").longValue()).isEqualTo(PACKETS);
        assertThat(onApplicationCpu(variant(result, 1))).isBetween(0.02, 0.2);
        assertThat(onApplicationCpu(variant(result, 2))).isGreaterThan(0.95);
        for (JsonNode variant : result.get("variants")) {
            assertThat(variant.get("order").get("violations").longValue()).isZero();
        }
    }

    @Test
    void shouldGiveTheSameDigestsForTheSameSeedAndOthersForAnother() {
        JsonNode once = json("replay", CAPTURE, "--format", "json");
        JsonNode again = json("replay", CAPTURE, "--format", "json");
        JsonNode other = json("replay", CAPTURE, "--format", "json", "--seed", "2");

        assertThat(again).isEqualTo(once);
        for (int i = 0; i < 3; i++) {
            assertThat(variant(other, i).get("digest"))
                    .isNotEqualTo(variant(once, i).get("digest"));
        }
    }

    @Test
    void shouldReorderOnceTheTailCheckIsSwitchedOff() {
        String[] busy = {
            "run",
            "../config/udp-stream.yaml",
            "--set",
            "application.placement=migrating:20000/s",
            "--set",
            "measure.duration=40ms",
            "--set",
            "measure.warmup=0ns",
            "--set",
            "workload.flows=20",
            "--format",
            "json",
            "--without",
            "tail-check"
        };
        JsonNode without = json(busy);
        JsonNode with = json(java.util.Arrays.copyOf(busy, busy.length - 2));

        assertThat(variant(with, 2).get("order").get("violations").longValue()).isZero();
        assertThat(variant(without, 2).get("order").get("violations").longValue())
                .isPositive();
        assertThat(variant(without, 2).get("order").get("firstViolation").stringValue())
                .isNotBlank();
    }

    @Test
    void shouldReplayACutCaptureUpToTheCutAndSaySo(@TempDir Path temp) throws IOException {
        byte[] whole;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(Path.of(CAPTURE)))) {
            whole = in.readAllBytes();
        }
        Path cut = temp.resolve("cut.pcap");
        Files.write(cut, java.util.Arrays.copyOf(whole, whole.length / 10 + 1));

        JsonNode result = json("replay", cut.toString(), "--format", "json");

        assertThat(variant(result, 0).get("partial").booleanValue()).isTrue();
        assertThat(variant(result, 0).get("packets").longValue()).isBetween(1000L, (long) PACKETS);
        assertThat(err.toString(StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("rx: warning: ")))
                .singleElement()
                .asString()
                .contains(" cut ");
    }

    @Test
    void shouldCountPacketsThatAreNotForTheHost() {
        JsonNode input = json("replay", CAPTURE, "--format", "json", "--to", "10.42.0.2,10.9.9.9")
                .get("input");

        assertThat(input.get("packetsRead").longValue()).isEqualTo(PACKETS);
        assertThat(input.get("packetsToHost").longValue()
                        + input.get("packetsToOthers").longValue())
                .isEqualTo(PACKETS);
        assertThat(input.get("timestampsOutOfOrder").longValue()).isEqualTo(247);
    }

    @Test
    void shouldReplayStandardInput() throws IOException {
        int code = rx(Files.newInputStream(Path.of(CAPTURE)), "replay", "-", "--top-speed", "--format", "csv");

        assertThat(code).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(4)
                .last()
                .asString()
                .contains("," + PACKETS + ",");
    }

    @Test
    void shouldEndWithOneLineWhenTheInputIsNoCapture() {
        int code = rx(new ByteArrayInputStream("no capture at all".getBytes(StandardCharsets.UTF_8)), "replay", "-");

        assertThat(code).isEqualTo(2);
        assertThat(out.size()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).hasLineCount(1).contains("standard input");
    }
}
