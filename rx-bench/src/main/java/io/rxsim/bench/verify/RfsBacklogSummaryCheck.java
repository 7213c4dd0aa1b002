package io.rxsim.bench.verify;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code rfs_backlog_summary}, shown only: the CPUs of the packets of each repetition, as digits. */
final class RfsBacklogSummaryCheck implements FileCheck {
    private static final Map<String, String> PHASES = new TreeMap<>(Map.of(
            "cpus_before_move", "before", "cpus_after_move_while_blocked", "after", "cpus_after_drain", "drained"));
    private static final List<String> IN_ORDER =
            List.of("cpus_before_move", "cpus_after_move_while_blocked", "cpus_after_drain");

    private final RecordedKernel kernel;

    RfsBacklogSummaryCheck(RecordedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<String> columns() {
        return List.of("case", "variant", "cpus_before_move", "cpus_after_move_while_blocked", "cpus_after_drain");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        RfsBacklogReplay replay = new RfsBacklogReplay(kernel, row.text("case"), row.text("variant"));
        for (String column : IN_ORDER) {
            String digits = row.text(column);
            int onCpu1 = 0;
            for (int i = 0; i < digits.length(); i++) {
                onCpu1 += replay.packet(PHASES.get(column));
            }
            String figure = row.text("case") + ", " + row.text("variant") + ", " + PHASES.get(column) + ": on CPU 1";
            tally.show(
                    figure,
                    (double) digits.chars().filter(digit -> digit == '1').count(),
                    onCpu1);
        }
    }
}
