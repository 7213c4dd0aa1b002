package io.rxsim.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rxsim.core.cost.HostProfile;
import io.rxsim.core.cost.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference file says what the reader does. */
class ReferenceTest {
    private static final String GENERATED = "workload: {test: UDP_STREAM}\n";
    private static final String CAPTURE = "capture: captures/redis.pcap.gz";

    /** Keys whose default depends on host or kernel, which the reference therefore shows without setting them. */
    private static final List<String> DEPENDENT = List.of(
            "online",
            "nic.irq_affinity",
            "nic.threaded",
            "sysctl.net.core.netdev_budget_usecs",
            "sysctl.net.core.dev_weight_rx_bias",
            "sysctl.net.core.dev_weight_tx_bias",
            "sysctl.net.core.rps_default_mask",
            "sysctl.net.core.flow_limit_table_len",
            "sysctl.net.core.flow_limit_cpu_bitmap");

    private static Object at(Map<?, ?> map, String section, String key) {
        return section == null ? map.get(key) : ((Map<?, ?>) map.get(section)).get(key);
    }

    @Test
    void shouldStateTheReadersDefaults() {
        Study stated = Reference.study(Reference.text());

        assertThat(stated.effective()).isEqualTo(Reference.study(GENERATED).effective());
        assertThat(stated.defaults())
                .extracting(taken -> taken.replaceAll("=.*", ""))
                .containsExactlyInAnyOrderElementsOf(DEPENDENT);
    }

