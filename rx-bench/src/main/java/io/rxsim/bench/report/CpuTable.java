package io.rxsim.bench.report;

import io.rxsim.core.run.CpuResult;
import io.rxsim.core.run.RunResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Packets and utilisation of each CPU that did anything, one group of columns per variant. */
final class CpuTable {
    private static final int LABEL = 7;
    private static final int CELL = 31;
    private static final String HEAD =
            String.format(Locale.ROOT, "%9s%5s%5s%5s%5s", "packets", "hard", "soft", "app", "idle");

    private CpuTable() {}

    static String of(List<RunResult> results) {
        TextTable table = new TextTable(LABEL, CELL);
        table.line("");
        table.line("per CPU: packets processed, then % of time in hardirq, softirq, application, idle");
        table.row("", results.stream().map(CpuTable::name).toList());
        table.row("CPU", Collections.nCopies(results.size(), HEAD));
        List<Integer> unused = new ArrayList<>();
        int cpus = results.get(0).cpus().size();
        for (int cpu = 0; cpu < cpus; cpu++) {
            int number = cpu;
            List<CpuResult> row =
                    results.stream().map(result -> result.cpus().get(number)).toList();
            if (row.stream().allMatch(CpuTable::unused)) {
                unused.add(cpu);
            } else {
                table.row("  " + cpu, row.stream().map(CpuTable::cell).toList());
            }
        }
        if (!unused.isEmpty()) {
            table.line("CPUs without work: " + ranges(unused));
        }
        return table.toString();
    }

    private static String name(RunResult result) {
        return String.format(
                Locale.ROOT, "%" + HEAD.length() + "s", result.scenario().name());
    }

    private static boolean unused(CpuResult cpu) {
        return cpu.softnet().processed() == 0
                && cpu.consumed() == 0
                && cpu.usage().hardirqNs()
                                + cpu.usage().softirqNs()
                                + cpu.usage().applicationNs()
                        == 0;
    }

    private static String cell(CpuResult cpu) {
        if (!cpu.online()) {
            return "offline";
        }
        CpuResult.Usage usage = cpu.usage();
        return String.format(
                Locale.ROOT,
                "%9d%5s%5s%5s%5s",
                cpu.softnet().processed(),
                Units.shortPercent(usage.share(usage.hardirqNs())),
                Units.shortPercent(usage.share(usage.softirqNs())),
                Units.shortPercent(usage.share(usage.applicationNs())),
                Units.shortPercent(usage.share(usage.idleNs())));
    }

    /** {@code 0-3,5}. */
    static String ranges(List<Integer> cpus) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < cpus.size(); ) {
            int end = i;
            while (end + 1 < cpus.size() && cpus.get(end + 1) == cpus.get(end) + 1) {
                end++;
            }
            parts.add(end == i ? "" + cpus.get(i) : cpus.get(i) + "-" + cpus.get(end));
            i = end + 1;
        }
        return String.join(",", parts);
    }
}
