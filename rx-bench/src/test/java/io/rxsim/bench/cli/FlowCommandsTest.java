package io.rxsim.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code rx explain} and {@code rx hash}. */
class FlowCommandsTest {
    private static final String TCP = "tcp:10.0.0.1:1234>10.0.0.2:80";
    private static final String KEY = "000102030405060708090a0b0c0d0e0f";
    private static final String MICROSOFT_KEY =
            "6d5a56da255b0ec24167253d43a38fb0d0ca2bcbae7b30b477cb2da38030f20c6a42b73bbeac01fa";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int rx(String input, String... args) {
        return Main.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldHashAsTheKernelDoes() {
        assertThat(rx("", "hash", TCP, "--siphash-key", KEY)).isZero();

        assertThat(out()).isEqualTo("input,hash\n" + TCP + ",6ce42071\n");
        assertThat(err()).isEmpty();
    }

    @Test
    void shouldSayWhichKeyItUsesWhenNoneIsGiven() {
        assertThat(rx("", "hash", TCP)).isZero();

        assertThat(out()).endsWith(",6ce42071\n");
        assertThat(err()).isEqualTo("rx: no --siphash-key given: key bytes 00..0f are used, a kernel draws its own\n");
    }

    @Test
    void shouldHashAsANicDoes() {
        rx("", "hash", "tcp:66.9.149.187:2794>161.142.100.80:1766", "--toeplitz-key", MICROSOFT_KEY);

        assertThat(out()).endsWith(",51ccc178\n");
    }

    @Test
    void shouldHashAsTheKernelOf2010Did() {
        rx("", "hash", TCP, "--jhash-secret", "12345678", "--kernel", "v2.6.35");

        assertThat(out()).endsWith(",d5175613\n");
    }

    @Test
    void shouldAnswerEveryLineAndEndWithTwoAfterABadOne() {
        String input = "input,comment\n" + TCP + ",the first field counts\nnonsense\n\n\"hash:0x51ccc178\",x\n";

        assertThat(rx(
                        input,
                        "explain",
                        "--kernel",
                        "v6.18",
                        "--nr-cpus",
                        "4",
                        "--rps-cpus",
                        "f",
                        "--format",
                        "csv",
                        "--siphash-key",
                        KEY))
                .isEqualTo(2);

        assertThat(out())
                .isEqualTo("input,hash,index,cpu,reason\n" + TCP + ",6ce42071,1,1,rps\nnonsense,,,,error\n"
                        + "hash:0x51ccc178,51ccc178,1,1,rps\n");
        assertThat(err())
                .startsWith("standard input:3:9: ':' behind the protocol is missing")
                .hasLineCount(1);
    }

    @Test
    void shouldLeaveTheHashOfABadLineEmpty() {
        assertThat(rx("x\n" + TCP, "hash", "--siphash-key", KEY)).isEqualTo(2);

        assertThat(out()).isEqualTo("input,hash\nx,\n" + TCP + ",6ce42071\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --rps-cpus f                                                      | 1,1,rps
            --rps-cpus 0                                                      | ,,none
            --rps-cpus e                                                      | 0,1,rps
            --rps-cpus f --desired 2                                          | ,2,migrated
            --rps-cpus f --desired 2 --current 2                              | ,2,match
            --rps-cpus f --desired 2 --current 1 --head 2 --last-qtail 3      | ,1,held
            --rps-cpus f --desired 2 --current 1 --head 3 --last-qtail 3      | ,2,migrated
            --rps-cpus f --desired 2 --current 1 --head 0 --last-qtail 4294967295 | ,2,migrated
            --rps-cpus f --desired 2 --current 1 --head 2 --last-qtail 3 --without tail-check | ,2,migrated
            --rps-cpus f --current 1                                          | 1,1,fallback
            --rps-cpus 0 --current 1                                          | ,,fallback
            --rps-cpus f --desired 2 --current 3 --online 7                   | ,2,migrated
            """)
    void shouldDecideAsTheKernelDoes(String options, String expected) {
        List<String> args = new ArrayList<>(List.of("explain", "hash:0x51ccc178", "--nr-cpus", "4", "--format", "csv"));
        args.addAll(List.of(options.strip().split(" ")));

        assertThat(rx("", args.toArray(String[]::new))).isZero();

        assertThat(out()).isEqualTo("input,hash,index,cpu,reason\nhash:0x51ccc178,51ccc178," + expected + "\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --kernel v2.6.35 --current 1 --last-qtail 5            | held: CPU 1, not yet the RPS map: CPU 1 still holds packets that would be overtaken
            --desired 2 --current 3 --online 7 --last-qtail 5      | migrated: CPU 2, where the application is; the old CPU is offline
            --desired 2 --current 1 --last-qtail 5 --without tail-check | migrated: CPU 2, where the application is; the old CPU still holds packets that may be overtaken, the tail check is switched off
            """)
    void shouldGiveTheReasonThatDecided(String options, String verdict) {
        List<String> args = new ArrayList<>(List.of("explain", "hash:0x51ccc178", "--nr-cpus", "4", "--rps-cpus", "f"));
        args.addAll(List.of(options.strip().split(" +")));

        assertThat(rx("", args.toArray(String[]::new))).isZero();

        assertThat(out()).endsWith("verdict          " + verdict + "\n");
    }

    @Test
    void shouldAnswerABadFlowWithOneLineOnly() {
        assertThat(rx("", "explain", "tcp:1", "--desired", "1")).isEqualTo(2);
        assertThat(rx("", "explain", "hash:0x1", "--desired", "9")).isEqualTo(2);
        assertThat(rx("", "hash", "tcp:1")).isEqualTo(2);

        assertThat(err()).hasLineCount(3);
        assertThat(out()).isEmpty();
    }

    @Test
    void shouldExplainADecisionStepByStep() {
        rx(
                "",
                "explain",
                TCP,
                "--nr-cpus",
                "4",
                "--rps-cpus",
                "f",
                "--desired",
                "2",
                "--current",
                "1",
                "--head",
                "2",
                "--last-qtail",
                "3",
                "--rss-key",
                MICROSOFT_KEY,
                "--siphash-key",
                KEY);

        assertThat(out()).isEqualTo("""
                        flow             tcp:10.0.0.1:1234>10.0.0.2:80
                        kernel           v6.18, 4 CPUs, online f
                        flow hash        6ce42071 (SipHash)
                        RSS hash         e7c0c84a (Toeplitz), bucket 74 of 128
                        RX queue         rx-0
                        interrupt        CPU 0
                        RPS map          rps_cpus f: 4 CPU(s), index 1 is CPU 1 (not consulted)
                        RFS desired CPU  CPU 2
                        RFS current CPU  CPU 1 (slot 25284 of rx-0)
                        drained?         head 2 of CPU 1 minus last_qtail 3 is -1: no
                        verdict          held: CPU 1, not yet CPU 2: CPU 1 still holds packets that would be overtaken
                        """);
    }

    @Test
    void shouldExplainInJson() {
        rx("", "explain", "hash:0x51ccc178", "--nr-cpus", "4", "--format", "json");

        assertThat(out())
                .isEqualTo("{\"input\":\"hash:0x51ccc178\",\"hash\":\"51ccc178\",\"index\":null,\"cpu\":null,"
                        + "\"reason\":\"none\"}\n");
    }
}
