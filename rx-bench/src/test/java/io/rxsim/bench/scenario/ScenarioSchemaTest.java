package io.rxsim.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.rxsim.core.cost.Stage;
import io.rxsim.workload.WorkloadCatalog;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The published schema and the reader know the same keys, defaults and files. */
class ScenarioSchemaTest {
    private static final String STRANGER = "qqqqqqqq";
    private static final String ROOT = "";

    private static JsonNode schema;

    @BeforeAll
    static void shouldBeJson() throws IOException {
        schema = JsonMapper.shared().readTree(Files.readString(Path.of("..", "docs", "scenario.schema.json")));
    }

    private static Schema compiled(String part) {
        ObjectNode whole = (ObjectNode) schema.deepCopy();
        if (!part.equals(ROOT)) {
            List.of("required", "properties", "additionalProperties", "type").forEach(whole::remove);
            whole.put("$ref", "#/$defs/" + part);
        }
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole.toString(), InputFormat.JSON);
    }

    private static List<String> faults(Tree document, String part) {
        return compiled(part)
                .validate(JsonMapper.shared().writeValueAsString(plain(document)), InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }

    private static Tree.Mapping yaml(String text) {
        return YamlText.parse("s.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Values as YAML 1.2 types them. */
    private static Object plain(Tree tree) {
        if (tree instanceof Tree.Mapping mapping) {
            Map<String, Object> map = new LinkedHashMap<>();
            mapping.entries().forEach((key, entry) -> map.put(key, plain(entry.value())));
            return map;
        }
        if (tree instanceof Tree.Sequence sequence) {
            return sequence.items().stream().map(ScenarioSchemaTest::plain).toList();
        }
        Tree.Scalar scalar = (Tree.Scalar) tree;
        String text = scalar.text();
        if (scalar.isNull()) {
            return null;
        }
        if (!scalar.quoted() && text.matches("true|false")) {
            return text.equals("true");
        }
        return !scalar.quoted() && text.matches("-?(0|[1-9]\\d*)(\\.\\d+)?") ? new BigDecimal(text) : text;
    }

    static Stream<Path> shouldAcceptEveryShippedFile() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path folder : List.of(Reference.CONFIG, Reference.CONFIG.resolve("hosts"))) {
            try (Stream<Path> found = Files.list(folder)) {
                found.filter(file -> file.toString().endsWith(".yaml")).sorted().forEach(files::add);
            }
        }
        assertThat(files).hasSizeGreaterThan(5);
        return files.stream();
    }

    @ParameterizedTest
    @MethodSource
    void shouldAcceptEveryShippedFile(Path file) {
        boolean host = file.getParent().endsWith("hosts");

        assertThat(faults(YamlText.read(file), host ? "host" : ROOT)).isEmpty();
    }

    @Test
    void shouldAcceptAlternativesAndEffectiveScenarios() {
        Study study = Reference.study(Reference.alternatives("capture: "));

        assertThat(faults(yaml(Reference.alternatives("capture: ")), ROOT)).isEmpty();
        assertThat(faults(yaml(YamlWriter.write(study.effective(Reference.CONFIG))), ROOT))
                .isEmpty();
        assertThat(faults(yaml("workload: {test: UDP_STREAM}\nnic: ~\nqueues: {rx-0: {rps_cpus: 10}}\n"), ROOT))
                .isEmpty();
    }

    @Test
    void shouldRefuseAStrangeKeyAnywhereInTheReference() {
        for (String text : List.of(
                Reference.text(),
                Reference.alternatives("capture: "),
                Reference.alternatives("test: TCP_RR"),
                Reference.alternatives("test: TCP_CRR"))) {
            Tree.Mapping whole = yaml(text);
            List<Tree.Mapping> mappings = new ArrayList<>();
            collect(whole, mappings);
            assertThat(mappings).hasSizeGreaterThan(6);
            for (Tree.Mapping mapping : mappings) {
                Tree.Entry stranger = new Tree.Entry(mapping.at(), new Tree.Scalar("1", false, mapping.at()));
                mapping.entries().put(STRANGER, stranger);
                assertThat(faults(whole, ROOT)).as("in %s", mapping.at()).isNotEmpty();
                mapping.entries().remove(STRANGER);
                assertThat(faults(whole, ROOT)).isEmpty();
            }
        }
    }

    private static void collect(Tree tree, List<Tree.Mapping> into) {
        if (tree instanceof Tree.Mapping mapping) {
            into.add(mapping);
            mapping.entries().values().forEach(entry -> collect(entry.value(), into));
        } else if (tree instanceof Tree.Sequence sequence) {
            sequence.items().forEach(item -> collect(item, into));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nic: {ring: 0}
            nic: {path: nappi}
            nic: 3
            kernel: v5.4
            online: xyz
            queues: {rx0: {rps_cpus: f}}
            queues: {rx-0: {rps_flow_cnt: -1}}
            sysctl: {net.core.netdev_max_backlog: 10k}
            steering: rfss
            variants: []
            variants: [{steering: rps}]
            variants: [{name: ../a}]
            seed: 1.5
            flow_key: "00"
            measure: {warmup: 10}
            application: {service: 2}
            repeat: 1001
            host: {include: e5-1650v4, hz: 1}
            """)
    void shouldRefuseWhatTheReaderRefuses(String line) {
        String text = "workload: {test: UDP_STREAM}\n" + line + "\n";

        assertThat(faults(yaml(text), ROOT)).isNotEmpty();
        assertThat(catchThrowable(() -> Reference.study(text))).isInstanceOf(BadInputException.class);
    }

    @Test
    void shouldRefuseScenariosWithoutWorkload() {
        assertThat(faults(yaml("seed: 1\n"), ROOT)).isNotEmpty();
    }

    private static List<String> names(String part) {
        JsonNode properties = part.equals(ROOT)
                ? schema.get("properties")
                : schema.at("/$defs/" + part.replace(".", "/properties/")).get("properties");
        return new ArrayList<>(properties.propertyNames());
    }

    /** The keys that the reader says are allowed beside a strange one. */
    private static List<String> allowedBeside(String yaml) {
        Throwable thrown = catchThrowable(() -> Reference.study(yaml));
        assertThat(thrown).as(yaml).hasMessageContaining("unknown");
        return List.of(thrown.getMessage().replaceFirst("(?s).*allowed: ", "").split(", "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``            | qqqqqqqq: 1
            nic           | nic: {qqqqqqqq: 1}
            sysctl        | sysctl: {qqqqqqqq: 1}
            queues        | queues: {qqqqqqqq: 1}
            queue         | queues: {rx-0: {qqqqqqqq: 1}}
            variant       | variants: [{name: a, qqqqqqqq: 1}]
            host          | host: {include: e5-1650v4, qqqqqqqq: 1}
            host.topology | host: {include: e5-1650v4, topology: {qqqqqqqq: 1}}
            host.line_ns  | host: {include: e5-1650v4, line_ns: {qqqqqqqq: 1}}
            host.costs    | host: {include: e5-1650v4, costs: {qqqqqqqq: {ns: 1}}}
            cost          | host: {include: e5-1650v4, costs: {recv: {qqqqqqqq: 1}}}
            """)
    void shouldKnowTheKeysOfTheReader(String part, String line) {
        List<String> known = new ArrayList<>(names(part));
        if (part.equals("queues")) {
            known.add("rx-0");
        }

        assertThat(allowedBeside("workload: {test: UDP_STREAM}\n" + line + "\n"))
                .containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void shouldKnowTheKeysOfApplicationAndMeasure() {
        for (String section : List.of("application", "measure")) {
            assertThat(allowedBeside("workload: {test: UDP_STREAM}\n" + section + ": {qqqqqqqq: 1}\n"))
                    .containsExactlyInAnyOrderElementsOf(
                            schema.at("/properties/" + section + "/properties").propertyNames());
        }
    }

    @Test
    void shouldKnowTheKeysOfEveryWorkload() {
        List<String> kinds = new ArrayList<>(WorkloadCatalog.catalog().names());
        kinds.add("capture");
        kinds.add("workloads");
        List<String> described = new ArrayList<>();
        schema.at("/properties/workload/oneOf")
                .forEach(one -> described.add(one.get("$ref").stringValue().replace("#/$defs/", "")));

        assertThat(described).containsExactlyInAnyOrderElementsOf(kinds);
        kinds.remove("workloads");
        for (String kind : kinds) {
            String key = kind.equals("capture") ? "capture: captures/redis.pcap.gz" : "test: " + kind;
            List<String> allowed = new ArrayList<>(allowedBeside("workload: {" + key + ", qqqqqqqq: 1}\n"));
            // The other kind is known, and refused, because the reader asks which of the two it is.
            allowed.remove(kind.equals("capture") ? "test" : "capture");
            assertThat(allowed).as(kind).containsExactlyInAnyOrderElementsOf(names(kind));
        }
    }

    @Test
    void shouldKnowEveryStageOfCosts() {
        assertThat(names("host.costs"))
                .containsExactlyElementsOf(
                        Stream.of(Stage.values()).map(Stage::key).toList());
    }

    @Test
    void shouldStateTheReadersDefaults() {
        Map<String, Object> effective = new LinkedHashMap<>(
                Reference.study("workload: {test: UDP_STREAM}\n").effective());
        effective.put("variants", List.of());
        int compared = 0;
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("nic", "/$defs/nic");
        parts.put("sysctl", "/$defs/sysctl");
        parts.put("workload", "/$defs/UDP_STREAM");
        parts.put("application", "/properties/application");
        parts.put("measure", "/properties/measure");
        parts.put(ROOT, "");
        for (Map.Entry<String, String> part : parts.entrySet()) {
            Map<?, ?> values = part.getKey().equals(ROOT) ? effective : (Map<?, ?>) effective.get(part.getKey());
            for (Map.Entry<String, JsonNode> property :
                    schema.at(part.getValue() + "/properties").properties()) {
                JsonNode byDefault = property.getValue().get("default");
                if (byDefault != null) {
                    compared++;
                    assertThat(byDefault.isString() ? byDefault.stringValue() : byDefault.toString())
                            .as("%s %s", part.getKey(), property.getKey())
                            .isEqualTo(String.valueOf(values.get(property.getKey())));
                }
            }
        }
        assertThat(compared).isGreaterThan(20);
    }
}
