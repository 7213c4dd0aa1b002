package io.rxsim.bench.cli;

import io.rxsim.bench.ports.Answer;
import io.rxsim.bench.ports.PortExposure;
import io.rxsim.bench.ports.PortPlan;
import io.rxsim.bench.ports.SysctlLines;
import io.rxsim.core.port.PortSet;
import io.rxsim.core.port.PortSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rx ports check}: which service ports collide with outgoing connections, and how likely. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Says which ports of --services the kernel may give to outgoing connections, how likely one of each run is taken"
                    + " within a day, and how likely it is taken at the moment at which its service starts.",
            "Ports outside the range, and reserved ones, are never given."
        },
        footer = {
            "",
            "Examples:",
            "  rx ports check --range 32768-60999 --services 8080,30000-32767 --churn 500/s",
            "  rx ports check --services 35000,40000-40100 --reserved 35000 --churn 500/s --destinations 20",
            "",
            "Exit status: 0 nothing collides, 1 something may, 2 bad usage or bad input."
        })
final class PortsCheckCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private PortsOptions options = new PortsOptions();

    @Option(
            names = "--format",
            paramLabel = "table|json|csv",
            description = "Form of the result (default: ${DEFAULT-VALUE}).")
    private String format = "table";

    PortsCheckCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Answer.Form form = FormatOption.parse(Answer.Form.values(), format);
        PortSettings settings = options.settings();
        PortExposure.Churn churn = options.churn();
        PortSet services = options.services();
        PortExposure exposure = new PortExposure(settings.rules, settings.range, settings.reserved.ports(), churn);
        Answer answer = new Answer("services");
        answer.value("kernel", "kernel", settings.rules.toString());
        answer.value("range", "ip_local_port_range", settings.range.low() + "-" + settings.range.high());
        answer.value(
                "reserved", "ip_local_reserved_ports", settings.reserved.ports().toString());
        PortPlan plan = PortPlan.of(settings.range, settings.reserved.ports(), services, churn);
        answer.value("collide", "may collide", plan.added().size());
        answer.value("add", "to be reserved", plan.added().toString());
        answer.value(
                "apply", "apply", plan.added().isEmpty() ? List.of() : List.of(SysctlLines.set(plan.reservation())));
        answer.value(
                "revert",
                "revert",
                plan.added().isEmpty() ? List.of() : List.of(SysctlLines.set(settings.reserved.ports())));
        for (int port = services.next(0); port >= 0; ) {
            PortSet run = run(settings, services, port);
            answer.row(row(settings, exposure, run));
            port = services.next(run.endOfRun(port) + 1);
        }
        context.out().print(answer.write(form));
        context.out().flush();
        return plan.added().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** Neighbouring service ports of one status. */
    private static PortSet run(PortSettings settings, PortSet services, int first) {
        int last = first;
        while (services.contains(last + 1) && status(settings, last + 1).equals(status(settings, first))) {
            last++;
        }
        PortSet run = new PortSet();
        run.add(first, last);
        return run;
    }

    private static String status(PortSettings settings, int port) {
        if (!settings.range.contains(port)) {
            return "out of range";
        }
        return settings.reserved.contains(port) ? "reserved" : "at risk";
    }

    private static Map<String, Object> row(PortSettings settings, PortExposure exposure, PortSet run) {
        final String status = status(settings, run.next(0));
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("ports", run.toString());
        row.put("status", status);
        row.put("takenInADay", status.equals("at risk") ? exposure.takenInADay(run) : 0.0);
        row.put("takenAtStart", status.equals("at risk") ? exposure.takenNow(run) : 0.0);
        return row;
    }
}
