package io.rxsim.bench.verify;

import java.util.List;

/** {@code softnet_backlog_drops}: a burst against netdev_max_backlog, with the target held. */
final class SoftnetBacklogDropsCheck implements FileCheck {
    private static final int HASH = 0x2a2a_2a2a;
    private static final int MAX_BURST = 1_000_000;

    private final RecordedKernel kernel;

    SoftnetBacklogDropsCheck(RecordedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<String> columns() {
        return List.of("netdev_max_backlog", "burst", "dropped_delta_target_cpu", "first_dropped_seq", "delivered");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        HeldHost host = HeldHost.held(
                kernel,
                new HeldHost.Settings()
                        .maxBacklog(row.number("netdev_max_backlog", Integer.MIN_VALUE, Integer.MAX_VALUE)));
        int queued = 0;
        String firstDropped = "";
        int burst = row.number("burst", 0, MAX_BURST);
        for (int i = 0; i < burst; i++) {
            if (host.offer(HASH)) {
                queued++;
            } else if (firstDropped.isEmpty()) {
                firstDropped = Integer.toString(i);
            }
        }
        tally.judge(
                row,
                new Differences(row)
                        .of(
                                "dropped_delta_target_cpu",
                                host.stat(HeldHost.TARGET).dropped())
                        .of("first_dropped_seq", row.text("first_dropped_seq"), firstDropped)
                        .of("delivered", queued)
                        .first());
    }
}
