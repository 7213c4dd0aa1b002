package io.rxsim.bench.cli;

import io.rxsim.bench.micro.BenchDirectory;
import io.rxsim.bench.micro.BenchReport;
import io.rxsim.bench.micro.BenchRun;
import io.rxsim.bench.micro.BenchmarkFailure;
import io.rxsim.bench.micro.Conditions;
import io.rxsim.bench.micro.Effort;
import io.rxsim.bench.micro.Limit;
import io.rxsim.bench.micro.Measurement;
import io.rxsim.bench.micro.MicroBenchmarks;
import io.rxsim.bench.micro.Ratio;
import io.rxsim.bench.report.RunDirectory;
import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.core.run.NearNames;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rx bench}: the micro-benchmarks, which only {@code rxsim-bench.jar} has; the launcher starts that jar for it. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Measures rxsim itself: steering decisions, hashes, dissector, event calendar, whole engine."
                + " docs/performance.md says what each figure means.",
        footer = {
            "",
            "Examples:",
            "  rx bench --quick",
            "  rx bench steering",
            "  rx bench engine --format json -o out",
            "",
            "A target that is missed is shown and is no failure: on a busy machine noise can do that."
        })
final class BenchCommand implements Callable<Integer> {
    private static final String TABLE = "table";
    private static final String JSON = "json";
    private static final List<String> FORMATS = List.of(TABLE, JSON);

    private final CommandContext context;
    private final Supplier<MicroBenchmarks> service;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            description = "Measure this group only: steering, hash, dissector, classify, capture, calendar, backlog,"
                    + " ports, engine, cipher, padata or live.")
    private String name;

    @Option(
            names = "--quick",
            description = "A look in under three minutes: short warm-up, one JVM per benchmark instead of three.")
    private boolean quick;

    @Option(
            names = "--format",
            paramLabel = "table|json",
            description = "Figures on standard output as a table (default) or one JSON object.")
    private String format = TABLE;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description =
                    "Also keep the figures here: table, JSON, percentiles of each benchmark as .hgrm, for ports a plot (ports.svg), for cipher a host that rx run takes (host.yaml).")
    private String output;

    BenchCommand(CommandContext context) {
        this(
                context,
                () -> ServiceLoader.load(MicroBenchmarks.class).findFirst().orElse(null));
    }

    BenchCommand(CommandContext context, Supplier<MicroBenchmarks> service) {
        this.context = context;
        this.service = service;
    }

    @Override
    public Integer call() throws BenchmarkFailure {
        if (!FORMATS.contains(format)) {
            throw new BadInputException("--format: format=" + format + " is unknown" + NearNames.hint(format, FORMATS));
        }
        MicroBenchmarks benchmarks = service.get();
        if (benchmarks == null) {
            throw new BadInputException(
                    "bench: this jar has no benchmarks, ./rx bench builds and starts the one that has");
        }
        List<String> groups = groups(benchmarks);
        Path directory = output == null ? null : OutputOptions.path("-o", output);
        if (directory != null) {
            RunDirectory.prepare(directory);
        }
        double loadAtStart = Conditions.loadNow();
        List<Measurement> measurements;
        try (ProgressLine progress = new ProgressLine(context)) {
            measurements = new BenchRun(benchmarks, groups)
                    .measure(quick ? Effort.QUICK : Effort.FULL, context.stop(), progress::show);
        }
        BenchReport report = new BenchReport(
                Version.text(),
                quick,
                measurements,
                Ratio.of(benchmarks.targets(), measurements),
                limits(benchmarks, measurements),
                Conditions.atEnd(folderOfProgram(), loadAtStart));
        if (directory != null) {
            write(directory, report);
        }
        context.out().print(format.equals(JSON) ? report.json() : report.table());
        context.out().flush();
        if (context.stop().stopRequested()) {
            context.note("interrupted: figures are partial");
            return ExitCode.INTERRUPTED;
        }
        return ExitCode.DONE;
    }

    private static List<Limit.Outcome> limits(MicroBenchmarks benchmarks, List<Measurement> measurements) {
        return benchmarks.limits().stream()
                .map(limit -> limit.outcome(measurements))
                .filter(Objects::nonNull)
                .toList();
    }

    private List<String> groups(MicroBenchmarks benchmarks) {
        if (name == null) {
            return benchmarks.groups();
        }
        if (!benchmarks.groups().contains(name)) {
            throw new BadInputException(
                    "NAME: bench=" + name + " is unknown" + NearNames.hint(name, benchmarks.groups()));
        }
        return List.of(name);
    }

    private static void write(Path directory, BenchReport report) {
        try {
            BenchDirectory.write(directory, report);
        } catch (IOException e) {
            throw new BadInputException("-o " + directory + ": cannot be written: " + e.getMessage());
        }
    }

    /** Where the jar is; in a repository's build folder, as a rule. */
    private static Path folderOfProgram() {
        try {
            return Path.of(BenchCommand.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .getParent();
        } catch (URISyntaxException e) {
            return Path.of("");
        }
    }
}
