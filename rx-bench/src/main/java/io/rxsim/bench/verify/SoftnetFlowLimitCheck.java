package io.rxsim.bench.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code softnet_flow_limit}: the counters after a burst. A row of one flow needs no hash; for others the hashes are those of the
 * file of packets beside it, whose column {@code case} is the number of the row. A row of which neither is known is skipped.
 */
final class SoftnetFlowLimitCheck implements FileCheck {
    private static final int MAX_BURST = 1_000_000;

    private final RecordedKernel kernel;
    private final Map<Long, List<Integer>> hashesOfCase = new TreeMap<>();

    SoftnetFlowLimitCheck(RecordedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<String> columns() {
        return List.of(
                "bitmap",
                "table_len",
                "netdev_max_backlog",
                "pattern",
                "burst",
                "flow_limit_count_cpu0",
                "flow_limit_count_cpu1",
                "dropped_cpu0",
                "dropped_cpu1");
    }

    @Override
    public void onFolder(Path folder) {
        Path file = RecordedVerifier.sibling(folder, SoftnetFlowLimitPacketsCheck.NAME);
        if (file == null) {
            return;
        }
        try (RecordedCsv csv = new RecordedCsv(file)) {
            RecordedRow row = new RecordedRow(file, csv.header(), List.of("case", "hash"));
            for (List<String> fields = csv.next(); fields != null; fields = csv.next()) {
                row.set(fields, csv.recordLine());
                long number = row.number("case", 1, Integer.MAX_VALUE);
                hashesOfCase.computeIfAbsent(number, first -> new ArrayList<>()).add(row.hash("hash"));
            }
        }
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        List<Integer> hashes = hashesOfCase.get(row.number());
        String pattern = row.text("pattern");
        boolean oneFlow = pattern.startsWith("one flow") || pattern.equals("share 1.0");
        if (hashes == null && !oneFlow) {
            tally.skip("hashes not recorded");
            return;
        }
        FlowLimitCase running = new FlowLimitCase(kernel, row, "bitmap", "table_len");
        if (hashes != null) {
            hashes.forEach(running::offer);
        } else {
            running.offerOneFlow(row.number("burst", 0, MAX_BURST));
        }
        tally.judge(
                row,
                new Differences(row)
                        .of("flow_limit_count_cpu0", running.stat(0).flowLimitCount())
                        .of("flow_limit_count_cpu1", running.stat(1).flowLimitCount())
                        .of("dropped_cpu0", running.stat(0).dropped())
                        .of("dropped_cpu1", running.stat(1).dropped())
                        .first());
    }
}
