package io.rxsim.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.bench.scenario.StudyReader;
import io.rxsim.bench.scenario.WorkloadReader;
import io.rxsim.bench.scenario.YamlText;
import io.rxsim.core.cost.HostProfile;
import io.rxsim.core.cost.Stage;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CipherHostTest {
    private static Measurement measured(String name, int bytes, String key, int ns) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("bytes", Integer.toString(bytes));
        row.put("key", key);
        Measurement measurement = new Measurement(new BenchmarkCase("cipher", name, row));
        Histogram batch = new Histogram(5);
        batch.recordValue((long) ns * Sample.OPERATIONS);
        measurement.add(new Sample(batch, 0));
        return measurement;
    }

    private static BenchReport report(List<Measurement> measurements) {
        return new BenchReport("1", true, measurements, List.of(), List.of(), Conditions.atEnd(Path.of(""), 0));
    }

    @Test
    void shouldBeAHostThatAScenarioTakes(@TempDir Path folder) throws Exception {
        List<Measurement> all = new ArrayList<>(List.of(
                measured("forged", 64, "AES-128", 9999),
                measured("genuine", 64, "AES-256", 9999),
                measured("genuine", 64, "AES-128", 600),
                measured("genuine", 1400, "AES-128", 1000),
                measured("genuine", 9000, "AES-128", 4174)));
        Files.writeString(folder.resolve("host.yaml"), CipherHost.of(report(all)));

        HostProfile profile = StudyReader.read(
                        YamlText.parse(
                                "s.yaml",
                                "{host: host.yaml, workload: {test: ESP_STREAM}, measure: {duration: 1ms}}"
                                        .getBytes(StandardCharsets.UTF_8)),
                        folder,
                        List.of(),
                        new WorkloadReader(InputStream.nullInputStream()))
                .variants()
                .get(0)
                .machine()
                .profile();

        // 3574 ns for 8936 bytes, and what is left of 600 ns.
        assertThat(profile.name()).isEqualTo("jdk-cipher");
        assertThat(profile.costs().get(Stage.CRYPTO).perBytePs()).isEqualTo(400);
        assertThat(profile.costs().get(Stage.CRYPTO).baseNs()).isEqualTo(574);
    }

    @Test
    void shouldBeNoneWhereTheCipherWasNotMeasured() {
        assertThat(CipherHost.of(report(List.of(measured("genuine", 64, "AES-128", 600)))))
                .isNull();
    }
}
