package io.rxsim.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** {@code rx verify padata}, as typed: every published row beside the model's, and the shape. */
class VerifyPadataCommandTest {
    @Test
    void shouldPrintEveryPublishedRowBesideTheModelsAndHoldTheShape() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);

        int code = Main.run(new String[] {"verify", "padata"}, to, to, InputStream.nullInputStream());

        String table = out.toString(StandardCharsets.UTF_8);
        assertThat(code).as(table).isZero();
        assertThat(table.lines().filter(line -> line.matches("\\d+( +\\S+( %)?){8}")))
                .hasSize(48);
        assertThat(table)
                .contains("\nidle machine, decryption, mode 211: one request outstanding\n")
                .contains("\nbusy machine, encryption, mode 215: many requests outstanding\n")
                .containsPattern("\n8192 +1000 +1\\d{3} .* 86173 ")
                .contains("shape: published, modelled, allowed");
    }
}
