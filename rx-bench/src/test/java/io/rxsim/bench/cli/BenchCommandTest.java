package io.rxsim.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.bench.micro.BenchmarkCase;
import io.rxsim.bench.micro.BenchmarkFailure;
import io.rxsim.bench.micro.Effort;
import io.rxsim.bench.micro.Limit;
import io.rxsim.bench.micro.MicroBenchmarks;
import io.rxsim.bench.micro.Sample;
import io.rxsim.bench.micro.Target;
import io.rxsim.bench.report.Results;
import io.rxsim.core.run.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchCommandTest {
    private static final BenchmarkCase FAST = new BenchmarkCase("hash", "fast", Map.of());
    private static final BenchmarkCase SLOW = new BenchmarkCase("steering", "slow", Map.of("flows", "1000"));

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Two benchmarks, of 2 and 5 ns per operation, that remember how they were measured. */
    private static class Fake implements MicroBenchmarks {
        final List<String> measured = new ArrayList<>();

        @Override
        public List<String> groups() {
            return List.of("hash", "steering");
        }

        @Override
        public List<BenchmarkCase> cases(String group) {
            return group.equals("hash") ? List.of(FAST) : List.of(SLOW);
        }

        @Override
        public boolean isInLook(BenchmarkCase benchmark) {
            return true;
        }

        @Override
        public List<Target> targets() {
            return List.of(new Target("slow / fast", SLOW, FAST, 2));
        }

        @Override
        public List<Limit> limits() {
            return List.of(
                    new Limit("fast", FAST, Limit.Figure.MEDIAN_NS, 2.25),
                    new Limit("fast", FAST, Limit.Figure.BYTES, 0.01));
        }

        @Override
        public Sample measure(BenchmarkCase benchmark, Effort effort) throws BenchmarkFailure {
            measured.add(effort + " " + benchmark.label());
            Histogram batchNs = new Histogram(3);
            batchNs.recordValue(benchmark.equals(FAST) ? 2000 : 5000);
            return new Sample(batchNs, 0.5);
        }
    }

    private int bench(MicroBenchmarks benchmarks, StopSignal stop, String... options) {
        CommandContext context = new CommandContext(
                Results.engine(false),
                stop,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                InputStream.nullInputStream());
        List<String> arguments = new ArrayList<>(List.of("bench"));
        arguments.addAll(List.of(options));
        return Main.commandLine(context, new BenchCommand(context, () -> benchmarks))
                .execute(arguments.toArray(String[]::new));
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldShowFiguresRatiosAndConditions() {
        assertThat(bench(new Fake(), StopSignal.NEVER)).isZero();

        assertThat(printed().replaceAll(" +", " "))
                .contains("hash, ns per operation p50 p90 p99 mean M/s B/op")
                .contains("fast 2.00 2.00 2.00 2.00 500.0 0.5")
                .contains("slow flows=1000 5.00 5.00 5.00 5.00 199.9 0.5")
                .contains("slow / fast 2.50, at most 2: MISSED")
                .contains("fast 2.00 ns, at most 2.25: met", "fast 0.50 B, at most 0.01: MISSED")
                .contains("cpu: ", "processors: ", "jdk: ", "flags: ", "commit: ", "loadAverage: ");
        assertThat(said()).isEmpty();
    }

    @Test
    void shouldMeasureInThreeRoundsAndQuicklyInOne() {
        Fake full = new Fake();
        Fake quick = new Fake();
        bench(full, StopSignal.NEVER);
        bench(quick, StopSignal.NEVER, "--quick");

        assertThat(full.measured)
                .hasSize(6)
                .startsWith("FULL hash.fast", "FULL steering.slow flows=1000", "FULL hash.fast");
        assertThat(quick.measured).containsExactly("QUICK hash.fast", "QUICK steering.slow flows=1000");
    }

    @Test
    void shouldLeaveOutWhatIsNotPartOfALookOnlyWhereALookIsWanted() {
        class Sparing extends Fake {
            @Override
            public boolean isInLook(BenchmarkCase benchmark) {
                return benchmark.equals(FAST);
            }
        }
        Fake look = new Sparing();
        Fake full = new Sparing();
        bench(look, StopSignal.NEVER, "--quick");
        bench(full, StopSignal.NEVER);

        assertThat(look.measured).containsExactly("QUICK hash.fast");
        assertThat(full.measured).contains("FULL steering.slow flows=1000");
    }

    @Test
    void shouldMeasureOneGroupAndLeaveOutRatiosOfOthers() {
        Fake benchmarks = new Fake();

        assertThat(bench(benchmarks, StopSignal.NEVER, "steering", "--quick")).isZero();

        assertThat(benchmarks.measured).containsExactly("QUICK steering.slow flows=1000");
        assertThat(printed()).doesNotContain("ratios", "limits");
    }

    @Test
    void shouldWriteOneJsonObject() {
        bench(new Fake(), StopSignal.NEVER, "--format", "json", "--quick");

        JsonNode document = new JsonMapper().readTree(printed());
        assertThat(document.at("/quick").booleanValue()).isTrue();
        assertThat(document.at("/benchmarks/1/parameters/flows").stringValue()).isEqualTo("1000");
        assertThat(document.at("/benchmarks/0/operationNs/p99").doubleValue()).isEqualTo(2.0);
        assertThat(document.at("/benchmarks/0/bytesPerOperation").doubleValue()).isEqualTo(0.5);
        assertThat(document.at("/ratios/0/met").booleanValue()).isFalse();
        assertThat(document.at("/limits/0/met").booleanValue()).isTrue();
        assertThat(document.at("/limits/1/value").doubleValue()).isEqualTo(0.5);
        assertThat(document.at("/conditions/processors").intValue()).isPositive();
    }

    @Test
    void shouldKeepFiguresAndPercentilesInADirectory(@TempDir Path temp) throws IOException {
        Path kept = temp.resolve("out");

        assertThat(bench(new Fake(), StopSignal.NEVER, "-o", kept.toString())).isZero();

        assertThat(Files.readString(kept.resolve("table.txt"))).isEqualTo(printed());
        assertThat(Files.readString(kept.resolve("bench.json"))).startsWith("{");
        assertThat(Files.readString(kept.resolve("steering.slow_flows=1000.hgrm")))
                .contains("Percentile", "5.00", "#[Mean");
        assertThat(kept.resolve("hash.fast.hgrm")).exists();
    }

    @Test
    void shouldShowWhatWasMeasuredWhenInterrupted() {
        Fake benchmarks = new Fake();

        assertThat(bench(benchmarks, () -> !benchmarks.measured.isEmpty())).isEqualTo(130);

        assertThat(printed()).contains("fast").doesNotContain("slow");
        assertThat(said()).isEqualTo("rx: interrupted: figures are partial\n");
    }

    @Test
    void shouldFailInOneLineWhenABenchmarkThrows() {
        Fake throwing = new Fake() {
            @Override
            public Sample measure(BenchmarkCase benchmark, Effort effort) throws BenchmarkFailure {
                throw new BenchmarkFailure(benchmark.label() + ": broken", null);
            }
        };

        assertThat(bench(throwing, StopSignal.NEVER)).isEqualTo(1);
        assertThat(said()).isEqualTo("rx: failed: hash.fast: broken\n");
    }

    @Test
    void shouldSayWhereTheBenchmarksAreWhenThisJarHasNone() {
        assertThat(bench(null, StopSignal.NEVER)).isEqualTo(2);
        assertThat(said())
                .isEqualTo("bench: this jar has no benchmarks, ./rx bench builds and starts the one that has\n");
    }
}
