package io.rxsim.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.rxsim.core.run.RunResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
    private static String golden(String name) throws IOException {
        try (InputStream in = ReportTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void shouldPrintVariantsSideBySide() throws IOException {
        assertThat(OutputFormat.TABLE.write(Results.report())).isEqualTo(golden("table.txt"));
    }

    @Test
    void shouldKeepEveryLineOfTheTableWithinAHundredCharacters() {
        assertThat(OutputFormat.TABLE.write(Results.report()).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @Test
    void shouldMatchThePublishedSchema() throws IOException {
        String schemaText = Files.readString(Path.of("..", "docs", "result.schema.json"));
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schemaText, InputFormat.JSON);

        assertThat(schema.validate(OutputFormat.JSON.write(Results.report()), InputFormat.JSON))
                .isEmpty();
        assertThat(schema.validate(
                        OutputFormat.JSON.write(Results.report()).replace("\"packets\"", "\"paquets\""),
                        InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void shouldGiveFiguresAsPlainNumbersInJson() {
        JsonNode json = JsonMapper.shared().readTree(OutputFormat.JSON.write(Results.report()));
        JsonNode rps = json.get("variants").get(1);

        assertThat(json.get("version").stringValue()).isEqualTo("9.8.7");
        assertThat(json.get("seed").longValue()).isEqualTo(7);
        assertThat(rps.get("name").stringValue()).isEqualTo("RPS");
        assertThat(rps.get("digest").stringValue()).isEqualTo("0000000000000abf");
        assertThat(rps.get("packets").longValue()).isEqualTo(100);
        assertThat(rps.get("dropped").get("CPU_BACKLOG").longValue()).isEqualTo(10);
        assertThat(rps.get("latencyNs").get("p50").longValue()).isBetween(44_000L, 46_100L);
        assertThat(rps.get("offeredPerSecond").doubleValue()).isEqualTo(100_000);
        assertThat(rps.get("order").get("violations").longValue()).isEqualTo(1);
        assertThat(rps.get("flows").get(0).get("flow").stringValue()).isEqualTo("icmp:10.0.0.1>10.0.0.2");
        assertThat(rps.get("flows").get(0).get("applicationCpu").isNull()).isTrue();
    }

    @Test
    void shouldHeadCsvWithTheNamesOfJson() {
        String[] lines = OutputFormat.CSV.write(Results.report()).split("\n");

        assertThat(lines).hasSize(4);
        assertThat(lines[0]).startsWith("name,policy,kernel,digest,partial,packets,delivered,queued,dropped.RX_RING,");
        assertThat(lines[0])
                .contains(",latencyNs.p999,", ",stages.backlogWait.p50,", ",order.handover.fallbackEntryLost,");
        assertThat(lines[2]).contains(",\"flow 1: packet 4 overtook, \"\"quoted\"\"\",");
        assertThat(lines[1].split(",")).hasSameSizeAs(lines[0].split(","));
    }

    private static void write(RunDirectory directory) {
        boolean first = true;
        for (RunResult result : Results.runs()) {
            directory.writeFlows(result, first);
            first = false;
        }
        directory.write(Results.report());
    }

    @Test
    void shouldKeepEverythingOfARunInADirectory(@TempDir Path temp) throws IOException {
        Path directory = temp.resolve("a").resolve("b");
        write(RunDirectory.prepare(directory));

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "scenario.yaml",
                            "result.json",
                            "result.csv",
                            "table.txt",
                            "cpus.csv",
                            "flows.csv",
                            "none.hgrm",
                            "none.hlog",
                            "RPS.hgrm",
                            "RPS.hlog",
                            "RFS.hgrm",
                            "RFS.hlog");
        }
        assertThat(Files.readString(directory.resolve("flows.csv"))).startsWith("""
                        variant,flow,delivered,dropped,outOfOrder,applicationCpu,lastCpu
                        none,udp:10.0.0.1:1>10.0.0.2:2,40,5,0,1,0
                        none,icmp:10.0.0.1>10.0.0.2,50,5,0,,1
                        """);
        assertThat(Files.readAllLines(directory.resolve("cpus.csv"))).hasSize(1 + 3 * 12);
        assertThat(Files.readString(directory.resolve("RFS.hlog"))).contains("Tag=backlogWait");
    }

    @Test
    void shouldWriteTheSameBytesInEveryLocaleAndTimeZone(@TempDir Path temp) throws IOException {
        write(RunDirectory.prepare(temp.resolve("a")));
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
            write(RunDirectory.prepare(temp.resolve("b")));
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }

        try (Stream<Path> files = Files.list(temp.resolve("a"))) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(
                                    Files.mismatch(file, temp.resolve("b").resolve(file.getFileName())))
                            .as(file.toString())
                            .isEqualTo(-1));
        }
    }
}
