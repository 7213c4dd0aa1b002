package io.rxsim.bench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Packets and utilisation of each CPU that did anything, one group of columns per variant. */
final class CpuTable {
    private static final int LABEL = 7;
    private static final int CELL = 31;
    private static final String HEAD =
            String.format(Locale.ROOT, "%9s%5s%5s%5s%5s", "packets", "hard", "soft", "app", "idle");

    private static final List<String> SHOWN = List.of("hardirqNs", "softirqNs", "applicationNs", TableReport.IDLE);

    private CpuTable() {}

    static String of(List<VariantResult> results) {
        TextTable table = new TextTable(LABEL, CELL);
        table.line("");
        table.line("per CPU: packets processed, then % of time in hardirq, softirq, application, idle");
        table.row("", results.stream().map(CpuTable::name).toList());
        table.row("CPU", Collections.nCopies(results.size(), HEAD));
        List<Integer> unused = new ArrayList<>();
        int cpus = results.get(0).cpus().size();
        for (int cpu = 0; cpu < cpus; cpu++) {
            int number = cpu;
            List<Map<String, Object>> row =
                    results.stream().map(result -> result.cpus().get(number)).toList();
            if (row.stream().allMatch(CpuTable::unused)) {
                unused.add(cpu);
            } else {
                table.row("  " + cpu, row.stream().map(CpuTable::cell).toList());
            }
        }
        napiThreads(results, table);
        if (!unused.isEmpty()) {
            table.line("CPUs without work: " + ranges(unused));
        }
        return table.toString();
    }

    /** Only where threads poll NAPI instances: the usual columns have no room for it. */
    private static void napiThreads(List<VariantResult> results, TextTable table) {
        boolean first = true;
        for (int cpu = 0; cpu < results.get(0).cpus().size(); cpu++) {
            int number = cpu;
            List<Map<String, Object>> row =
                    results.stream().map(result -> result.cpus().get(number)).toList();
            if (row.stream().allMatch(one -> number(one, TableReport.NAPI_THREAD) == 0)) {
                continue;
            }
            if (first) {
                table.line("and % of time in threads that poll NAPI instances");
                first = false;
            }
            table.row("  " + cpu, row.stream().map(CpuTable::napiThread).toList());
        }
    }

    private static String napiThread(Map<String, Object> cpu) {
        double wholeNs = TableReport.wholeNs(cpu);
        double share = wholeNs == 0 ? 0 : number(cpu, TableReport.NAPI_THREAD) / wholeNs;
        return Units.shortPercent(share);
    }

    private static String name(VariantResult result) {
        return String.format(
                Locale.ROOT, "%" + HEAD.length() + "s", result.scenario().name());
    }

    private static boolean unused(Map<String, Object> cpu) {
        return number(cpu, "processed") == 0
                && number(cpu, "consumed") == 0
                && TableReport.USAGE.stream().allMatch(part -> part.equals(TableReport.IDLE) || number(cpu, part) == 0);
    }

    private static String cell(Map<String, Object> cpu) {
        if (!Boolean.TRUE.equals(cpu.get("online"))) {
            return "offline";
        }
        double wholeNs = TableReport.wholeNs(cpu);
        StringBuilder cell = new StringBuilder(String.format(Locale.ROOT, "%9.0f", number(cpu, "processed")));
        for (String part : SHOWN) {
            double share = wholeNs == 0 ? 0 : number(cpu, part) / wholeNs;
            cell.append(String.format(Locale.ROOT, "%5s", Units.shortPercent(share)));
        }
        return cell.toString();
    }

    /** A figure of a CPU. */
    static double number(Map<String, Object> cpu, String key) {
        return ((Number) cpu.get(key)).doubleValue();
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
