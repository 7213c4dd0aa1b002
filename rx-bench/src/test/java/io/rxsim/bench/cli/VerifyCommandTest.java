package io.rxsim.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.bench.verify.Recordings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class VerifyCommandTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        String[] command = Stream.concat(Stream.of("verify"), Stream.of(args)).toArray(String[]::new);
        return Main.run(
                command,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                InputStream.nullInputStream());
    }

    private int verify(String... options) {
        String[] args = new String[options.length + 2];
        args[0] = "recorded";
        System.arraycopy(options, 0, args, 1, options.length);
        args[args.length - 1] = folder.toString();
        return run(args);
    }

    private void headAdvance(String rows) throws IOException {
        Files.writeString(folder.resolve("rfs_head_advance.csv"), "dev_weight,fillers,probe_moved\n" + rows);
    }

    private void assertBadInput(int code, String... parts) {
        assertThat(code).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).strip())
                .doesNotContain("\n")
                .contains(parts);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void shouldPrintOneLinePerFileAndEndWithZeroWhereAllRowsAgree() throws IOException {
        Recordings.copy("rfs_dev_slot", folder);
        headAdvance("64,0,0\n4,2,1\n");
        assertThat(verify()).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "file rows compared agreeing first disagreement, skipped",
                        "rfs_dev_slot 72 72 72",
                        "rfs_head_advance 2 2 2",
                        "kernel v6.18, seed 42");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void shouldEndWithOneAndNameTheRowThatDisagrees() throws IOException {
        headAdvance("64,0,0\n4,2,0\n4,2,0\n");
        assertThat(verify()).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("row 2 (line 3): probe_moved is 0, the model gives 1")
                .containsPattern("rfs_head_advance +3 +3 +1 ");
    }

    @Test
    void shouldListFilesThatAreNotCoveredAndChangeNothing() throws IOException {
        headAdvance("64,0,0\n");
        Files.writeString(folder.resolve("of_another_kind.csv"), "whatever");
        Files.writeString(folder.resolve("README.md"), "not a recording");
        assertThat(verify()).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern("of_another_kind +not covered")
                .doesNotContain("README");
    }

    @Test
    void shouldSwitchARuleOff() throws IOException {
        headAdvance("64,0,0\n");
        assertThat(verify("--without", "head-once-per-poll")).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("kernel v6.18 without head-once-per-poll");
    }

    @Test
    void shouldWriteJson() throws IOException {
        headAdvance("64,0,0\n4,2,0\n");
        Files.writeString(folder.resolve("other.csv"), "");
        assertThat(verify("--format", "json", "--seed", "7")).isEqualTo(1);
        JsonNode json = JsonMapper.builder().build().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(json.get("agrees").booleanValue()).isFalse();
        assertThat(json.get("seed").intValue()).isEqualTo(7);
        assertThat(json.get("files").get(0).get("covered").booleanValue()).isFalse();
        JsonNode file = json.get("files").get(1);
        assertThat(file.get("name").stringValue()).isEqualTo("rfs_head_advance");
        assertThat(file.get("agreeing").intValue()).isEqualTo(1);
        assertThat(file.get("firstDisagreement").stringValue()).startsWith("row 2 (line 3)");
    }

    @Test
    void shouldWriteCsv() throws IOException {
        headAdvance("64,0,0\n4,2,0\n");
        Files.writeString(folder.resolve("other.csv"), "");
        assertThat(verify("--format", "csv")).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("name,file,covered,rows,compared,agreeing,skipped,firstDisagreement\n"
                        + "other,other.csv,false,,,,,\n"
                        + "rfs_head_advance,rfs_head_advance.csv,true,2,2,1,,"
                        + "\"row 2 (line 3): probe_moved is 0, the model gives 1\"\n");
    }

    @Test
    void shouldRefuseAMissingFolder() {
        assertBadInput(run("recorded", folder.resolve("nowhere").toString()), "nowhere", "is not a folder");
    }

    @Test
    void shouldRefuseAFolderWithoutAKnownRecording() throws IOException {
        Files.writeString(folder.resolve("of_another_kind.csv"), "a\n1\n");
        assertBadInput(verify(), "no known recording", "rfs_head_advance");
    }

    @Test
    void shouldRefuseAKnownRecordingThatLacksAColumn() throws IOException {
        Files.writeString(folder.resolve("rfs_head_advance.csv"), "dev_weight,probe_moved\n64,0\n");
        assertBadInput(verify(), "rfs_head_advance.csv:1: column fillers is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "64,many,0 | fillers=many, allowed is 0 to 100000",
                "0,1,0 | dev_weight=0, allowed is 1 to 65536",
                "64,1 | 2 fields, the header has 3",
                "64,1,0,9 | 4 fields, the header has 3",
                "64,1,x | probe_moved=x",
            })
    void shouldRefuseAMalformedRowWithItsLine(String row, String message) throws IOException {
        headAdvance("64,0,0\n" + row + "\n");
        assertBadInput(verify(), "rfs_head_advance.csv:3: ", message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz", "", "123456789"})
    void shouldRefuseWhatIsNoHash(String hash) throws IOException {
        Files.writeString(folder.resolve("rps_loopback.csv"), "rps_cpus,sender_cpu,hash,cpu\n0,0," + hash + ",0\n");
        assertBadInput(verify(), "rps_loopback.csv:2: hash=" + hash + ", allowed is");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1,10.0.0,1,2,, dst=10.0.0: ",
        "10.0.0.1,fd77::2,1,2,, dst=fd77::2",
        "10.0.0.1,10.0.0.2,1,70000,, dport=70000",
        "10.0.0.1,10.0.0.2,,,inner 10.0.0.3:70000, extra=inner",
    })
    void shouldRefuseAFlowThatCannotBeBuilt(
            String source, String destination, String sport, String dport, String extra, String message)
            throws IOException {
        String flow = Stream.of("tunnel", "ipip", source, destination, sport, dport, extra, "1")
                .map(field -> field == null ? "" : field)
                .collect(Collectors.joining(","));
        Files.writeString(
                folder.resolve("rps_flows.csv"), "kind,relation,src,dst,sport,dport,extra,l4_hash\n" + flow + "\n");
        assertBadInput(verify(), "rps_flows.csv:2: " + message);
    }

    @ParameterizedTest
    @CsvSource({"4, 'CPU 2'", "x, not hex"})
    void shouldRefuseAMaskThatTheRecordedMachineCannotHave(String mask, String message) throws IOException {
        Files.writeString(folder.resolve("rps_loopback.csv"), "rps_cpus,sender_cpu,hash,cpu\n" + mask + ",0,1,0\n");
        assertBadInput(verify(), "rps_loopback.csv:2: rps_cpus=" + mask, message);
    }

    @ParameterizedTest
    @CsvSource({"--format, xml, table", "--without, tail-chek, tail-check", "--seed, x, --seed"})
    void shouldRefuseABadOption(String option, String value, String allowed) throws IOException {
        headAdvance("64,0,0\n");
        assertThat(verify(option, value)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(value, allowed);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void shouldAskForWhatToVerify() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("allowed: recorded");
    }
}
