package io.rxsim.bench.cli;

import io.rxsim.bench.verify.RecordedKernel;
import io.rxsim.bench.verify.RecordedVerifier;
import io.rxsim.bench.verify.VerifyFormat;
import io.rxsim.bench.verify.VerifyReport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rx verify}: does the product do what a real kernel was seen to do? */
@Command(
        name = "verify",
        versionProvider = Version.class,
        description =
                "Holds a real kernel against the product: recordings of one, the running one, a trace of any, or what was published of one.",
        synopsisSubcommandLabel = "(recorded | kernel | perf | padata)",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  rx verify recorded recordings/", "  rx verify kernel"})
final class VerifyCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "what to verify is missing, allowed: recorded, kernel, perf, padata");
    }

    /** {@code rx verify recorded DIR}. */
    @Command(
            name = "recorded",
            versionProvider = Version.class,
            description = {
                "Replays every known recording of a folder (.csv or .csv.gz) and compares each row with what the kernel did.",
                "One line per file: rows, compared, agreeing, the first disagreement, rows skipped by reason."
            },
            footer = {
                "",
                "Examples:",
                "  rx verify recorded recordings/",
                "  rx verify recorded --without upper-bit-check recordings/",
                "",
                "Exit status: 0 every compared row agrees, 1 a row does not, 2 bad usage or bad input."
            },
            mixinStandardHelpOptions = true)
    static final class Recorded implements Callable<Integer> {
        private final CommandContext context;

        @Parameters(paramLabel = "DIR", description = "Folder of recordings.")
        private Path folder;

        @Option(
                names = "--format",
                paramLabel = "table|json|csv",
                description = "Form of the result (default: ${DEFAULT-VALUE}).",
                defaultValue = "table")
        private String format;

        @Option(
                names = "--seed",
                paramLabel = "N",
                description = "Seed of the random flows and hash keys (default: ${DEFAULT-VALUE}).",
                defaultValue = "42")
        private long seed;

        @Mixin
        private AblationOptions ablation = new AblationOptions();

        Recorded(CommandContext context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            VerifyFormat form = FormatOption.parse(VerifyFormat.values(), format);
            VerifyReport report = new RecordedVerifier(new RecordedKernel(ablation.rules(), seed)).verify(folder);
            context.out().print(form.write(report));
            context.out().flush();
            return report.agrees() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }
}
