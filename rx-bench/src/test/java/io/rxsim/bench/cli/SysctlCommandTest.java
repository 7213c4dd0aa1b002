package io.rxsim.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SysctlCommandTest {
    private static final String HEADER = "input,ret,errno,readback\n";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int rx(String input, String... args) {
        return Main.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldLetEachLineStartFromTheStateOfTheOneBefore() {
        int code = rx(
                "net.core.netdev_budget=50 60\nnetdev_budget=\nnet/core/netdev_budget=x\nrps_cpus=3\\n\\x00zz\nrps_cpus=\n",
                "sysctl",
                "--nr-cpus",
                "2");

        assertThat(out)
                .hasToString(HEADER
                        + "net.core.netdev_budget=50 60,3,,50\n"
                        + "netdev_budget=,0,,50\n"
                        + "net/core/netdev_budget=x,-1,EINVAL,50\n"
                        + "rps_cpus=3\\n\\x00zz,5,,3\n"
                        + "rps_cpus=,0,,3\n");
        assertThat(code).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void shouldStartEachLineAnewWithIndependentAndBefore() {
        assertThat(rx("netdev_budget=5\nnetdev_budget=\n", "sysctl", "--independent"))
                .isZero();
        assertThat(rx("rps_flow_cnt=5\nrps_flow_cnt=\n", "sysctl", "--before", "64"))
                .isZero();

        assertThat(out)
                .hasToString(HEADER
                        + "netdev_budget=5,1,,5\nnetdev_budget=,0,,300\n"
                        + HEADER
                        + "rps_flow_cnt=5,1,,8\nrps_flow_cnt=,0,,64\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rps_cpus=zz                         | rps_cpus=zz,-1,EINVAL,0                          | 2
            net.core.rps_sock_flow_entries=100  | net.core.rps_sock_flow_entries=100,3,,128        | 0
            threaded=2                          | threaded=2,-1,EOPNOTSUPP,0                       | 2
            rps_flow_cnt=18446744073709551616   | rps_flow_cnt=18446744073709551616,-1,ERANGE,0    | 2
            """)
    void shouldAnswerOneWrite(String write, String row, int code) {
        assertThat(rx("", "sysctl", "--nr-cpus", "2", write)).isEqualTo(code);
        assertThat(out).hasToString(HEADER + row + "\n");
    }

    @Test
    void shouldKnowWhichKernelHasWhichFile() {
        assertThat(rx("rps_default_mask=1\nthreaded=1\nrps_flow_cnt=12abc\n", "sysctl", "--kernel", "v2.6.35"))
                .isEqualTo(2);
        assertThat(out)
                .hasToString(
                        HEADER + "rps_default_mask=1,-1,ENOENT,\nthreaded=1,-1,ENOENT,\nrps_flow_cnt=12abc,5,,16\n");
        assertThat(err).hasToString("""
                        standard input:1: rps_default_mask does not exist in v2.6.35
                        standard input:2: threaded does not exist in v2.6.35
                        """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            netdev_bugdet=1  | unknown setting netdev_bugdet, did you mean net.core.netdev_budget?
            netdev_budget    | = is missing
            rps_cpus=\\q     | escape \\q, allowed are
            rps_cpus=\\x1    | escape \\x1, allowed are
            """)
    void shouldSayWhatCannotBeAskedAndGoOn(String line, String message) {
        assertThat(rx(line + "\nnetdev_budget=1\n", "sysctl")).isEqualTo(2);
        assertThat(out).hasToString(HEADER + line + ",,,\nnetdev_budget=1,1,,1\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("standard input:1: " + message);
    }
}
