package io.rxsim.bench.jmh;

import io.rxsim.bench.jmh.padata.PadataTargets;
import io.rxsim.bench.jmh.padata.PadataTurns;
import io.rxsim.bench.micro.BenchmarkCase;
import io.rxsim.bench.micro.BenchmarkFailure;
import io.rxsim.bench.micro.Effort;
import io.rxsim.bench.micro.Limit;
import io.rxsim.bench.micro.MicroBenchmarks;
import io.rxsim.bench.micro.Sample;
import io.rxsim.bench.micro.Target;
import io.rxsim.core.virtual.BacklogBenchmark;
import io.rxsim.core.virtual.CalendarBenchmark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * The benchmarks of this jar, measured by JMH: every invocation is timed on its own, and an invocation is a batch, so that the
 * clock's own cost does not count. Bytes come from JMH's gc profiler.
 *
 * <p>One thread. A fork inherits the flags of this JVM.
 */
public final class JmhBenchmarks implements MicroBenchmarks {
    private static final String BYTES = "gc.alloc.rate.norm";
    private static final int DIGITS = 3;
    private static final Pattern THROWN = Pattern.compile("^[\\w.$]+(?:Exception|Error)(?::.*)?$", Pattern.MULTILINE);
    private static final Map<String, Class<?>> GROUPS = new LinkedHashMap<>();

    static {
        GROUPS.put("steering", SteeringBenchmark.class);
        GROUPS.put("hash", HashBenchmark.class);
        GROUPS.put("dissector", DissectorBenchmark.class);
        GROUPS.put("classify", ClassifyBenchmark.class);
        GROUPS.put("capture", CaptureBenchmark.class);
        GROUPS.put("calendar", CalendarBenchmark.class);
        GROUPS.put("backlog", BacklogBenchmark.class);
        GROUPS.put("ports", PortBenchmark.class);
        GROUPS.put("engine", EngineBenchmark.class);
        GROUPS.put("cipher", CipherBenchmark.class);
        // The lock is there to keep two measurements apart; the load average, printed with the figures, tells more.
        System.setProperty("jmh.ignoreLock", "true");
    }

    private final PadataTurns padata = new PadataTurns();
    private final Path program;
    private final FileTime builtAt;

