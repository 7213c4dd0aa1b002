package io.rxsim.bench.report;

import io.rxsim.core.kernel.Errno;
import io.rxsim.core.run.ClientResult;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.run.StreamResult;
import io.rxsim.core.run.Traffic;
import io.rxsim.core.run.WorkloadResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What each of several workloads saw, under its name. */
final class WorkloadFigures {
    /** What connect fails with. */
    static final List<Errno> CONNECT_FAILURES = List.of(Errno.EADDRNOTAVAIL, Errno.EMFILE);

    /** The key of these figures. */
    static final String KEY = "workloads";

    private WorkloadFigures() {}

    /** Figures by workload's name. */
    static Map<String, Object> of(RunResult result) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (WorkloadResult workload : result.workloads()) {
            all.put(workload.name(), of(workload, result.traffic().timing()));
        }
        return all;
    }

    private static Map<String, Object> of(WorkloadResult workload, Traffic.Timing timing) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("packets", workload.packets());
        figures.put("delivered", workload.delivered());
        figures.put("dropped", workload.dropped());
        figures.put("offeredPerSecond", perSecond(workload.packets(), timing.arrivalsNs()));
        figures.put("deliveredPerSecond", perSecond(workload.delivered(), timing.deliveriesNs()));
        putClient(figures, workload.client());
        figures.put("latencyNs", LatencySummary.of(workload.latency()));
        if (workload.corrected() != null) {
            figures.put(ResultDocument.CORRECTED, LatencySummary.of(workload.corrected()));
        }
        return figures;
    }

    private static Number perSecond(long count, long overNs) {
        return LatencySummary.rounded(overNs <= 0 ? 0 : count * 1e9 / overNs);
    }

    /** Adds what clients saw, if there are any; failed connects by every errno that there is. */
    static void putClient(Map<String, Object> figures, ClientResult client) {
        if (client == null) {
            return;
        }
        StreamResult stream = client.stream();
        if (stream == null || client.transactions() > 0) {
            figures.put("transactions", client.transactions());
            figures.put("transactionsPerSecond", LatencySummary.rounded(client.perSecond()));
        }
        if (stream != null) {
            figures.put("bitsPerSecond", LatencySummary.rounded(stream.bitsPerSecond()));
            figures.put("limitedBy", stream.limitedBy().label());
            Map<String, Object> limits = new LinkedHashMap<>();
            stream.waitedNs()
                    .keySet()
                    .forEach(limit -> limits.put(limit.label(), LatencySummary.rounded(stream.share(limit))));
            figures.put("limits", limits);
        }
        figures.put("clientBusy", LatencySummary.rounded(client.busy()));
        figures.put("lostRequests", client.losses().lost());
        figures.put("retransmissions", client.losses().retransmitted());
        figures.put("stoppedInstances", client.losses().stopped());
        Map<String, Object> failed = new LinkedHashMap<>();
        for (Errno errno : CONNECT_FAILURES) {
            failed.put(errno.name(), client.failed().getOrDefault(errno, 0L));
        }
        figures.put("failedTransactions", failed);
    }

    /** Rows of the table: per workload, what came in and out, and how long it took. */
    static void rows(TextTable table, List<VariantResult> shown) {
        Set<String> names = new LinkedHashSet<>();
        shown.forEach(result -> workloads(result).keySet().forEach(name -> names.add(name.toString())));
        for (String name : names) {
            String path = KEY + "." + name + ".";
            boolean closed = shown.stream().anyMatch(result -> result.has(path + "transactions"));
            table.line("").line("workload " + name + (closed ? ", latency of transactions" : ""));
            row(table, shown, "  offered", result -> rate(result, path + "offeredPerSecond"));
            row(table, shown, "  delivered", result -> rate(result, path + "deliveredPerSecond"));
            row(table, shown, "  dropped", result -> dropped(result, path));
            if (shown.stream().anyMatch(result -> result.has(path + "bitsPerSecond"))) {
                row(table, shown, "  throughput", result -> bits(result, path + "bitsPerSecond"));
                row(table, shown, "  limited by", result -> limit(result, path));
            }
            if (closed) {
                row(table, shown, "  transactions", result -> rate(result, path + "transactionsPerSecond"));
            }
            row(table, shown, "  p50 / p99", result -> latency(result, path + "latencyNs"));
            if (shown.stream().anyMatch(result -> result.has(path + ResultDocument.CORRECTED))) {
                row(table, shown, "  corrected p50 / p99", result -> latency(result, path + ResultDocument.CORRECTED));
            }
        }
    }

    private static void row(
            TextTable table, List<VariantResult> shown, String label, Function<VariantResult, String> cell) {
        List<String> cells = new ArrayList<>();
        shown.forEach(result -> cells.add(cell.apply(result)));
        table.row(label, cells);
    }

    private static String rate(VariantResult result, String path) {
        return result.has(path) ? Units.rate(result.number(path)) : "-";
    }

    private static String bits(VariantResult result, String path) {
        return result.has(path) ? Units.bits(result.number(path)) : "-";
    }

    /** What streams waited for longest, with its share of all they waited. */
    static String limit(VariantResult result, String prefix) {
        if (!result.has(prefix + "limitedBy")) {
            return "-";
        }
        String longest = result.text(prefix + "limitedBy");
        return longest + " " + Units.percent(result.number(prefix + "limits." + longest), 1);
    }

    private static String dropped(VariantResult result, String path) {
        return result.has(path + "dropped")
                ? Units.percent(result.number(path + "dropped"), result.number(path + "packets"))
                : "-";
    }

    private static String latency(VariantResult result, String path) {
        return result.has(path) && result.number(path + ".count") > 0
                ? Units.time(result.number(path + ".p50")) + " / " + Units.time(result.number(path + ".p99"))
                : "-";
    }

    private static Map<?, ?> workloads(VariantResult result) {
        return result.figures().get(KEY) instanceof Map<?, ?> all ? all : Map.of();
    }
}
