package io.rxsim.bench.cli;

import io.rxsim.bench.verify.padata.PadataFormat;
import io.rxsim.bench.verify.padata.PublishedPadata;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rx verify padata}: does the model show what was published about padata? */
@Command(
        name = "padata",
        versionProvider = Version.class,
        description = {
            "Prints the published measurements of padata with bound and with unbound workers (40 CPUs, 2019) beside what the model"
                    + " gives for each row, and holds the shape: collapse to one request per tick with bound workers on a"
                    + " busy machine and none with unbound ones, the hand-off that dominates with one request outstanding."
        },
        footer = {
            "",
            "Example:",
            "  rx verify padata",
            "",
            "Exit status: 0 the shape holds, 1 it does not, 2 bad usage. docs/padata.md says what is fitted."
        },
        mixinStandardHelpOptions = true)
final class VerifyPadataCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(
            names = "--format",
            paramLabel = "table|json|csv",
            description = "Form of the result (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private String format;

    VerifyPadataCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        PadataFormat form = FormatOption.parse(PadataFormat.values(), format);
        PublishedPadata padata = PublishedPadata.modelled();
        context.out().print(form.write(padata));
        context.out().flush();
        return padata.held() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
