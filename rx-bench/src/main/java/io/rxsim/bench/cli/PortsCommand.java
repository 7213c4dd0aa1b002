package io.rxsim.bench.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rx ports}: the ports that the kernel chooses, and those it must not. */
@Command(
        name = "ports",
        versionProvider = Version.class,
        description = "Parses, checks and plans ip_local_reserved_ports; simulates the kernel's choice of ports.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  rx ports plan --services 35000,40000-40100 --churn 500/s --destinations 20"})
final class PortsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing, allowed: "
                        + String.join(", ", spec.subcommands().keySet()));
    }

    /** The command with all below it. */
    static CommandLine commandLine(CommandContext context) {
        return new CommandLine(new PortsCommand())
                .addSubcommand(new PortsParseCommand(context))
                .addSubcommand(new PortsCheckCommand(context))
                .addSubcommand(new PortsPlanCommand(context))
                .addSubcommand(new PortsSimulateCommand(context))
                .addSubcommand(new PortsHostCommand(context));
    }
}
