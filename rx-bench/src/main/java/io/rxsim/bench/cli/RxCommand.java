package io.rxsim.bench.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rx} without a command: bad usage. */
@Command(
        name = "rx",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Simulates the Linux network receive path: what a steering configuration does to your traffic.",
        footer = {
            "",
            "Example:",
            "  rx run config/quickstart.yaml",
            "",
            "Results go to standard output, diagnostics to standard error.",
            "Exit status: 0 done, 1 a run failed or a check did not hold, 2 bad usage or bad input, 130 Ctrl-C."
        })
final class RxCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing, allowed: "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
