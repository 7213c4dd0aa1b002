package io.rxsim.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.bench.report.Results;
import io.rxsim.core.run.Engine;
import io.rxsim.core.run.StopSignal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private static final String QUICKSTART = "../config/quickstart.yaml";

    private record Outcome(int code, String out, String err) {}

    private static Outcome rx(Engine engine, StopSignal stop, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                args,
                engine,
                stop,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                InputStream.nullInputStream());
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Outcome rx(String... args) {
        return rx(Results.engine(false), StopSignal.NEVER, args);
    }

    @Test
    void shouldRunAScenarioAndPrintResultsOnStandardOutputOnly() {
        Outcome outcome = rx("run", QUICKSTART);

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("none", "RPS", "RFS", "p99.99", "digest");
        assertThat(outcome.err().lines()).allSatisfy(line -> assertThat(line).startsWith("rx: warning: "));
    }

    @Test
    void shouldReplayWithDefaultsThatItShows() {
        Outcome outcome = rx("replay", "../config/captures/redis.pcap.gz");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out().replaceAll("\\s+", " "))
                .contains("defaults: queues.rx-*.rps_cpus=ffe queues.rx-*.rps_flow_cnt=32768"
                        + " sysctl.net.core.rps_sock_flow_entries=32768 kernel=v6.18")
                .contains("workload.speed=1", "workload.max_flows=1000000", "application.placement=pinned");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            frob                              | rx: unknown command frob, allowed: run, replay, live, explain, hash, ports, sysctl, verify, bench, generate-completion; see rx --help
            rnu                               | rx: unknown command rnu, did you mean run?, allowed: run, replay, live, explain, hash, ports, sysctl, verify, bench, generate-completion; see rx --help
            run                               | rx run: Missing required parameter: 'SCENARIO'; see rx run --help
            run --seeed 3                     | rx run: unknown option --seeed, did you mean --seed?; see rx run --help
            run a b                           | rx run: unexpected argument b; see rx run --help
            run a --seed                      | rx run: Missing required parameter for option '--seed' (N); see rx run --help
            run nofile.yaml                   | nofile.yaml: cannot be read: no such file
            run .                             | .: is a directory, a YAML file is expected
            run ../config/quickstart.yaml --format xml       | --format: format=xml is unknown, allowed: table, json, csv, softnet_stat
            run ../config/quickstart.yaml --set nic          | --set nic: expected KEY=VALUE, e.g. --set nic.ring=512
            run ../config/quickstart.yaml --set nic.ring=x   | --set nic.ring=x: ring=x, allowed is a whole number from 1 to 65536
            run ../config/quickstart.yaml --set variants=[]  | --set variants=[]: variants can only be given in the file
            run ../config/quickstart.yaml --repeat 0         | --repeat: repeat=0, allowed is a whole number from 1 to 1000
            run ../config/quickstart.yaml --seed 1e3         | --seed: seed=1e3, allowed is a whole number from -999999999999999999 to 999999999999999999
            replay nofile                                    | CAPTURE: capture=nofile: nofile: no such file, a pcap or pcapng file is needed
            replay ../config/captures/redis.pcap.gz --rps-cpus 0x3  | --rps-cpus: rps_cpus=0x3 (EINVAL: 'x' in mask "0x3" is not hex), allowed are hex groups of 32 CPUs, e.g. fff for all 12
            replay ../config/captures/redis.pcap.gz --speed 0       | --speed: speed=0, allowed is a number from 0.000001 to 1000000 with up to 6 decimals
            replay ../config/captures/redis.pcap.gz --to 10.0.0.300 | --to: to=10.0.0.300: column 8: IPv4 address must have four numbers from 0 to 255 without leading zeros, allowed is ADDRESS[,ADDRESS...]
            replay ../config/captures/redis.pcap.gz --service 5     | --service: service=5, allowed is 0ns to 60s in whole nanoseconds, with a unit: ns, us, ms, s, m, h
            replay ../config/captures/redis.pcap.gz --host mars     | --host: host=mars: no such file, allowed are a file or a shipped host: e5-1650v4, xeon-2x4-2009, xeon-e5450-2x4
            explain hash:0x1 --nr-cpus 0                     | --nr-cpus 0: allowed is a whole number from 1 to 4096
            explain hash:0x1 --desired 8                     | --desired 8: allowed is a whole number from 0 to 7
            explain hash:0x1 --head 8                        | --head and --last-qtail belong to the flow's slot: --current CPU is missing
            bench sterring                                   | NAME: bench=sterring is unknown, did you mean steering?, allowed: steering, hash, dissector, classify, capture, calendar, backlog, ports, engine, cipher, padata, live
            bench --format csv                               | --format: format=csv is unknown, allowed: table, json
            hash hash:0x1 --kernel v2.6.34                   | --kernel: v2.6.34 has neither RPS nor RFS, allowed are v2.6.35 and later
            hash hash:0x1 --kernel v5                        | --kernel: kernel=v5 is not modelled, allowed are [v6.18, v2.6.35, v2.6.34]
            hash hash:0x1 --siphash-key 00                   | --siphash-key 00: allowed are 16 bytes in hex, colons between them or not
            hash hash:0x1 --jhash-secret 1 --kernel v6.18    | --jhash-secret: v6.18 has another hash, allowed is --siphash-key
            """)
    void shouldAnswerBadUsageAndBadInputWithOneLine(String command, String message) {
        Outcome outcome = rx(command.split(" "));

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        String last =
                outcome.err().strip().lines().reduce((first, second) -> second).orElse("");
        assertThat(last.replaceFirst("no such file \\S+,", "no such file,")).isEqualTo(message);
    }

    @Test
    void shouldRefuseAnEmptyNameRatherThanWriteToTheCurrentDirectory() {
        Outcome outcome = rx("run", QUICKSTART, "-o", "");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).isEqualTo("-o: is empty, a name is needed\n");
    }

    @Test
    void shouldRefuseADirectoryThatCannotBeMade(@TempDir Path temp) throws IOException {
        Path file = Files.createFile(temp.resolve("file"));

        Outcome outcome = rx("run", QUICKSTART, "-o", file.toString());

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .isEqualTo("-o " + file + ": cannot be made: a file is in the way, a directory is expected\n");
    }

    @Test
    void shouldKeepARunThatCanBeRunAgainFromItsDirectory(@TempDir Path temp) throws IOException {
        Path first = temp.resolve("first");
        Path second = temp.resolve("second");

        assertThat(rx("run", QUICKSTART, "--seed", "9", "-o", first.toString()).code())
                .isZero();
        assertThat(rx("run", first.resolve("scenario.yaml").toString(), "-o", second.toString())
                        .code())
                .isZero();

        assertThat(second.resolve("result.json")).hasSameTextualContentAs(first.resolve("result.json"));
        assertThat(second.resolve("scenario.yaml")).hasSameTextualContentAs(first.resolve("scenario.yaml"));
    }

    @Test
    void shouldPrintWhatWasMeasuredWhenInterrupted() {
        Outcome outcome = rx(Results.engine(false), () -> true, "run", QUICKSTART, "--format", "json");

        assertThat(outcome.code()).isEqualTo(130);
        assertThat(outcome.out()).contains("\"partial\" : true");
        assertThat(outcome.err()).endsWith("rx: interrupted: results are partial, 1 of 3 variants ran\n");
    }

    @Test
    void shouldFailWhenOrderIsViolatedUnderAKernelsOwnRules() {
        Outcome violated = rx(Results.engine(true), StopSignal.NEVER, "replay", "../config/captures/redis.pcap.gz");
        Outcome ablated = rx(Results.engine(true), StopSignal.NEVER, "run", QUICKSTART, "--without", "tail-check");

        assertThat(violated.code()).isEqualTo(1);
        assertThat(violated.out()).contains("violations of order");
        assertThat(violated.err().lines().filter(line -> line.startsWith("rx: order is violated in variant ")))
                .hasSize(3)
                .first()
                .asString()
                .startsWith("rx: order is violated in variant none, seed 1: flow 1");
        assertThat(ablated.code()).isZero();
        assertThat(ablated.err()).doesNotContain("violated");
    }

    @Test
    void shouldReportAnEngineThatFailsInOneLine() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                new String[] {"run", QUICKSTART},
                (scenario, observer, stop) -> {
                    throw new IllegalStateException("seed=42 variant=none:\n lost a packet");
                },
                StopSignal.NEVER,
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(new byte[0]));

        assertThat(code).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("rx: failed: seed=42 variant=none: lost a packet\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run", "replay", "explain", "hash", "verify", "bench"})
    void shouldHelpWithAnExample(String command) {
        Outcome outcome = command.isEmpty() ? rx("--help") : rx(command, "--help");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).startsWith("Usage: rx").contains("Example", "rx " + command);
        assertThat(outcome.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @Test
    void shouldNameItsVersionAndCompleteItsCommands() {
        assertThat(rx("--version").out()).matches("rxsim \\d+\\.\\d+\\.\\d+\\S*\n");
        assertThat(rx("generate-completion").out()).contains("--rps-cpus");
    }
}
