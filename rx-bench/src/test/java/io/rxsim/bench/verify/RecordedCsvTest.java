package io.rxsim.bench.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.bench.scenario.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedCsvTest {
    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("recording.csv"), text);
    }

    @Test
    void shouldReadQuotesCommasAndLineBreaks() throws IOException {
        Path file = file("a,\"b,c\",d\r\n\"\"\"x\"\"\",,\"two\nlines\"\n1,2,3");
        try (RecordedCsv csv = new RecordedCsv(file)) {
            assertThat(csv.header()).containsExactly("a", "b,c", "d");
            assertThat(csv.next()).containsExactly("\"x\"", "", "two\nlines");
            assertThat(csv.recordLine()).isEqualTo(2);
            assertThat(csv.next()).containsExactly("1", "2", "3");
            assertThat(csv.recordLine()).isEqualTo(4);
            assertThat(csv.next()).isNull();
        }
    }

    @Test
    void shouldReadBackWhatTestsWrite() {
        Path file = folder.resolve("recording.csv.gz");
        List<List<String>> records = List.of(List.of("a", "b"), List.of("\"q\"", "x,y"), List.of("", "\""));
        Recordings.write(file, records);
        assertThat(Recordings.read(file)).isEqualTo(records);
    }

    @Test
    void shouldRefuseAnOpenQuoteAnEmptyFileAndWhatIsNotGzip() throws IOException {
        Path open = file("a,b\n1,\"2\n");
        try (RecordedCsv csv = new RecordedCsv(open)) {
            assertThatThrownBy(csv::next)
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("recording.csv:2")
                    .hasMessageContaining("quote");
        }
        Path empty = file("");
        assertThatThrownBy(() -> new RecordedCsv(empty)).hasMessageContaining("header line is missing");
        Path notGzip = Files.writeString(folder.resolve("x.csv.gz"), "a,b\n");
        assertThatThrownBy(() -> new RecordedCsv(notGzip))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("x.csv.gz: cannot be read");
    }
}
