package io.rxsim.bench.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every Java file of the repository keeps {@link SourceRules}, and each of these rules can fail. */
class SourceRulesTest {
    private static final String FIXTURES = "io/rxsim/bench/architecture/bad/";

    @Test
    void shouldFindNothingToSayAboutAnySourceFile() throws IOException {
        Path root = repository();
        List<Path> sources;
        try (Stream<Path> files = Files.walk(root, 20)) {
            sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> root.relativize(file).toString().matches("rx-\\w+/src/.*"))
                    .filter(file -> !file.toString().contains(FIXTURES))
                    .sorted()
                    .collect(Collectors.toList());
        }
        assertThat(sources).hasSizeGreaterThan(10);
        assertThat(SourceRules.violations(
                        sources.stream().map(file -> sourceFile(root, file)).collect(Collectors.toList())))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "class A {} // TO" + "DO later                    | left-over mark",
                "class A {~// int x = 1;~}                      | commented-out code",
                "class A { void f() { Thread." + "sleep(1); } }   | sleeps",
                "class AManager {}                                | name AManager",
                "public class A {}                                | type A without Javadoc",
                "/** A. */ public class A { public void f() {} }  | method f without Javadoc",
                "/** A. */ public interface A { void f(); }       | method f without Javadoc",
                "/** A. */ public record A(int x) { public void f() {} } | method f without Javadoc",
                "/** A. */ public class A { /** B. */ public int getB() { return 1; } } | accessor getB",
                "class A { @Disabled void f() {} }                | disabled test",
                "class A { void f(int a, int b, int c, int d, int e, int f, int g) {} } | 6 parameters",
            })
    void shouldReport(String source, String what) {
        assertThat(violations(source.replace('~', '\n'), true))
                .singleElement()
                .asString()
                .contains(what);
    }

    @Test
    void shouldReportALongFileAndALongMethodAtTheFirstLineTooMany() {
        String body = "int x;\n".repeat(SourceRules.METHOD_LINES - 2);
        String lines = "\n".repeat(SourceRules.FILE_LINES - 1);
        assertThat(violations("class A {\nvoid f() {\n" + body + "}\n}\n", true))
                .isEmpty();
        assertThat(violations("class A {\nvoid f() {\n" + body + "\n}\n}\n", true))
                .singleElement()
                .asString()
                .contains("method f of more than 60 lines");
        assertThat(violations(lines + "class A {}\n", true)).isEmpty();
        assertThat(violations(lines + "\nclass A {}\n", true))
                .singleElement()
                .asString()
                .contains("file of more than 400 lines");
    }

    @Test
    void shouldNotAskForWhatIsNotPublic() {
        String source = """
                class A { public void f() {} }
                /** B. */ public record B(int a, int b, int c, int d, int e, int f, int g) {
                    public B {}
                    @Override public String toString() { return null; }
                    private void h() {}
                }
                class C { @ParameterizedTest void f(int a, int b, int c, int d, int e, int f, int g) {} }
                """;
        assertThat(violations(source, true)).isEmpty();
        assertThat(violations("public class A { public void f() {} }", false)).isEmpty();
    }

    private static List<String> violations(String source, boolean product) {
        return SourceRules.violations(List.of(new SourceFile("A.java", source, product)));
    }

    private static SourceFile sourceFile(Path root, Path file) {
        String path = root.relativize(file).toString();
        try {
            return new SourceFile(path, Files.readString(file), path.contains("/src/main/"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("rx-core"))) {
            folder = folder.getParent();
            assertThat(folder).as("folder above rx-core").isNotNull();
        }
        return folder;
    }
}
