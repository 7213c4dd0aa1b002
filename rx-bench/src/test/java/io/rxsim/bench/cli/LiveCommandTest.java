package io.rxsim.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.rxsim.core.run.StopSignal;
import io.rxsim.core.virtual.VirtualEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code rx live} from its options to its report. */
class LiveCommandTest {
    private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");

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

    /** Stops once the server has answered a real client. */
    private StopSignal untilAnswered() {
        boolean[] answered = new boolean[1];
        return () -> {
            Matcher listening = LISTENING.matcher(err.toString(StandardCharsets.UTF_8));
            answered[0] |= listening.find() && ask(Integer.parseInt(listening.group(1)));
            return answered[0];
        };
    }

    @Test
    void shouldAnswerARealClientAndReportWhatHappened() {
        int code = run(
                untilAnswered(),
                "live",
                "--listen",
                "udp:127.0.0.1:0",
                "--cpus",
                "3",
                "--rps",
                "7",
                "--rfs",
                "256",
                "--format",
                "json");

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("listening on");
        assertThat(code).isZero();
        JsonNode result = JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(result.get("packets").longValue()).isEqualTo(20);
        assertThat(result.get("delivered").longValue()).isEqualTo(20);
        assertThat(result.at("/order/violations").longValue()).isZero();
        assertThat(result.at("/latencyNs/count").longValue()).isEqualTo(20);
        assertThat(result.get("brokenLaws")).isEmpty();
    }

    @Test
    void shouldRecordWhatTheVirtualEngineReplaysAndTsharkReads(@TempDir Path directory) throws Exception {
        String file = directory.resolve("live.pcapng").toString();
        int code = run(
                untilAnswered(),
                "live",
                "--listen",
                "udp:127.0.0.1:0",
                "--cpus",
                "3",
                "--rps",
                "7",
                "--rfs",
                "256",
                "--record",
                file,
                "--format",
                "json");
        assertThat(code).isZero();
        JsonNode live = JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(live.get("recorded").longValue()).isEqualTo(20);
        assertThat(live.get("notRecorded").longValue()).isZero();

        out.reset();
        assertThat(run(StopSignal.NEVER, "replay", file, "--format", "json")).isZero();
        JsonNode replayed = JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(replayed.at("/variants/2/packets").longValue()).isEqualTo(20);
        assertThat(replayed.at("/variants/2/flows/0/flow").stringValue())
                .matches("udp:127\\.0\\.0\\.1:\\d+>127\\.0\\.0\\.1:\\d+");

        assumeThat(Path.of("/usr/bin/tshark")).as("tshark is not installed").exists();
        Process tshark = new ProcessBuilder(
                        "/usr/bin/tshark",
                        "-n",
                        "-r",
                        file,
                        "-T",
                        "fields",
                        "-e",
                        "frame.interface_queue",
                        "-e",
                        "frame.comment")
                .redirectErrorStream(true)
                .start();
        assertThat(new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line ->
                                line.matches("0\\tdecision=\\w+ cpu=[0-2] head=\\d+ tail=(\\d+|inline) hash=0x.*")))
                .hasSize(20);
    }

    private static boolean ask(int port) {
        try (DatagramSocket client = new DatagramSocket()) {
            client.setSoTimeout(20_000);
            client.connect(InetAddress.getLoopbackAddress(), port);
            for (int i = 0; i < 20; i++) {
                byte[] question = {(byte) i, 1, 2};
                client.send(new DatagramPacket(question, question.length));
                DatagramPacket answer = new DatagramPacket(new byte[16], 16);
                client.receive(answer);
                assertThat(answer.getLength()).isEqualTo(3);
                assertThat(answer.getData()[0]).isEqualTo((byte) i);
            }
            return true;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --listen udp:127.0.0.1                        | no ADDRESS:PORT, allowed are numeric addresses
            --listen sctp:127.0.0.1:1                     | no address to listen on, allowed is udp:ADDRESS:PORT
            --listen udp:127.0.0.1:0 --app ecko           | --app: app=ecko is unknown, did you mean echo?
            --listen udp:127.0.0.1:0 --cpus 0             | --cpus: cpus=0, allowed is 1 to 4096
            --listen udp:127.0.0.1:0 --rps fff            | CPU 4 is not below nr_cpu_ids=4
            --listen udp:127.0.0.1:0 --wait blocked       | --wait: wait=blocked is no wait strategy, did you mean block?
            --listen udp:127.0.0.1:0 --backlog -1         | the live engine allows 0 to
            --listen udp:127.0.0.1:0 --wait busy-spin --cpus 4096 | busy-spin
            --listen udp:127.0.0.1:0 --transport kqueue   | transport=kqueue, allowed is one of epoll, io_uring, nio
            --listen udp:127.0.0.1:0 --max-connections 0  | connections=0, allowed is 1 to 1000000
            --listen udp:127.0.0.1:0 --duration 5         | duration=5
            --listen udp:127.0.0.1:0 --record /nowhere/x  | --record /nowhere/x: cannot be written: no such
            --listen tcp:192.0.2.1:0                      | --listen tcp:192.0.2.1:0:
            """)
    void shouldAnswerBadOptionsInOneLine(String options, String message) {
        int code = run(() -> true, ("live " + options).split(" "));

        assertThat(code).isEqualTo(2);
        assertThat(out.size()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .contains(message);
    }
}
