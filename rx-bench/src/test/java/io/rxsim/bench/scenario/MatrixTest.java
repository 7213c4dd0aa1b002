package io.rxsim.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixTest {
    private static Tree.Mapping yaml(String text) {
        return YamlText.parse("s.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldCombineAllValuesTheLastAxisFastest() {
        Matrix matrix = Matrix.of(yaml("""
                matrix:
                  - {name: ring, key: nic.ring, values: [64, 256]}
                  - {name: CPUs, key: online, values: ["3", "f"], labels: [2, 4]}
                """));

        assertThat(matrix.cells())
                .extracting(cell -> cell.labels().toString())
                .containsExactly("{ring=64, CPUs=2}", "{ring=64, CPUs=4}", "{ring=256, CPUs=2}", "{ring=256, CPUs=4}");
        assertThat(matrix.cells().get(1).overlays()).hasSize(2);
    }

    @Test
    void shouldBeNoneWithoutTheKey() {
        assertThat(Matrix.of(yaml("seed: 1\n"))).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            matrix: 3                                                  | s.yaml:1:9: matrix: expected a list of axes
            matrix: [{name: a, key: b}]                                | s.yaml:1:10: matrix.values is missing
            matrix: [{name: a, kye: b}]                                | s.yaml:1:20: unknown key matrix.kye, did you mean key?
            matrix: [{name: a, key: b, values: [1], labels: [1, 2]}]   | s.yaml:1:49: labels: 2 for 1 values
            matrix: [{name: a, key: variants, values: [1]}]            | s.yaml:1:25: key=variants
            matrix: [{name: a, key: b, values: [1]}, {name: a, key: c, values: [1]}] | s.yaml:1:42: matrix: name=a is used
            """)
    void shouldNameThePlaceAndWhatIsAllowed(String text, String message) {
        assertThatThrownBy(() -> Matrix.of(yaml(text)))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith(message);
    }
}