    @Test
    void shouldShowTheDefaultsOfKeysThatItDoesNotSet() {
        Tree.Mapping shown =
                YamlText.parse("r.yaml", Reference.alternatives(CAPTURE).getBytes(StandardCharsets.UTF_8));
        Map<String, Object> effective = Reference.study(GENERATED).effective();

        for (String path : DEPENDENT) {
            String section = path.contains(".") ? path.substring(0, path.indexOf('.')) : null;
            String key = path.substring(path.indexOf('.') + 1);
            Tree.Mapping mapping = section == null
                    ? shown
                    : (Tree.Mapping) shown.entries().get(section).value();
            Tree value = mapping.entries().get(key).value();
            Tree single = value instanceof Tree.Sequence list ? list.items().get(0) : value;
            assertThat(String.valueOf(at(effective, section, key)).replaceAll("[\\[\\]]", ""))
                    .as(path)
                    .isEqualTo(((Tree.Scalar) single).text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CAPTURE, "test: TCP_RR", "test: TCP_CRR", "test: TCP_STREAM"})
    void shouldStateTheDefaultsOfOtherWorkloads(String first) {
        Study stated = Reference.study(Reference.alternatives(first));
        Study minimal = Reference.study("workload: {" + first + "}\n");

        assertThat(stated.effective().get("workload"))
                .isEqualTo(minimal.effective().get("workload"));
        assertThat(stated.defaults()).isEmpty();
    }

    @Test
    void shouldReadTheListOfWorkloadsThatItShows() {
        Study stated = Reference.study(Reference.alternatives("- {name: web"));

        assertThat(stated.workload().describe()).contains("web: TCP_RR instances=20", "; flood: UDP_STREAM");
    }

    @Test
    void shouldShowTheDefaultHostInFull() {
        HostProfile shown = Reference.study(Reference.alternatives(CAPTURE))
                .variants()
                .get(0)
                .machine()
                .profile();
        HostProfile shipped =
                Reference.study(GENERATED).variants().get(0).machine().profile();

        assertThat(shown.name()).isEqualTo(shipped.name());
        assertThat(shown.hz()).isEqualTo(shipped.hz());
        assertThat(shown.ipiLatencyNs()).isEqualTo(shipped.ipiLatencyNs());
        assertThat(shown.lineNs()).isEqualTo(shipped.lineNs());
        assertThat(shown.topology()).hasToString(shipped.topology().toString());
        for (Stage stage : Stage.values()) {
            assertThat(shown.costs().get(stage))
                    .as(stage.key())
                    .usingRecursiveComparison()
                    .ignoringFields("source")
                    .isEqualTo(shipped.costs().get(stage));
            assertThat(Reference.text()).contains("#    " + stage.key() + ": {ns: ");
        }
    }

    @Test
    void shouldSayOfEveryKeyWhatItMeans() {
        assertThat(Reference.text().lines())
                .filteredOn(line -> line.matches(" *#? *[a-z][a-z0-9_.]*: +[^{ #].*"))
                .hasSizeGreaterThan(40)
                .filteredOn(line -> !line.contains("source: \""))
                .filteredOn(line -> !line.contains("include: "))
                .allSatisfy(line -> assertThat(line).containsPattern(" # .{8}"));
    }

    @Test
    void shouldBeWhereTheDocumentationSendsItsReaders() throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "scenario.md")))
                .contains("../config/reference.yaml", "scenario.schema.json");
    }

    /** Mistakes that a new user makes in the file; each is answered with its place and the way out. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            kernel: v6.18       | kernel: 6.18         | 9  | kernel=6.18 is unknown, did you mean v6.18?, allowed: v6.18, v2.6.35, v2.6.34
            host: e5-1650v4     | host: e5-1650        | 7  | host=e5-1650: no such file ../config/e5-1650, allowed are a file or a shipped host: e5-1650v4, xeon-2x4-2009, xeon-e5450-2x4
            ring: 256           | rings: 256           | 3  | unknown key nic.rings, did you mean ring?, allowed: rss_key, path, queues, irq_affinity, ring, rx_usecs, threaded, gro, ntuple_filters, ntuple_latency, ntuple_scan, indirection
            rx_usecs: 20        | rx_usecs: 20us       | 13 | rx_usecs=20us, allowed is a whole number from 0 to 1000000
            rps_cpus: "000"     | rps_cpus: "0xffe"    | 15 | rps_cpus=0xffe (EINVAL: 'x' in mask "0xffe" is not hex), allowed are hex groups of 32 CPUs, e.g. fff for all 12
            net.core.dev_weight: | net.core.dev_wieght: | 3 | unknown sysctl net.core.dev_wieght, did you mean net.core.dev_weight?, allowed: net.core.netdev_max_backlog, net.core.netdev_budget, net.core.netdev_budget_usecs, net.core.dev_weight, net.core.dev_weight_rx_bias, net.core.dev_weight_tx_bias, net.core.rps_sock_flow_entries, net.core.rmem_default, net.core.rps_default_mask, net.core.flow_limit_table_len, net.core.flow_limit_cpu_bitmap
            test: UDP_STREAM    | tset: UDP_STREAM     | 3  | unknown key workload.tset, did you mean test?, allowed: capture, test
            rate: 100000        | rate: 100k/sec       | 9  | rate=100k/sec, allowed is 0.001/s to 1G/s, e.g. 1000/s, 500k/s, 1.2M/s
            population: uniform | population: zif:1    | 15 | population=zif is unknown, did you mean zipf?, allowed: uniform, zipf, elephants
            placement: pinned   | placement: pined     | 14 | placement=pined is unknown, did you mean pinned?, allowed: pinned, migrating, free
            duration: 100ms     | duration: 100        | 13 | duration=100, allowed is 1ns to 86400s in whole nanoseconds, with a unit: ns, us, ms, s, m, h
            service: 1us        | placement: pinned:1  | 3  | placement is given twice, first in line @
            repeat: 1           | repeat: 0            | 9  | repeat=0, allowed is a whole number from 1 to 1000
            """)
    void shouldAnswerAMistakeWithFileLineColumnAndTheFix(String right, String wrong, int column, String message) {
        List<String> lines = Reference.text().lines().toList();
        int line = 0;
        while (!lines.get(line).strip().startsWith(right)) {
            line++;
        }
        List<String> mistaken = new ArrayList<>(lines);
        mistaken.set(line, lines.get(line).replace(right, wrong));
        Throwable thrown = catchThrowable(() -> Reference.study(String.join("\n", mistaken)));

        assertThat(thrown).isInstanceOf(BadInputException.class);
        assertThat(thrown.getMessage().replaceFirst("line \\d+$", "line @"))
                .isEqualTo("reference.yaml:" + (line + 1) + ":" + column + ": " + message);
    }
}
