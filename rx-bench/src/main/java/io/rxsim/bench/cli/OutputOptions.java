package io.rxsim.bench.cli;

import io.rxsim.bench.report.OutputFormat;
import io.rxsim.bench.report.RunDirectory;
import io.rxsim.bench.scenario.BadInputException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of commands that show results of runs. */
final class OutputOptions {
    @Option(
            names = "--format",
            paramLabel = "table|json|csv|softnet_stat",
            description = "Results on standard output as a table (default), one JSON object, CSV, or the text of"
                    + " /proc/net/softnet_stat.")
    private String format = "table";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Also keep everything of the run here: effective scenario, JSON, CSV per CPU and per flow,"
                    + " .hgrm and .hlog.")
    private String directory;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description =
                    "Run every variant N times with different seeds and show means with 95 %% confidence intervals.")
    private String repeat;

    /** Runs per variant as given, or null. */
    String repeat() {
        return repeat;
    }

    OutputFormat format() {
        return FormatOption.parse(OutputFormat.values(), format);
    }

    /** The directory, ready to be written to, or null if none is wanted. */
    RunDirectory directory() {
        return directory == null ? null : RunDirectory.prepare(path("-o", directory));
    }

    /** The directory as a path, made and ready to be written to, or null if none is wanted. */
    Path folder() {
        return directory() == null ? null : Path.of(directory);
    }

    /** A file name given on the command line. */
    static Path path(String option, String text) {
        if (text.isEmpty()) {
            throw new BadInputException(option + ": is empty, a name is needed");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new BadInputException(option + " " + text + ": is no file name: " + e.getReason());
        }
    }
}
