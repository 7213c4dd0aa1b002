package io.rxsim.bench.verify;

import java.util.List;

/** {@code rfs_load_summary}, shown only: the share of packets processed on the CPU of their flow's last recv. */
final class RfsLoadSummaryCheck implements FileCheck {
    private static final int MAX_PACKETS = 1_000_000;
    private static final int MAX_FLOWS = 10_000;

    private final RecordedKernel kernel;

    RfsLoadSummaryCheck(RecordedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<String> columns() {
        return List.of(
                "rps_cpus",
                "sock_flow_entries",
                "rps_flow_cnt",
                "flows",
                "packets_traced",
                "on_cpu_of_last_recv",
                "moves");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        int flows = row.number("flows", 1, MAX_FLOWS);
        int packets = row.number("packets_traced", 1, MAX_PACKETS);
        int moves = row.number("moves", 0, MAX_PACKETS);
        RfsLoad load = new RfsLoad(kernel, row, flows);
        int following = 0;
        for (int i = 0; i < packets; i++) {
            if (moves > 0 && i % (packets / moves + 1) == 0) {
                load.move(i / (packets / moves + 1) % flows);
            }
            following += load.follows(i % flows) ? 1 : 0;
        }
        tally.show(
                "share on the CPU of the last recv, mask " + row.text("rps_cpus") + ", entries "
                        + row.text("sock_flow_entries"),
                (double) row.number("on_cpu_of_last_recv", 0, MAX_PACKETS) / packets,
                (double) following / packets);
    }
}
