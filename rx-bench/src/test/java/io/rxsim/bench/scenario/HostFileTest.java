package io.rxsim.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.cost.CostModel;
import io.rxsim.core.cost.HostProfile;
import io.rxsim.core.cost.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostFileTest {
    private static final String HEAD = """
            name: x
            topology: {packages: 1, cores: 2}
            hz: 250
            ipi_latency_ns: 1
            line_ns: {smt: 1, llc: 1, package: 1, remote: 1, source: s}
            """;

    private static HostProfile shipped(String name) {
        Tree.Mapping document = HostFile.document("host", name, Path.of("nowhere"), Where.option("test"));
        return HostFile.read(Section.root(document, new ArrayList<>()));
    }

    static Stream<String> hostsOfConfig() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "config", "hosts"))) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", "")).sorted().toList().stream();
        }
    }

    @Test
    void shouldKnowEveryHostOfConfigByName() throws IOException {
        assertThat(HostFile.SHIPPED)
                .containsExactlyInAnyOrderElementsOf(hostsOfConfig().toList());
    }

    @ParameterizedTest
    @MethodSource("hostsOfConfig")
    void shouldShipProfilesWhoseEveryCostNamesItsSource(String name) {
        HostProfile profile = shipped(name);

        assertThat(profile.name()).isEqualTo(name);
        for (Stage stage : Stage.values()) {
            if (stage.optional() && !profile.costs().containsKey(stage)) {
                continue;
            }
            assertThat(profile.costs().get(stage).source()).as(stage.key()).isNotBlank();
        }
    }

    @Test
    void shouldAddUpToTheMeasuredRowsOfTheXeonE5() {
        CostModel costs = shipped("e5-1650v4").costModel();
        long pollShare = costs.costNs(Stage.POLL, 0, 0, 0) / 64 + 1;
        long driver = costs.costNs(Stage.DRIVER, 0, 0, 64);
        long protocol = costs.costNs(Stage.PROTOCOL, 0, 0, 64);

        assertThat(pollShare + driver + costs.costNs(Stage.STEER, 0, 0, 0) + costs.costNs(Stage.ENQUEUE, 0, 0, 0))
                .isEqualTo(208);
        assertThat(pollShare + driver + protocol).isEqualTo(303);
        assertThat(costs.costNs(Stage.BACKLOG, 1, 0, 0) + protocol).isEqualTo(370);
        assertThat(costs.costNs(Stage.RECV, 1, 0, 0)).isEqualTo(432);
    }

    @Test
    void shouldRefuseACostWithoutSource() {
        String yaml = HEAD + "costs: {hardirq: {ns: 1}}\n";
        Tree.Mapping document = YamlText.parse("h.yaml", yaml.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> HostFile.read(Section.root(document, new ArrayList<>())))
                .hasMessage("h.yaml:6:18: costs.hardirq.source is missing");
    }

    @Test
    void shouldNameAMissingCostAndWhatItIs() {
        String yaml = HEAD + "costs: {}\n";
        Tree.Mapping document = YamlText.parse("h.yaml", yaml.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> HostFile.read(Section.root(document, new ArrayList<>())))
                .hasMessage("h.yaml:6:8: costs.hardirq is missing: hard interrupt of a NIC queue, entry to exit");
    }
}
