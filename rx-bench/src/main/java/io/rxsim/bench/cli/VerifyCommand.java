package io.rxsim.bench.cli;

import io.rxsim.bench.verify.BadRecordingException;
import io.rxsim.bench.verify.RecordedKernel;
import io.rxsim.bench.verify.RecordedVerifier;
import io.rxsim.bench.verify.VerifyFormat;
import io.rxsim.bench.verify.VerifyReport;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.run.NearNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rx verify}: does the product do what a real kernel was seen to do? */
@Command(
        name = "verify",
        description = "Holds recordings of a real kernel against the product.",
        synopsisSubcommandLabel = "recorded",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  rx verify recorded recordings/"},
        subcommands = VerifyCommand.Recorded.class)
public final class VerifyCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "what to verify is missing, allowed: recorded");
    }

    /** {@code rx verify recorded DIR}. */
    @Command(
            name = "recorded",
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
        private static final int AGREES = 0;
        private static final int DISAGREES = 1;
        private static final int BAD_INPUT = 2;

        @Spec
        private CommandSpec spec;

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

        @Option(
                names = "--without",
                paramLabel = "RULE",
                description = "Switch a kernel rule off, to see which recordings show it; may be repeated.")
        private List<String> ablated = List.of();

        @Override
        public Integer call() {
            VerifyFormat form = form();
            RecordedKernel kernel = new RecordedKernel(rules(), seed);
            try {
                VerifyReport report = new RecordedVerifier(kernel).verify(folder);
                spec.commandLine().getOut().print(form.write(report));
                spec.commandLine().getOut().flush();
                return report.agrees() ? AGREES : DISAGREES;
            } catch (BadRecordingException e) {
                spec.commandLine().getErr().println(e.getMessage());
                spec.commandLine().getErr().flush();
                return BAD_INPUT;
            }
        }

        private VerifyFormat form() {
            try {
                return VerifyFormat.of(format);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), "--" + e.getMessage());
            }
        }

        private KernelRules rules() {
            KernelRules rules = KernelRules.V6_18;
            for (String label : ablated) {
                rules = without(rules, label);
            }
            return rules;
        }

        private KernelRules without(KernelRules rules, String label) {
            List<String> allowed = new ArrayList<>();
            for (Rule rule : Rule.values()) {
                if (rules.has(rule)) {
                    allowed.add(rule.label());
                    if (rule.label().equals(label)) {
                        return rules.without(rule);
                    }
                }
            }
            throw new ParameterException(
                    spec.commandLine(),
                    "--without=" + label + " is no rule in force in " + rules + NearNames.hint(label, allowed));
        }
    }
}
