package io.rxsim.bench.verify;

import java.util.List;

/** {@code softnet_flow_limit_packets}: the verdict on every packet, by its hash; a case begins with empty tables and queues. */
final class SoftnetFlowLimitPacketsCheck implements FileCheck {
    static final String NAME = "softnet_flow_limit_packets";

    private final RecordedKernel kernel;
    private String caseName;
    private FlowLimitCase running;

    SoftnetFlowLimitPacketsCheck(RecordedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<String> columns() {
        return List.of("case", "flow_limit_cpu_bitmap", "flow_limit_table_len", "netdev_max_backlog", "hash", "kernel");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        if (!row.text("case").equals(caseName)) {
            caseName = row.text("case");
            running = new FlowLimitCase(kernel, row, "flow_limit_cpu_bitmap", "flow_limit_table_len");
        }
        String verdict = running.offer(row.hash("hash")) ? "queued" : "dropped";
        tally.judge(
                row,
                new Differences(row).of("kernel", row.text("kernel"), verdict).first());
    }
}
