package io.rxsim.bench.cli;

import io.rxsim.core.run.NearNames;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Bad usage in one line: what is wrong, the nearest name, and where help is. */
final class UsageErrors {
    private UsageErrors() {}

    static int report(ParameterException error, String[] args) {
        CommandLine command = error.getCommandLine();
        String name = command.getCommandSpec().qualifiedName(" ");
        command.getErr().println(name + ": " + message(error, command, args) + "; see " + name + " --help");
        return ExitCode.BAD_INPUT;
    }

    private static String message(ParameterException error, CommandLine command, String[] args) {
        if (error instanceof MissingParameterException || error instanceof UnmatchedArgumentException) {
            List<String> options =
                    new ArrayList<>(command.getCommandSpec().optionsMap().keySet());
            for (String argument : args) {
                String option = argument.replaceFirst("=.*", "");
                if (option.matches("-\\D.*") && !options.contains(option)) {
                    return "unknown option " + option + hint(option, options);
                }
            }
        }
        if (error instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String given = unmatched.getUnmatched().get(0);
            List<String> commands = new ArrayList<>(command.getSubcommands().keySet());
            return commands.isEmpty()
                    ? "unexpected argument " + given
                    : "unknown command " + given + NearNames.hint(given, commands);
        }
        return error.getMessage().replaceAll("\\s*\\R\\s*", " ");
    }

    private static String hint(String option, List<String> options) {
        String nearest = NearNames.nearest(option, options);
        return nearest == null ? ", allowed: " + String.join(", ", options) : ", did you mean " + nearest + "?";
    }
}
