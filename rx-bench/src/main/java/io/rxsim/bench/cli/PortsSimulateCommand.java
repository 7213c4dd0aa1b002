package io.rxsim.bench.cli;

import io.rxsim.bench.ports.Answer;
import io.rxsim.bench.ports.ChurnAnswer;
import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.core.port.PortSettings;
import io.rxsim.core.port.TcpPorts;
import io.rxsim.workload.churn.ChurnResult;
import io.rxsim.workload.churn.PortChurn;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rx ports simulate}: churn in virtual time. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Lets outgoing connections come and go in virtual time and counts what ports they are given: collisions with"
                    + " --services, connects that fail, how soon a port is given again, how many ports a connect tries.",
            "Connects are random (Poisson), lifetimes exponential, destinations take turns."
        },
        footer = {
            "",
            "Examples:",
            "  rx ports simulate --churn 500/s --destinations 20 --services 35000,40000-40100 --duration 1h",
            "  rx ports simulate --churn 1157/s --destinations 100 --duration 24h",
            "  rx ports simulate --churn 600/s --tcp-tw-reuse 1 --duration 10m",
            "",
            "Exit status: 0 every connect was given a port, 1 some were not, 2 bad usage or bad input, 130 Ctrl-C."
        })
final class PortsSimulateCommand implements Callable<Integer> {
    private static final long MAX_DURATION_NS = 7L * 86_400 * 1_000_000_000;

    private final CommandContext context;

    @Mixin
    private PortsOptions options = new PortsOptions();

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "Virtual time, up to 168h (default: ${DEFAULT-VALUE}).")
    private String duration = "10m";

    @Option(
            names = "--tcp-tw-reuse",
            paramLabel = "0|1|2",
            description = "Whether a port in TIME_WAIT may be reused: 0 no, 1 yes, 2 over loopback only (default: the"
                    + " kernel's).")
    private String twReuse;

    @Option(
            names = "--close",
            paramLabel = "active|passive|reset",
            description = "Who closes first: this side, which leaves TIME_WAIT (default), the other side, or a reset.")
    private String close = "active";

    @Option(names = "--seed", paramLabel = "N", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed = 42;

    @Option(
            names = "--format",
            paramLabel = "table|json|csv",
            description = "Form of the result; csv is the histogram of uses per port (default: ${DEFAULT-VALUE}).")
    private String format = "table";

    PortsSimulateCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Answer.Form form = FormatOption.parse(Answer.Form.values(), format);
        PortSettings settings = options.settings();
        if (twReuse != null) {
            if (!twReuse.matches(settings.rules.version().equals("v2.6.35") ? "[01]" : "[012]")) {
                throw new BadInputException("--tcp-tw-reuse " + twReuse + ": allowed is 0, 1 or, in v6.18, 2");
            }
            settings.tcpTwReuse = Integer.parseInt(twReuse);
        }
        PortChurn.Load load = new PortChurn.Load(
                options.rate(), options.destinations(), options.lifetimeNs(), end(), options.servicesIfAny());
        final long untilNs = PortsOptions.time("--duration", duration, MAX_DURATION_NS);
        final long startNs = System.nanoTime();
        ChurnResult result = new PortChurn(settings, load, seed).run(untilNs, context.stop());
        final double seconds = (System.nanoTime() - startNs) / 1e9;
        context.out().print(ChurnAnswer.of(settings, load, seed, result).write(form));
        context.out().flush();
        context.note(String.format(
                Locale.ROOT,
                "%d connects in %.1f s, %.0f ns each",
                result.counts().connects(),
                seconds,
                seconds * 1e9 / Math.max(1, result.counts().connects())));
        if (context.stop().stopRequested()) {
            context.note("interrupted: figures are partial");
            return ExitCode.INTERRUPTED;
        }
        return result.counts().failedTotal() == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    private TcpPorts.End end() {
        return FormatOption.parse("close", TcpPorts.End.values(), close);
    }
}