    /** The benchmarks, as built now. */
    public JmhBenchmarks() {
        try {
            program = Path.of(JmhBenchmarks.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            builtAt = Files.getLastModifiedTime(program);
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("the program's own file cannot be found", e);
        }
    }

    @Override
    public List<String> groups() {
        List<String> groups = new ArrayList<>(GROUPS.keySet());
        groups.add(PadataTurns.GROUP);
        groups.add(LiveChains.GROUP);
        return groups;
    }

    @Override
    public List<Target> targets() {
        return Targets.all();
    }

    @Override
    public List<Limit> limits() {
        return PadataTargets.limits();
    }

    @Override
    public List<BenchmarkCase> cases(String group) {
        if (group.equals(LiveChains.GROUP)) {
            return LiveChains.cases();
        }
        if (group.equals(PadataTurns.GROUP)) {
            return PadataTurns.cases();
        }
        Class<?> type = GROUPS.get(group);
        List<String> names = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Benchmark.class))
                .map(Method::getName)
                .sorted()
                .toList();
        List<BenchmarkCase> cases = new ArrayList<>();
        for (Map<String, String> parameters : rows(type)) {
            names.forEach(name -> cases.add(new BenchmarkCase(group, name, parameters)));
        }
        return cases;
    }

    @Override
    public boolean isInLook(BenchmarkCase benchmark) {
        Class<?> type = GROUPS.get(benchmark.group());
        Look look = type == null ? null : type.getAnnotation(Look.class);
        List<String> parameters = List.of(benchmark.parametersText().split(" "));
        return look == null
                || Arrays.stream(look.value()).anyMatch(row -> parameters.containsAll(List.of(row.split(" "))));
    }

    /** All combinations of the values of a benchmark's parameters; the first parameter changes last. */
    private static List<Map<String, String>> rows(Class<?> type) {
        List<Map<String, String>> rows = List.of(Map.of());
        List<Field> parameters = Stream.concat(Stream.of(type), Arrays.stream(type.getDeclaredClasses()))
                .flatMap(declaring -> Arrays.stream(declaring.getDeclaredFields()))
                .filter(field -> field.isAnnotationPresent(Param.class))
                .toList();
        for (Field parameter : parameters) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> row : rows) {
                for (String value : parameter.getAnnotation(Param.class).value()) {
                    Map<String, String> copy = new LinkedHashMap<>(row);
                    copy.put(parameter.getName(), value);
                    longer.add(copy);
                }
            }
            rows = longer;
        }
        return rows;
    }

    @Override
    public Sample measure(BenchmarkCase benchmark, Effort effort) throws BenchmarkFailure {
        if (benchmark.group().equals(LiveChains.GROUP)) {
            return LiveChains.measure(benchmark, effort);
        }
        if (benchmark.group().equals(PadataTurns.GROUP)) {
            return padata.measure(benchmark, effort);
        }
        requireSameProgram();
        Path log = temporaryLog();
        try {
            Collection<RunResult> results =
                    new Runner(options(benchmark, effort).output(log.toString()).build()).run();
            return sample(results.iterator().next());
        } catch (RunnerException e) {
            throw new BenchmarkFailure(benchmark.label() + ": " + cause(log, e), e);
        } finally {
            log.toFile().delete();
        }
    }

    /** Every benchmark starts a JVM from the program's file: another build would mix its figures in. */
    private void requireSameProgram() throws BenchmarkFailure {
        try {
            if (!Files.getLastModifiedTime(program).equals(builtAt)) {
                throw new BenchmarkFailure(program + " was built anew during the run, start again", null);
            }
        } catch (IOException e) {
            throw new BenchmarkFailure(program + " is gone, start again", e);
        }
    }

    private static ChainedOptionsBuilder options(BenchmarkCase benchmark, Effort effort) {
        String method = GROUPS.get(benchmark.group()).getName() + "." + benchmark.name();
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(method) + "$")
                .timeUnit(TimeUnit.NANOSECONDS)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true);
        benchmark.parameters().forEach(options::param);
        switch (effort) {
            case ONCE ->
                options.mode(Mode.SingleShotTime).forks(0).warmupIterations(0).measurementIterations(1);
            case QUICK -> sampled(options, 2, 3, TimeValue.milliseconds(200));
            case FULL -> sampled(options, 5, 5, TimeValue.milliseconds(500));
        }
        return options;
    }

    private static void sampled(ChainedOptionsBuilder options, int warmups, int iterations, TimeValue time) {
        options.mode(Mode.SampleTime)
                .forks(1)
                .warmupIterations(warmups)
                .warmupTime(time)
                .measurementIterations(iterations)
                .measurementTime(time);
        if (Runtime.version().feature() >= 24) {
            // JMH's own use of Unsafe, of which newer JVMs warn.
            options.jvmArgsAppend("--sun-misc-unsafe-memory-access=allow");
        }
    }

    private static Sample sample(RunResult result) {
        Histogram batchNs = new Histogram(DIGITS);
        Iterator<Map.Entry<Double, Long>> raw =
                result.getPrimaryResult().getStatistics().getRawData();
        while (raw.hasNext()) {
            Map.Entry<Double, Long> entry = raw.next();
            batchNs.recordValueWithCount(Math.round(entry.getKey()), entry.getValue());
        }
        Result<?> bytes = result.getSecondaryResults().get(BYTES);
        return new Sample(batchNs, bytes == null ? Double.NaN : bytes.getScore() / Sample.OPERATIONS);
    }

    private static Path temporaryLog() {
        try {
            return Files.createTempFile("rxsim-bench-", ".log");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the benchmark threw, as JMH's log has it; else what JMH says. */
    private static String cause(Path log, RunnerException e) {
        try {
            return THROWN.matcher(Files.readString(log))
                    .results()
                    .map(match -> match.group())
                    .filter(line -> !line.startsWith("org.openjdk.jmh"))
                    .findFirst()
                    .orElse(e.getMessage());
        } catch (IOException unread) {
            return e.getMessage();
        }
    }
}
