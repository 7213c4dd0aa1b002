package io.rxsim.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code rx ports}. */
class PortsCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

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
    void shouldPrintNormalFormsOrTheErrnoWithTheColumn() {
        assertThat(rx("8080,9148,30000-30010,8081\n5-3\n1,2,\n", "ports", "parse"))
                .isEqualTo(2);

        assertThat(out()).isEqualTo("8080-8081,9148,30000-30010\nEINVAL at column 3\n1-2\n");
        assertThat(err()).isEqualTo("standard input:2:3: 3 is below 5, a range has its lower port first\n");
    }

    @Test
    void shouldUnderstandEscapesAndSayWhenAListTakesSeveralWrites() {
        assertThat(rx("", "ports", "parse", "\\n1-3,\\n7\\x0a")).isZero();
        assertThat(out()).isEqualTo("1-3,7\n");
        assertThat(rx("", "ports", "parse", "1000,".repeat(2000) + "7")).isZero();
        assertThat(err()).contains("takes 3 writes");
        assertThat(rx("", "ports", "parse", "1\\q")).isEqualTo(2);
        assertThat(err()).contains("column 2: unknown escape");
    }

    @Test
    void shouldParseAsCsvAndJson() {
        assertThat(rx("1-3\nx\n", "ports", "parse", "--format", "csv")).isEqualTo(2);
        assertThat(out()).isEqualTo("input,ports,errno,column\n1-3,1-3,,\nx,,EINVAL,1\n");
        out.reset();
        assertThat(rx("", "ports", "parse", "--format", "json", "5,4")).isZero();
        assertThat(out()).contains("\"ports\" : \"4-5\"");
    }

    @Test
    void shouldPlanTheSmallestReservation() {
        assertThat(rx(
                        "",
                        "ports",
                        "plan",
                        "--range",
                        "32768-60999",
                        "--services",
                        "8080,35000,40000-40100",
                        "--churn",
                        "500/s",
                        "--destinations",
                        "20"))
                .isZero();

        assertThat(out())
                .containsPattern("reservation +35000,40000-40100\n")
                .containsPattern("ports left +28130\n")
                .containsPattern("apply +sysctl -w net.ipv4.ip_local_reserved_ports=35000,40000-40100\n")
                .containsPattern("revert +sysctl -w net.ipv4.ip_local_reserved_ports=\"\"\n")
                .doesNotContain("warning");
    }

    @ParameterizedTest
    @CsvSource({
        "500/s, 1, need more ports than are left",
        "400/s, 1, near exhaustion",
        "250/s, 1, every connect searches",
    })
    void shouldWarnNearExhaustion(String churn, String destinations, String warning) {
        rx("", "ports", "plan", "--services", "35000", "--churn", churn, "--destinations", destinations);
        assertThat(out()).contains(warning);
    }

    @Test
    void shouldWriteALongListInPartsOnOneOpenFile() {
        StringBuilder services = new StringBuilder();
        for (int port = 33000; port < 36000; port += 2) {
            services.append(port).append(',');
        }
        rx("", "ports", "plan", "--services", services.toString());
        assertThat(out()).containsPattern("apply +\\{ printf '%s\\\\n' '33000,").contains("; } > /proc/sys/net/ipv4/");
    }

    @Test
    void shouldSayWhatCollides() {
        assertThat(rx(
                        "",
                        "ports",
                        "check",
                        "--range",
                        "32768-60999",
                        "--reserved",
                        "35000",
                        "--services",
                        "8080,30000-32767,35000,40000",
                        "--churn",
                        "0.01/s"))
                .isEqualTo(1);
        // 864 connects a day over 14115 even ports
        assertThat(out())
                .containsPattern("8080 +out of range +0.0000")
                .containsPattern("35000 +reserved +0.0000")
                .containsPattern("40000 +at risk +0.0594 ");
        assertThat(rx("", "ports", "check", "--services", "8080")).isZero();
    }

    @Test
    void shouldSimulateTheSameForTheSameSeedAndShowExhaustionAsFailures() {
        String[] exhausted = {
            "ports", "simulate", "--range", "40000-40099", "--churn", "10/s", "--duration", "60s", "--services", "40000"
        };
        assertThat(rx("", exhausted)).isEqualTo(1);
        String first = out();
        assertThat(first)
                .containsPattern("by errno +\\{EADDRNOTAVAIL=\\d+\\}")
                .containsPattern("TIME_WAIT at most +\\d\\d");
        out.reset();
        rx("", exhausted);
        assertThat(out()).isEqualTo(first);
        out.reset();
        assertThat(rx("", "ports", "simulate", "--duration", "10s", "--format", "csv"))
                .isZero();
        assertThat(out()).startsWith("ports,lowParity,otherParity\n32768-34532,");
    }

    @Test
    void shouldReadAHostFromProcfs() throws IOException {
        Path ipv4 = Files.createDirectories(folder.resolve("sys/net/ipv4"));
        Files.writeString(ipv4.resolve("ip_local_port_range"), "32768\t60999\n");
        Files.writeString(ipv4.resolve("ip_local_reserved_ports"), "40000\n");
        Path net = Files.createDirectories(folder.resolve("net"));
        Files.writeString(net.resolve("tcp"), """
                  sl  local_address rem_address   st tx_queue
                   0: 00000000:9C40 00000000:0000 0A 0
                   1: 00000000:9C42 00000000:0000 0A 0
                   2: 0100007F:8001 0200007F:0050 06 0
                   3: 0100007F:8003 0200007F:0050 01 0
                """);
        assertThat(rx("", "ports", "host", "--proc", folder.toString())).isEqualTo(1);
        assertThat(out())
                .containsPattern("listening, TCP and UDP +40000,40002\n")
                .containsPattern("at risk +40002\n")
                .containsPattern("apply +sysctl -w net.ipv4.ip_local_reserved_ports=40000,40002\n")
                .containsPattern("revert +sysctl -w net.ipv4.ip_local_reserved_ports=40000\n")
                .containsPattern("TIME_WAIT +1\n")
                .containsPattern("127.0.0.2:80 +2 ");
        assertThat(rx("", "ports", "host", "--proc", folder.resolve("none").toString()))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "plan, --services, 5-3, '--services:3: '",
        "plan, --range, 5, '--range 5: expected two ports'",
        "plan, --range, 9-3, '--range 9-3: '",
        "plan, --churn, x, '--churn: churn=x, allowed is'",
        "plan, --destinations, 0, '--destinations 0: allowed is 1 to 65536'",
        "simulate, --tcp-tw-reuse, 3, '--tcp-tw-reuse 3: allowed is'",
        "simulate, --close, x, '--close: close=x is unknown'",
        "check, --reserved, x, '--reserved:1: '",
        "parse, --format, xml, '--format: format=xml is unknown'",
    })
    void shouldRefuseBadInputInOneLine(String command, String option, String value, String message) {
        assertThat(rx("", "ports", command, option, value)).isEqualTo(2);
        assertThat(err()).startsWith(message).hasLineCount(1);
    }
}
