package io.rxsim.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.run.RunDigest;
import io.rxsim.core.run.RunResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scenarios of config/ give the digests that are committed, and the README shows what one prints. */
class ShippedScenarioTest {
    private static String rx(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                InputStream.nullInputStream());
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Variants and digests of the committed list, by scenario. */
    private static Map<String, List<String>> committed() throws IOException {
        Map<String, List<String>> digests = new TreeMap<>();
        try (InputStream in = ShippedScenarioTest.class.getResourceAsStream("shipped-digests.txt")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                String[] fields = line.split(" ");
                digests.computeIfAbsent(fields[0], name -> new ArrayList<>()).add(fields[1] + " " + fields[2]);
            }
        }
        return digests;
    }

    static Stream<String> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "config"))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    /** A run of a shipped scenario; an open loop is cut short. */
    private static String[] run(String scenario) throws IOException {
        Path file = Path.of("..", "config", scenario);
        List<String> command = new ArrayList<>(List.of("run", file.toString(), "--format", "csv"));
        boolean matrix = Files.readString(file).contains("\nmatrix:");
        if (matrix) {
            command.addAll(List.of("--set", "measure.warmup=100us", "--set", "measure.duration=500us"));
            command.addAll(List.of("-o", Files.createTempDirectory("rxsim").toString()));
        } else if (Files.readString(file).contains("test:")) {
            command.addAll(List.of("--set", "measure.warmup=1ms", "--set", "measure.duration=5ms"));
        }
        return command.toArray(String[]::new);
    }

    private static List<String> digests(String csv) {
        List<String> lines = csv.lines().toList();
        List<String> names = List.of(lines.get(0).split(","));
        Map<String, List<String>> byName = new LinkedHashMap<>();
        lines.stream()
                .skip(1)
                .map(line -> line.split(","))
                .forEach(fields -> byName.computeIfAbsent(fields[names.indexOf("name")], name -> new ArrayList<>())
                        .add(fields[names.indexOf("digest")]));
        List<String> digests = new ArrayList<>();
        byName.forEach((name, all) -> digests.add(name + " " + folded(all)));
        return digests;
    }

    /** The digest, or of the cells of a matrix the fold of all. */
    private static String folded(List<String> digests) {
        if (digests.size() == 1) {
            return digests.get(0);
        }
        RunDigest fold = new RunDigest();
        digests.forEach(digest -> fold.fold(Long.parseUnsignedLong(digest, 16)));
        return RunResult.digestText(fold.value());
    }

    @Test
    void shouldFindReorderingWithoutTheTailCheckAndNoneWithIt() {
        List<String> lines = rx("run", "../config/tail-check.yaml", "--format", "csv")
                .lines()
                .toList();
        int violations = List.of(lines.get(0).split(",")).indexOf("order.violations");

        assertThat(lines.get(1).split(",")[violations]).isEqualTo("0");
        assertThat(Integer.parseInt(lines.get(2).split(",")[violations])).isPositive();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void shouldKeepItsDigestsUnlessTheChangelogSaysWhyNot(String scenario) throws IOException {
        assertThat(digests(rx(run(scenario)))).isEqualTo(committed().get(scenario));
    }

    @Test
    void shouldGiveTheSameDigestsWithoutIntrinsicsInAnotherLocaleAndTimeZone() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-UseLibmIntrinsic",
                "-Duser.language=tr",
                "-Duser.country=TR",
                "-Duser.timezone=Pacific/Chatham",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(run("udp-stream.yaml")));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String csv = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(digests(csv)).isEqualTo(committed().get("udp-stream.yaml"));
    }

    @Test
    void shouldPrintWhatTheReadmeShows() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        List<String> printed = rx("run", "../config/rfs-rpc.yaml").lines().toList();
        List<String> shown = readme.lines()
                .dropWhile(line -> !line.startsWith("rxsim "))
                .takeWhile(line -> !line.equals("```"))
                .toList();

        assertThat(shown).hasSizeGreaterThan(20);
        assertThat(printed).containsAll(shown);
    }
}
