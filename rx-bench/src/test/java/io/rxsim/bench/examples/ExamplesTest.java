package io.rxsim.bench.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs in src/examples, compiled against the modules as a user's would be, and run. */
class ExamplesTest {
    private static final Path SOURCES = Path.of("src/examples/java");

    @TempDir
    static Path classes;

    @BeforeAll
    static void compile() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter problems = new StringWriter();
        try (Stream<Path> files = Files.walk(SOURCES);
                StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            List<String> options = List.of(
                    "-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-Xlint:all", "-proc:none");
            boolean compiled = compiler.getTask(
                            problems, manager, null, options, null, manager.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(compiled).as(problems.toString()).isTrue();
        }
    }

    @Test
    void shouldMoveAConsumerWithoutReordering() throws Exception {
        assertThat(run("MoveAConsumer"))
                .singleElement()
                .asString()
                .matches("delivered=\\d+ dropped=\\d+ moves=20 violations=0");
    }

    @Test
    void shouldSteerByAPolicyOfOnesOwn() throws Exception {
        assertThat(run("CustomPolicy")).hasSize(4).last().isEqualTo("cpu=3 processed=3000");
    }

    @Test
    void shouldReadHistogramsOfARunningHost() throws Exception {
        assertThat(run("ReadHistograms"))
                .anyMatch(line -> line.matches("ring count=500 p99Ns=\\d+"))
                .anyMatch(line -> line.matches("application count=500 p99Ns=\\d+"));
    }

    @Test
    void shouldSteerTheMessagesOfANettyPipeline() throws Exception {
        assertThat(run("SteerInPipeline"))
                .containsExactly(
                        "cpu=0 messages=1000", "cpu=1 messages=1000", "cpu=2 messages=1000", "dropped=0 violations=0");
    }

    @Test
    void shouldRecordWhatAHostSteers() throws Exception {
        assertThat(run("RecordSteering"))
                .singleElement()
                .asString()
                .matches("recorded=500 missing=0 whole=true bytes=\\d{5,6}");
    }

    @Test
    void shouldDecryptATunnelOnTwoThreadsInOrder() throws Exception {
        assertThat(run("DecryptInOrder"))
                .containsExactly("decrypted=2000 forged=0 replayed=0 malformed=0 unknownSpi=0 busy=0 overtaken=0");
    }

    /** The lines that a program printed. */
    private static List<String> run(String name) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.out;
        try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {classes.toUri().toURL()});
                PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            loader.loadClass("io.rxsim.examples." + name)
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
