package io.rxsim.bench.cli;

import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.bench.scenario.HostFile;
import io.rxsim.bench.scenario.NoWorkload;
import io.rxsim.bench.scenario.Overlay;
import io.rxsim.bench.scenario.Study;
import io.rxsim.bench.scenario.StudyReader;
import io.rxsim.bench.scenario.Tree;
import io.rxsim.bench.scenario.Where;
import io.rxsim.bench.verify.perf.PerfFormat;
import io.rxsim.bench.verify.perf.PerfLines;
import io.rxsim.bench.verify.perf.PerfReport;
import io.rxsim.bench.verify.perf.PerfVerifier;
import io.rxsim.bench.verify.trace.TraceLineException;
import io.rxsim.core.cpu.CpuTopology;
import io.rxsim.core.run.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rx verify perf FILE}: does the model do what the kernel did on the host where a trace was taken? */
@Command(
        name = "perf",
        versionProvider = Version.class,
        description = {
            "Reads the text of perf script with net:* (and napi:*) events, of a file or, while it is written, of a pipe, and compares"
                    + " the CPU of each packet with the one that the model gives under the host's settings.",
            "One line per device: packets compared and agreeing, by reason; packets that say nothing, by cause."
        },
        footer = {
            "",
            "Examples:",
            "  perf record -a -e 'net:*' -e 'napi:*' -- sleep 10; perf script > net.txt",
            "  rx verify perf net.txt --dev eth0 --rps-cpus ff",
            "  perf script | rx verify perf - --dev eth0 --rps-cpus ff --queues 4",
            "",
            "Exit status: 0 every compared packet agrees, 1 one does not or none was compared, 2 bad usage or bad lines."
        },
        mixinStandardHelpOptions = true)
final class VerifyPerfCommand implements Callable<Integer> {
    private static final String STDIN = "-";
    private static final int CHECK_EVERY = 1024;

    private final CommandContext context;

    @Parameters(paramLabel = "FILE", description = "Text of perf script; - is standard input.")
    private String file;

    @Option(
            names = "--dev",
            paramLabel = "NAME",
            description = "The device that has these settings; may be repeated. Default: every device of the trace.")
    private List<String> devices = List.of();

    @Option(
            names = "--nr-cpus",
            paramLabel = "N",
            description = "CPUs of the host. Default: as many as the masks may name.")
    private String nrCpus = Integer.toString(CpuTopology.MAX_CPUS);

    @Mixin
    private HostOptions hostOptions = new HostOptions();

    @Option(
            names = "--format",
            paramLabel = "table|json|csv",
            description = "Form of the result (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private String format;

    VerifyPerfCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        PerfFormat form = FormatOption.parse(PerfFormat.values(), format);
        Set<String> names = new LinkedHashSet<>(devices);
        PerfVerifier verifier = new PerfVerifier(machine(), !hostOptions.hasQueues(), names, context::note);
        PerfReport report = read(verifier);
        context.out().print(form.write(report));
        context.out().flush();
        if (report.badLines() > 0) {
            return ExitCode.BAD_INPUT;
        }
        if (report.compared() == 0) {
            context.note("no packet could be compared");
            return ExitCode.FAILED;
        }
        return report.agreeing() == report.compared() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private PerfReport read(PerfVerifier verifier) {
        String where = file.equals(STDIN) ? "standard input" : file;
        try (InputStream in =
                file.equals(STDIN) ? context.in() : Files.newInputStream(OutputOptions.path("FILE", file))) {
            PerfLines lines = new PerfLines(in);
            for (String line = lines.next(); line != null; line = lines.next()) {
                try {
                    verifier.onLine(line, lines.number());
                } catch (TraceLineException e) {
                    context.err().println(where + ":" + lines.number() + ":1: " + e.getMessage());
                }
                if (lines.number() % CHECK_EVERY == 0 && context.stop().stopRequested()) {
                    break;
                }
            }
            return verifier.report(lines.number());
        } catch (IOException e) {
            throw new BadInputException(where + ": cannot be read: " + e.getMessage());
        }
    }

    private Machine machine() {
        List<Tree.Mapping> overlays = hostOptions.overlays();
        overlays.add(Overlay.of("--nr-cpus", "host", HostFile.flat(cpus())));
        overlays.add(
                Overlay.of("rx verify perf", "workload.capture", new Tree.Scalar("-", true, Where.option("FILE"))));
        overlays.add(
                Overlay.of("rx verify perf", "steering", new Tree.Scalar("rfs", true, Where.option("rx verify perf"))));
        Study study = StudyReader.read(
                Tree.empty(Where.option("rx verify perf")),
                Path.of(""),
                overlays,
                (section, folder) -> new NoWorkload());
        return study.variants().get(0).machine();
    }

    private int cpus() {
        if (nrCpus.matches("\\d{1,4}")) {
            int cpus = Integer.parseInt(nrCpus);
            if (cpus >= 1 && cpus <= CpuTopology.MAX_CPUS) {
                return cpus;
            }
        }
        throw new BadInputException(
                "--nr-cpus " + nrCpus + ": allowed is a whole number from 1 to " + CpuTopology.MAX_CPUS);
    }
}
