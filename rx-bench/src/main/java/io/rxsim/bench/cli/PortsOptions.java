package io.rxsim.bench.cli;

import io.rxsim.bench.ports.PortExposure;
import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.port.LocalPortRange;
import io.rxsim.core.port.PortListException;
import io.rxsim.core.port.PortSet;
import io.rxsim.core.port.PortSettings;
import io.rxsim.workload.spec.Rate;
import io.rxsim.workload.spec.TimeSpan;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The options of {@code rx ports} that say which ports there are, who needs some, and how connections come. */
final class PortsOptions {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})[- ](\\d{1,5})");
    private static final Pattern COUNT = Pattern.compile("\\d{1,6}");
    private static final long MAX_LIFETIME_NS = 3_600_000_000_000L;
    private static final double SECOND_NS = 1e9;

    @Option(
            names = "--range",
            paramLabel = "LOW-HIGH",
            description = "ip_local_port_range (default: that of the kernel, 32768-60999).")
    private String range;

    @Option(
            names = "--reserved",
            paramLabel = "LIST",
            description = "ip_local_reserved_ports as it is now (default: none).")
    private String reserved = "";

    @Option(names = "--services", paramLabel = "LIST", description = "Ports that services need.")
    private String services = "";

    @Option(
            names = "--churn",
            paramLabel = "RATE",
            description = "Outgoing TCP connections, e.g. 500/s (default: ${DEFAULT-VALUE}).")
    private String churn = "100/s";

    @Option(
            names = "--destinations",
            paramLabel = "N",
            description = "Addresses and ports over which they are spread, 1 to 65536 (default: ${DEFAULT-VALUE}).")
    private String destinations = "1";

    @Option(
            names = "--lifetime",
            paramLabel = "TIME",
            description = "Mean time from connect to close, up to 1h (default: ${DEFAULT-VALUE}).")
    private String lifetime = "1s";

    @Option(
            names = "--time-wait",
            paramLabel = "TIME",
            description =
                    "How long a port stays in TIME_WAIT (default: ${DEFAULT-VALUE}, as in the kernel; 0 where the other"
                            + " side closes first).")
    private String timeWait = "60s";

    @Option(names = "--kernel", paramLabel = "VERSION", description = "v6.18 (default) or v2.6.35.")
    private String kernel;

    KernelRules rules() {
        return KernelVersion.of(kernel, KernelRules.V6_18);
    }

    /** The namespace's settings. */
    PortSettings settings() {
        PortSettings settings = new PortSettings(rules());
        if (range != null) {
            setRange(settings.range);
        }
        settings.reserved.set(list("--reserved", reserved));
        settings.timeWaitNs = timeWaitNs();
        return settings;
    }

    private void setRange(LocalPortRange target) {
        Matcher bounds = RANGE.matcher(range);
        if (!bounds.matches()) {
            throw new BadInputException("--range " + range + ": expected two ports such as 32768-60999");
        }
        try {
            target.write((bounds.group(1) + " " + bounds.group(2)).getBytes(StandardCharsets.US_ASCII), 0);
        } catch (PortListException e) {
            throw new BadInputException("--range " + range + ": " + e.getMessage());
        }
    }

    PortSet services() {
        PortSet ports = list("--services", services);
        if (ports.isEmpty()) {
            throw new BadInputException("--services: is missing, expected ports such as 8080,30000-32767");
        }
        return ports;
    }

    /** The services, which may be none. */
    PortSet servicesIfAny() {
        return list("--services", services);
    }

    private static PortSet list(String option, String text) {
        try {
            return PortSet.parse(text);
        } catch (PortListException e) {
            throw new BadInputException(option + ":" + e.column() + ": " + e.getMessage());
        }
    }

    Rate rate() {
        try {
            return Rate.parse("churn", churn);
        } catch (IllegalArgumentException e) {
            throw new BadInputException("--churn: " + e.getMessage());
        }
    }

    int destinations() {
        final int number = COUNT.matcher(destinations).matches() ? Integer.parseInt(destinations) : 0;
        if (number < 1 || number > PortSet.PORTS) {
            throw new BadInputException("--destinations " + destinations + ": allowed is 1 to " + PortSet.PORTS);
        }
        return number;
    }

    long lifetimeNs() {
        return time("--lifetime", lifetime, MAX_LIFETIME_NS);
    }

    long timeWaitNs() {
        return time("--time-wait", timeWait, MAX_LIFETIME_NS);
    }

    static long time(String option, String text, long maxNs) {
        try {
            return TimeSpan.parseNs(option.substring(2), text, 0, maxNs);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(option + ": " + e.getMessage());
        }
    }

    /** The connections as rates. */
    PortExposure.Churn churn() {
        final double hold = (lifetimeNs() + timeWaitNs()) / SECOND_NS;
        if (hold == 0) {
            throw new BadInputException("--lifetime 0 --time-wait 0: no port is ever held, one of them must be more");
        }
        return new PortExposure.Churn(rate().millionthsPerSecond() / 1e6, destinations(), hold);
    }
}
