package io.rxsim.bench.cli;

import io.rxsim.bench.ports.Answer;
import io.rxsim.bench.ports.PortExposure;
import io.rxsim.bench.ports.PortPlan;
import io.rxsim.bench.ports.SysctlLines;
import io.rxsim.core.port.PortSet;
import io.rxsim.core.port.PortSettings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rx ports plan}: the smallest reservation, and what it leaves. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Plans the smallest ip_local_reserved_ports that keeps the kernel away from --services, and says what is left for"
                    + " connections: ports, and connections per second to one destination.",
            "What is in --reserved stays reserved. The lines to apply and to revert can be pasted into a root shell."
        },
        footer = {
            "",
            "Examples:",
            "  rx ports plan --range 32768-60999 --services 35000,40000-40100 --churn 500/s --destinations 20",
            "  rx ports plan --services 35000 --reserved 8080 --format json"
        })
final class PortsPlanCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private PortsOptions options = new PortsOptions();

    @Option(
            names = "--format",
            paramLabel = "table|json|csv",
            description = "Form of the result (default: ${DEFAULT-VALUE}).")
    private String format = "table";

    PortsPlanCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Answer.Form form = FormatOption.parse(Answer.Form.values(), format);
        PortSettings settings = options.settings();
        PortExposure.Churn churn = options.churn();
        PortSet present = settings.reserved.ports();
        PortPlan plan = PortPlan.of(settings.range, present, options.services(), churn);
        Answer answer = new Answer("rows");
        answer.value("range", "ip_local_port_range", settings.range.low() + "-" + settings.range.high());
        answer.value("reservation", "reservation", plan.reservation().toString());
        answer.value("added", "newly reserved ports", plan.added().size());
        answer.value("left", "ports left", plan.left());
        answer.value("firstParity", "of these, first for connect", plan.firstParity());
        answer.value("fitsPerSecond", "fit per second and destination", plan.fitsPerSecond());
        answer.value("wantedPerSecond", "expected", plan.wantedPerSecond());
        answer.value("apply", "apply", List.of(SysctlLines.set(plan.reservation())));
        answer.value("revert", "revert", List.of(SysctlLines.set(present)));
        answer.value("warnings", "warning", plan.warnings());
        context.out().print(answer.write(form));
        context.out().flush();
        return ExitCode.DONE;
    }
}
