package io.rxsim.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.run.StopSignal;
import io.rxsim.core.virtual.VirtualEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code rx replay --live} from its options to its report. */
class LiveReplayCommandTest {
    private static final String REDIS = "../config/captures/redis.pcap.gz";

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(StopSignal stop, String... arguments) {
        CommandContext context = new CommandContext(
                new VirtualEngine(),
                stop,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                InputStream.nullInputStream());
        return Main.commandLine(context).execute(arguments);
    }

    private JsonNode variant() {
        JsonNode variants = JsonMapper.shared()
                .readTree(out.toString(StandardCharsets.UTF_8))
                .get("variants");
        assertThat(variants).hasSize(1);
        return variants.get(0);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** A capture of so many datagrams of one flow, a tenth of a second apart. */
    private String capture(int packets) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(24 + packets * (16 + 28));
        file.putInt(0xa1b2_3c4d)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(65_535)
                .putInt(101);
        for (int i = 0; i < packets; i++) {
            file.putInt(100 + i / 10).putInt(i % 10 * 100_000_000).putInt(28).putInt(128);
            file.putShort((short) 0x4500)
                    .putShort((short) 128)
                    .putInt(0)
                    .putShort((short) 0x4011)
                    .putShort((short) 0);
            file.putInt(0x0a00_0001).putInt(0x0a00_0002);
            file.putShort((short) 1234)
                    .putShort((short) 80)
                    .putShort((short) 108)
                    .putShort((short) 0);
        }
        Path path = directory.resolve("capture.pcap");
        Files.write(path, file.array());
        return path.toString();
    }

    @Test
    void shouldSendEveryPacketOfACaptureOnceAndSayWhatBecameOfIt() throws IOException {
        int code = run(StopSignal.NEVER, "replay", capture(20), "--live", "--speed", "100", "--format", "json");

        assertThat(errors()).doesNotContain("BROKEN");
        assertThat(code).isZero();
        JsonNode variant = variant();
        assertThat(variant.get("name").stringValue()).isEqualTo("RFS");
        assertThat(variant.get("sent").longValue()).isEqualTo(20);
        assertThat(variant.get("received").longValue()
                        + variant.get("lostInSocketBuffers").longValue())
                .isEqualTo(20);
        assertThat(variant.get("packets")).isEqualTo(variant.get("received"));
        assertThat(variant.get("capturedDurationNs").longValue()).isEqualTo(1_900_000_000L);
        assertThat(variant.get("scheduledDurationNs").longValue()).isEqualTo(19_000_000L);
        assertThat(variant.get("durationNs").longValue()).isGreaterThanOrEqualTo(19_000_000L);
        assertThat(variant.at("/scheduleErrorNs/count").longValue()).isEqualTo(20);
        assertThat(variant.get("onTime").booleanValue())
                .isEqualTo(variant.at("/scheduleErrorNs/p99").longValue() <= 1_000_000);
        assertThat(variant.at("/order/violations").longValue()).isZero();
    }

    @Test
    void shouldCarryACaptureOfConnectionsAsConnectionsAndKeepTheResult() throws IOException {
        int code = run(StopSignal.NEVER, "replay", REDIS, "--live", "--tcp", "--top-speed", "-o", directory.toString());

        assertThat(errors()).doesNotContain("BROKEN", "violated");
        assertThat(code).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern("received by the engine +1\\n")
                .containsPattern("pieces out of place +0\\n");
        assertThat(directory.resolve("result.json")).isNotEmptyFile();
        assertThat(directory.resolve("table.txt")).content().isEqualTo(out.toString(StandardCharsets.UTF_8));
        assertThat(directory.resolve("RFS.schedule-error.hgrm")).exists();
    }

    @Test
    void shouldShowWhatWasMeasuredWhenInterrupted() throws IOException {
        int[] asked = new int[1];
        int code = run(() -> ++asked[0] > 3, "replay", capture(1000), "--live", "--format", "json");

        assertThat(code).isEqualTo(130);
        assertThat(variant().get("partial").booleanValue()).isTrue();
        assertThat(variant().get("sent").longValue()).isLessThan(1000);
        assertThat(errors()).contains("interrupted: results are partial");
    }

    @Test
    void shouldPlayACaptureWithoutPackets() throws IOException {
        assertThat(run(StopSignal.NEVER, "replay", capture(0), "--live", "--format", "json"))
                .isZero();
        assertThat(variant().get("sent").longValue()).isZero();
        assertThat(variant().get("onTime").booleanValue()).isTrue();
    }

    @Test
    void shouldPlayAnOpenLoopOfAScenarioInRealTimeUnderEveryVariant() {
        int code = run(
                StopSignal.NEVER,
                "run",
                "../config/udp-stream.yaml",
                "--engine",
                "live",
                "--set",
                "workload.rate=5k/s",
                "--set",
                "workload.flows=20",
                "--set",
                "measure.duration=100ms",
                "--format",
                "json");

        assertThat(errors()).contains("not applied: application").doesNotContain("BROKEN");
        assertThat(code).isZero();
        JsonNode variants = JsonMapper.shared()
                .readTree(out.toString(StandardCharsets.UTF_8))
                .get("variants");
        assertThat(variants).hasSize(3);
        for (JsonNode variant : variants) {
            assertThat(variant.get("sent")).isEqualTo(variants.get(0).get("sent"));
            assertThat(variant.get("sent").longValue()).isBetween(400L, 700L);
            assertThat(variant.get("received").longValue()
                            + variant.get("lostInSocketBuffers").longValue())
                    .isEqualTo(variant.get("sent").longValue());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --engine live ../config/rps-netperf.yaml           | workload.test waits for answers, allowed are open loops
            --engine live ../config/arfs.yaml                  | needs a modelled NIC, allowed are none, rps and rfs
            --engine live ../config/udp-stream.yaml --repeat 2 | repeat=2, allowed is 1
            --engine real ../config/udp-stream.yaml            | engine=real is unknown
            """)
    void shouldSayWhichScenariosItCannotPlay(String arguments, String message) {
        int code = run(StopSignal.NEVER, ("run " + arguments).split(" +"));

        assertThat(code).isEqualTo(2);
        assertThat(errors().lines()).singleElement().asString().contains(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --pps 1000                       | --pps: only with --live
            --tcp                            | --tcp: only with --live
            --live --pps 1.5                 | --pps: pps=1.5, allowed is a whole number
            --live --pps 10 --top-speed      | --live: allowed is one of --speed, --pps and --top-speed
            --live --speed fast              | --speed: speed=fast
            --live --service 5us             | --service: not with --live, where the work is real
            --live --repeat 3                | --repeat: not with --live, where the work is real
            """)
    void shouldAnswerBadOptionsInOneLine(String options, String message) {
        int code = run(StopSignal.NEVER, ("replay " + REDIS + " " + options).split(" +"));

        assertThat(code).isEqualTo(2);
        assertThat(out.size()).isZero();
        assertThat(errors().lines()).singleElement().asString().contains(message);
    }
}
