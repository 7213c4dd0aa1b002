package io.rxsim.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scenarios of config/ run, and the README shows what they print. */
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

    @ParameterizedTest
    @ValueSource(strings = {"udp-stream", "speed"})
    void shouldRun(String name) {
        String table = rx(
                "run", "../config/" + name + ".yaml", "--set", "measure.warmup=1ms", "--set", "measure.duration=5ms");

        assertThat(table).contains("RFS", "digest");
    }

    @Test
    void shouldPrintWhatTheReadmeShows() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        List<String> printed = rx("run", "../config/quickstart.yaml").lines().toList();
        List<String> shown = readme.lines()
                .dropWhile(line -> !line.startsWith("rxsim "))
                .takeWhile(line -> !line.equals("```"))
                .toList();

        assertThat(shown).hasSizeGreaterThan(20);
        assertThat(printed).containsAll(shown);
    }
}
