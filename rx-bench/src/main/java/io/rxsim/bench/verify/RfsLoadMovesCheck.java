package io.rxsim.bench.verify;

import java.util.List;

/** {@code rfs_load_moves}, shown only: packets of a flow that still went to its old CPU after its receiver had moved. */
final class RfsLoadMovesCheck implements FileCheck {
    private static final int MAX_PACKETS = 1_000_000;

    private final RecordedKernel kernel;

    RfsLoadMovesCheck(RecordedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<String> columns() {
        return List.of("rps_cpus", "sock_flow_entries", "rps_flow_cnt", "packets_on_old_cpu_after_move");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        RfsLoad load = new RfsLoad(kernel, row, 1);
        load.follows(0);
        load.move(0);
        tally.show(
                "packets on the old CPU after a move, mask " + row.text("rps_cpus"),
                row.number("packets_on_old_cpu_after_move", 0, MAX_PACKETS),
                load.follows(0) ? 0 : 1);
    }
}
