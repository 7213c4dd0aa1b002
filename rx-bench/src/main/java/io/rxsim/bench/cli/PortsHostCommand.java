package io.rxsim.bench.cli;

import io.rxsim.bench.ports.Answer;
import io.rxsim.bench.ports.HostPorts;
import io.rxsim.bench.ports.SysctlLines;
import io.rxsim.core.port.PortSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rx ports host}: this host's settings and listeners, and what is at risk. */
@Command(
        name = "host",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Reads this host's port settings, listeners and connections from procfs and says which listeners' ports the"
                    + " kernel may give away while they are down. Changes nothing."
        },
        footer = {
            "",
            "Examples:",
            "  rx ports host",
            "  rx ports host --proc copy-of-proc --format json",
            "",
            "Exit status: 0 no listener is at risk, 1 one is, 2 bad usage or bad input."
        })
final class PortsHostCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(
            names = "--proc",
            paramLabel = "DIR",
            description = "Where procfs, or a copy of it, is (default: ${DEFAULT-VALUE}).")
    private String proc = "/proc";

    @Option(
            names = "--format",
            paramLabel = "table|json|csv",
            description = "Form of the result; csv is the busiest destinations (default: ${DEFAULT-VALUE}).")
    private String format = "table";

    PortsHostCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Answer.Form form = FormatOption.parse(Answer.Form.values(), format);
        HostPorts host = HostPorts.read(OutputOptions.path("--proc", proc));
        PortSet plan = host.reserved().copy();
        plan.addAll(host.atRisk());
        final boolean risk = !host.atRisk().isEmpty();
        Answer answer = new Answer("destinations")
                .value(
                        "range",
                        "ip_local_port_range",
                        host.range().low() + "-" + host.range().high())
                .value("reserved", "ip_local_reserved_ports", host.reserved().toString());
        host.settings().forEach((name, value) -> answer.value(name, name, value));
        answer.value("listening", "listening, TCP and UDP", host.listening().toString())
                .value("atRisk", "at risk", host.atRisk().toString())
                .value("timeWaits", "TIME_WAIT", host.timeWaits())
                .value("apply", "apply", risk ? List.of(SysctlLines.set(plan)) : List.of())
                .value("revert", "revert", risk ? List.of(SysctlLines.set(host.reserved())) : List.of());
        for (HostPorts.Busy busy : host.destinations()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("destination", busy.remote());
            row.put("connections", busy.connections());
            row.put("ofRange", (double) busy.connections() / host.range().count());
            answer.row(row);
        }
        context.out().print(answer.write(form));
        context.out().flush();
        return risk ? ExitCode.FAILED : ExitCode.DONE;
    }
}
