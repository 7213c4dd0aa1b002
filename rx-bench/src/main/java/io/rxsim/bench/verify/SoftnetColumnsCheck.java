package io.rxsim.bench.verify;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.run.RxQueueConfig;
import io.rxsim.core.softnet.SoftnetStat;
import java.util.List;

/**
 * {@code softnet_columns}, shown only: deltas of the counters while packets are sent, one by one or back to back, or while the
 * target is busy. Other traffic of the recorded machine is in them.
 */
final class SoftnetColumnsCheck implements FileCheck {
    private static final int HASH = 0x2a2a_2a2a;
    private static final int MAX_PACKETS = 1_000_000;
    private static final long BUSY_NS = 20_000_000;

    private final RecordedKernel kernel;

    SoftnetColumnsCheck(RecordedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<String> columns() {
        return List.of(
                "experiment",
                "sender_cpu",
                "rps_cpus",
                "packets",
                "cpu",
                "processed_delta",
                "dropped_delta",
                "time_squeeze_delta",
                "received_rps_delta",
                "flow_limit_count_delta");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        if (row.isBlank("packets")) {
            return;
        }
        CpuMask mask = row.mask("rps_cpus", row.text("rps_cpus"));
        TimedHost host = new TimedHost(RecordedMachine.of(
                kernel.rules(), List.of(new RxQueueConfig(mask, 0)), 0, RecordedMachine.DEFAULT_WEIGHT));
        String experiment = row.text("experiment");
        int packets = row.number("packets", 0, MAX_PACKETS);
        for (int i = 0; i < packets; i++) {
            boolean busy = i == 0 && experiment.contains("busy");
            host.offer(1, HASH, row.cpu("sender_cpu"), busy ? BUSY_NS : 0);
            host.pass(experiment.contains("one by one") || busy ? TimedHost.SETTLE_NS : 0);
        }
        host.pass(BUSY_NS + TimedHost.SETTLE_NS);
        SoftnetStat stat = host.softnetStat(row.cpu("cpu"));
        String where = packets + " " + experiment + ", mask " + row.text("rps_cpus") + ", sender on "
                + row.text("sender_cpu") + ", CPU " + row.text("cpu") + ": ";
        show(tally, where + "processed", row, "processed_delta", stat.processed());
        show(tally, where + "dropped", row, "dropped_delta", stat.dropped());
        show(tally, where + "time_squeeze", row, "time_squeeze_delta", stat.timeSqueeze());
        show(tally, where + "received_rps", row, "received_rps_delta", stat.receivedRps());
        show(tally, where + "flow_limit_count", row, "flow_limit_count_delta", stat.flowLimitCount());
    }

    /** A counter that stood still in both says nothing. */
    private static void show(FileTally tally, String figure, RecordedRow row, String column, int modelled) {
        int recorded = row.number(column, 0, Integer.MAX_VALUE);
        if (recorded != 0 || modelled != 0) {
            tally.show(figure, recorded, modelled);
        }
    }
}
