package io.rxsim.bench.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The recordings of ports, which a test changes and breaks as {@link RecordedVerifierTest} does with the others. */
class PortRecordingsTest {
    private static final int FIRST_ROWS = 102;

    @TempDir
    private Path folder;

    private VerifyReport verify(KernelRules rules) {
        return new RecordedVerifier(new RecordedKernel(rules, 42)).verify(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "ports_connect_sequence, 1980, 1980",
        "ports_exhaustion, 512, 512",
        "ports_explicit, 80, 80",
        "ports_first_choice, 8304, 8304",
        "ports_first_choice_summary, 128, 128",
        "ports_range_writes, 20, 20",
        "ports_reserved_writes, 175, 147",
    })
    void shouldAgreeWithTheKernelOnEveryRow(String name, long rows, long compared) {
        Recordings.copy(name, folder);
        assertThat(verify(KernelRules.V6_18).files()).singleElement().satisfies(file -> {
            assertThat(file.firstDisagreement()).isNull();
            assertThat(file.rows()).isEqualTo(rows);
            assertThat(file.compared()).isEqualTo(compared);
            assertThat(file.agreeing()).isEqualTo(compared);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "ports_connect_sequence, port, 1, 40001",
        "ports_exhaustion, final_errno, 100, EAGAIN",
        "ports_exhaustion, ports_in_order, 100, 40000",
        "ports_explicit, result, 3, EADDRINUSE",
        "ports_first_choice, times, 1, 48",
        "ports_first_choice_summary, low_parity, 1, 1",
        "ports_range_writes, readback, 4, '''40000\\t40019\\n'''",
        "ports_reserved_writes, ret, 20, 7",
        "ports_reserved_writes, readback, 2, '''1025\\n'''",
    })
    void shouldNameFileAndRowOfOneFalseTruth(String name, String column, int row, String falsehood) {
        Path file = Recordings.copy(name, folder);
        // The first rows are enough for one that is false; all of them are tried above.
        List<List<String>> records = firstRows(file);
        List<String> fields = new ArrayList<>(records.get(row));
        fields.set(records.get(0).indexOf(column), falsehood);
        records.set(row, fields);
        Recordings.write(file, records);
        FileResult result = verify(KernelRules.V6_18).files().get(0);
        assertThat(result.disagreeing()).isPositive();
        assertThat(result.firstDisagreement()).startsWith("row " + row + " (line ");
    }

    private static List<List<String>> firstRows(Path file) {
        List<List<String>> records = Recordings.read(file);
        return new ArrayList<>(records.subList(0, Math.min(FIRST_ROWS, records.size())));
    }

    @Test
    void shouldDisagreeWithTheSearchOf2635() {
        for (String name : List.of("ports_connect_sequence", "ports_exhaustion", "ports_first_choice_summary")) {
            Path file = Recordings.copy(name, folder);
            Recordings.write(file, firstRows(file));
        }
        assertThat(verify(KernelRules.V6_18.without(Rule.PORT_PARITY)).files())
                .allSatisfy(
                        file -> assertThat(file.disagreeing()).as(file.name()).isPositive());
    }

    /** The three toys of the first-choice test: each is rejected by it. */
    @Test
    void shouldRejectEachToyInMostExperimentsAndTheProductInNone() {
        Path file = Recordings.copy("ports_first_choice", folder);
        RecordedKernel kernel = new RecordedKernel(KernelRules.V6_18, 42);
        PortsFirstChoiceCheck check = new PortsFirstChoiceCheck(kernel);
        try (RecordedCsv csv = new RecordedCsv(file)) {
            RecordedRow row = new RecordedRow(file, csv.header(), check.columns());
            for (List<String> fields = csv.next(); fields != null; fields = csv.next()) {
                row.set(fields, csv.recordLine());
                check.onRow(row, new FileTally());
            }
        }
        assertThat(check.experiments()).isEqualTo(128);
        assertThat(check.rejections(FirstChoice.PRODUCT)).isZero();
        assertThat(check.rejections(FirstChoice.UNIFORM)).isGreaterThan(60);
        assertThat(check.rejections(FirstChoice.WRONG_PARITY)).isGreaterThan(80);
        assertThat(check.rejections(FirstChoice.LINEAR)).isGreaterThan(50);
    }

    @ParameterizedTest
    @CsvSource({"3.841, 1, 0.05", "23.685, 14, 0.05", "29.588, 10, 0.001", "124.342, 100, 0.05", "0, 3, 1"})
    void shouldKnowTheTailOfChiSquare(double statistic, int degrees, double tail) {
        assertThat(ChiSquare.upperTail(statistic, degrees)).isBetween(tail * 0.995, tail * 1.005);
    }

    @Test
    void shouldRejectAnImpossibleOutcomeWhateverTheRest() {
        assertThat(ChiSquare.pValue(new long[] {500, 1}, new double[] {1, 0})).isZero();
        assertThat(ChiSquare.pValue(new long[] {500, 0}, new double[] {1, 0})).isOne();
    }

    @Test
    void shouldReadPythonsLiterals() {
        assertThat(PythonText.bytes("b'1\\n\\x002'")).containsExactly('1', '\n', 0, '2');
        assertThat(PythonText.text("'8080\\t9\\n'")).isEqualTo("8080\t9\n");
        assertThat(PythonText.bytes("b'\"\"'")).containsExactly('"', '"');
        assertThat(PythonText.bytes("none")).isNull();
    }
}
