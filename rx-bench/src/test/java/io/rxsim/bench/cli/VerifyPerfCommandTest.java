package io.rxsim.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The text is that of perf 6.1 on a 6.18.44 host: 16 UDP sockets, each from both CPUs, over a veth with rps_cpus 3. */
@Timeout(60)
class VerifyPerfCommandTest {
    private static final String RECORDED = "/perf/net-rps-3.txt.gz";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path file;

    @BeforeEach
    void unpack() throws IOException {
        file = folder.resolve("net.txt");
        try (InputStream in =
                new GZIPInputStream(Objects.requireNonNull(getClass().getResourceAsStream(RECORDED)))) {
            Files.copy(in, file);
        }
    }

    private int run(InputStream in, String... arguments) {
        List<String> all = new ArrayList<>(List.of("verify", "perf"));
        all.addAll(List.of(arguments));
        return Main.run(
                all.toArray(String[]::new),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                in);
    }

    private int run(String... arguments) {
        return run(InputStream.nullInputStream(), arguments);
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldGiveTheCpuOfEveryPacketWithAHash() {
        assertThat(run(file.toString(), "--dev", "veth-rx", "--rps-cpus", "3")).isZero();

        assertThat(output()).containsPattern("veth-rx +63 +63 +rps 63; not compared 3: no hash in the line");
        assertThat(output()).contains("lines 575, bad 0, events lost 0, model v6.18");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void shouldShowAPacketForWhichTheSettingsAreWrong() {
        assertThat(run(file.toString(), "--dev", "veth-rx", "--rps-cpus", "1")).isEqualTo(1);

        assertThat(output())
                .containsPattern("veth-rx, line \\d+: hash [0-9a-f]+, rx-0, taken in on CPU [01]:"
                        + " the model gives CPU 0 \\(rps\\), the kernel took CPU 1");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("the kernel took CPU 1");
    }

    @Test
    void shouldNeedNoHashWhereItDecidesNothing() {
        assertThat(run(file.toString(), "--dev", "veth-tx")).isZero();

        assertThat(output()).containsPattern("veth-tx +\\d+ +\\d+ +none \\d+\n");
    }

    @Test
    void shouldNotGuessWhereRfsFollowsCallsThatAreNotInTheTrace() {
        int code = run(
                file.toString(),
                "--dev",
                "veth-rx",
                "--rps-cpus",
                "3",
                "--rps-flow-cnt",
                "64",
                "--rps-sock-flow-entries",
                "1024");

        assertThat(code).isEqualTo(1);
        assertThat(output()).contains("66: recv unknown: RFS is in force");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("rx: no packet could be compared\n");
    }

    @Test
    void shouldStillPredictWhereOneTableOfRfsIsMissing() {
        assertThat(run(file.toString(), "--dev", "veth-rx", "--rps-cpus", "3", "--rps-flow-cnt", "64"))
                .isZero();
    }

    @Test
    void shouldReadAPipeWhileItIsWritten() throws Exception {
        PipedOutputStream written = new PipedOutputStream();
        PipedInputStream pipe = new PipedInputStream(written);
        CountDownLatch done = new CountDownLatch(1);
        int[] code = new int[1];
        Thread reader = new Thread(() -> {
            code[0] = run(pipe, "-", "--dev", "veth-rx", "--rps-cpus", "1");
            done.countDown();
        });
        reader.start();
        written.write(Files.readAllBytes(file));
        written.flush();
        while (!err.toString(StandardCharsets.UTF_8).contains("the kernel took")) {
            Thread.onSpinWait();
        }
        assertThat(done.getCount()).as("still reading").isOne();
        written.close();
        done.await();

        assertThat(code[0]).isEqualTo(1);
    }

    @Test
    void shouldCountBadLinesAndGoOn() throws IOException {
        String text = Files.readString(file).replaceFirst("hash=0x[0-9a-f]{8} l4_hash=1", "hash=0xyz l4_hash=1");
        Files.writeString(file, "what is this\n" + text);

        assertThat(run(file.toString(), "--dev", "veth-rx", "--rps-cpus", "3")).isEqualTo(2);

        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith(file + ":"))
                .first()
                .asString()
                .contains(":1:1: \"what is this\" is no event of a trace");
        assertThat(output()).containsPattern("veth-rx +62 +62 ").contains("bad 2");
    }

    @Test
    void shouldCountWhatPerfLostAndWhatWasRefused() {
        String lines = """
                x 1 [000] 1.000001: net:netif_rx_entry: dev=d queue_mapping=0 skbaddr=0x1 hash=0x80000001 l4_hash=1
                x 1 [000] 1.000002: net:netif_rx_exit: ret=1
                x 1 [000] 1.000003: net:netif_rx_entry: dev=d queue_mapping=0 skbaddr=0x2 hash=0x80000001 l4_hash=0
                x 1 [000] 1.000004: net:netif_rx_exit: ret=0
                x 1 [001] 1.000005: net:netif_receive_skb: dev=d skbaddr=0x2 len=9
                x 1 [000] 1.000006: net:napi_gro_receive_entry: dev=d queue_mapping=2 skbaddr=0x3 hash=0x1 l4_hash=1
                x 1 [000] 1.000007: net:netif_receive_skb: dev=d skbaddr=0x4 len=9
                x 1 [000] 1.000008: PERF_RECORD_LOST lost 7
                """;

        assertThat(run(bytes(lines), "-", "--rps-cpus", "3")).isEqualTo(1);

        assertThat(output())
                .contains("1: refused by the backlog")
                .contains("1: hash without l4_hash: may be recomputed")
                .contains("1: not seen after steering")
                .contains("1: no entry event before it")
                .contains("events lost 7");
    }

    @Test
    void shouldSteerNothingOnAQueueThatTheDeviceDoesNotHave() {
        String lines = """
                x 1 [001] 1.000001: net:netif_receive_skb_entry: dev=d queue_mapping=3 skbaddr=0x1 hash=0x00000001 l4_hash=1
                x 1 [001] 1.000002: net:netif_receive_skb: dev=d skbaddr=0x1 len=9
                """;

        assertThat(run(bytes(lines), "-", "--rps-cpus", "1", "--queues", "2")).isZero();
        assertThat(run(bytes(lines), "-", "--rps-cpus", "1")).isEqualTo(1);
    }

    @Test
    void shouldWriteJsonAndCsv() {
        assertThat(run(file.toString(), "--dev", "veth-rx", "--rps-cpus", "3", "--format", "json"))
                .isZero();
        JsonNode json = JsonMapper.builder().build().readTree(output());
        assertThat(json.get("compared").intValue()).isEqualTo(63);
        assertThat(json.get("devices").get(0).get("reasons").get("rps").intValue())
                .isEqualTo(63);
        out.reset();

        assertThat(run(file.toString(), "--dev", "veth-rx", "--rps-cpus", "3", "--format", "csv"))
                .isZero();
        assertThat(output()).isEqualTo("""
                        device,compared,agreeing,reasons,notCompared,firstDisagreement
                        veth-rx,63,63,rps: 63,no hash in the line: 3,
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "--nr-cpus, 0, allowed is a whole number from 1 to 4096",
        "--rps-cpus, g, is not hex",
        "--rps-cpus, 123456789, EOVERFLOW",
    })
    void shouldRefuseABadOption(String option, String value, String message) {
        assertThat(run(file.toString(), option, value)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere.txt", ""})
    void shouldRefuseAFileThatIsNotThere(String name) {
        assertThat(run(name)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
