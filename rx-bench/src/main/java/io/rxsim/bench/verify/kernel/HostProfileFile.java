package io.rxsim.bench.verify.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes what was measured as a host that {@code rx run} takes: a shipped profile, and what differs from it. Stateless. */
final class HostProfileFile {
    private static final String SOURCE = "measured on this machine by rx verify kernel";
    private static final String SHIPPED = "e5-1650v4";
    private static final int MIN_HZ = 100;
    private static final int MAX_HZ = 1000;
    private static final int DEFAULT_HZ = 250;
    private static final int MICROSECONDS_OF_TWO_TICKS = 2_000_000;
    private static final Path CPUS = Path.of("/sys/devices/system/cpu");

    private HostProfileFile() {}

    /** Writes the file. */
    static void write(Path file, Map<String, Integer> costs, int cpus) {
        try {
            Files.writeString(
                    file,
                    text(
                            costs,
                            topology(cpus),
                            hz(KernelFile.read(Path.of("/proc/sys/net/core/netdev_budget_usecs")))));
        } catch (IOException e) {
            throw new VerificationException(file + " cannot be written", e);
        }
    }

    /** The text of a profile. */
    static String text(Map<String, Integer> costs, String topology, int hz) {
        StringBuilder text = new StringBuilder(
                "# Costs of the machine on which rx verify kernel ran. What it does not measure is that of " + SHIPPED
                        + ".\n");
        text.append("include: ")
                .append(SHIPPED)
                .append("\nname: measured\ntopology: ")
                .append(topology);
        text.append("\nhz: ").append(hz).append('\n');
        if (costs.containsKey("ipi_latency")) {
            text.append("# ")
                    .append(SOURCE)
                    .append(", the target idle: what leaving the idle state takes is part of it\n");
            text.append("ipi_latency_ns: ").append(costs.get("ipi_latency")).append('\n');
        }
        if (costs.containsKey("line")) {
            int ns = costs.get("line");
            text.append("line_ns: {smt: ")
                    .append(ns)
                    .append(", llc: ")
                    .append(ns)
                    .append(", package: ")
                    .append(ns);
            text.append(", remote: ").append(ns).append(", source: \"").append(SOURCE);
            text.append(": between its first two CPUs, taken for all\"}\n");
        }
        text.append("costs:\n");
        for (String stage : List.of("softirq", "steer", "enqueue", "ipi_send", "ipi_receive")) {
            stage(text, costs, stage, 0, "");
        }
        if (costs.containsKey("backlog")) {
            text.append("  poll: {ns: 0, source: \"").append(SOURCE).append(", as part of backlog\"}\n");
        }
        stage(text, costs, "backlog", CostMeasurement.BACKLOG_LINES, ", with its poll");
        stage(text, costs, "protocol", CostMeasurement.PROTOCOL_LINES, "");
        if (costs.containsKey("ipi_latency")) {
            text.append("  idle_exit: {ns: 0, source: \"").append(SOURCE).append(", as part of ipi_latency_ns\"}\n");
        }
        return text.toString();
    }

    private static void stage(StringBuilder text, Map<String, Integer> costs, String stage, int lines, String remark) {
        if (costs.containsKey(stage)) {
            text.append("  ").append(stage).append(": {ns: ").append(costs.get(stage));
            if (lines > 0) {
                text.append(", lines: ").append(lines);
            }
            text.append(", source: \"").append(SOURCE).append(remark).append("\"}\n");
        }
    }

    /** CONFIG_HZ, of which the default of netdev_budget_usecs is two ticks; 250 where the setting was changed to something else. */
    static int hz(String netdevBudgetUsecs) {
        int usecs = Integer.parseInt(netdevBudgetUsecs);
        int hz = usecs <= 0 ? DEFAULT_HZ : MICROSECONDS_OF_TWO_TICKS / usecs;
        return hz >= MIN_HZ && hz <= MAX_HZ ? hz : DEFAULT_HZ;
    }

    /** Packages, cores and threads as sysfs has them; cores without more where they are not all alike. */
    private static String topology(int cpus) {
        Set<String> packages = new HashSet<>();
        Set<String> cores = new HashSet<>();
        for (int cpu = 0; cpu < cpus; cpu++) {
            Path folder = CPUS.resolve("cpu" + cpu).resolve("topology");
            if (!Files.isReadable(folder.resolve("core_id"))) {
                return shape(1, cpus, 1);
            }
            String ofPackage = KernelFile.read(folder.resolve("physical_package_id"));
            packages.add(ofPackage);
            cores.add(ofPackage + "/" + KernelFile.read(folder.resolve("core_id")));
        }
        boolean alike = cores.size() % packages.size() == 0 && cpus % cores.size() == 0;
        return alike ? shape(packages.size(), cores.size() / packages.size(), cpus / cores.size()) : shape(1, cpus, 1);
    }

    private static String shape(int packages, int cores, int threads) {
        return "{packages: " + packages + ", cores: " + cores + ", cores_per_llc: " + cores + ", threads: " + threads
                + "}";
    }
}
