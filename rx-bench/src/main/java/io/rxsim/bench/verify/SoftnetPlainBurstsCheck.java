package io.rxsim.bench.verify;

import java.util.List;

/**
 * {@code softnet_plain_bursts}, shown only: drops of a burst when nobody holds the target. The model's machine has no times of the
 * recorded one: it gives the two ends, a target that keeps up and one that does not start before the burst is over.
 */
final class SoftnetPlainBurstsCheck implements FileCheck {
    private static final int HASH = 0x2a2a_2a2a;
    private static final int MAX_BURST = 1_000_000;

    private final RecordedKernel kernel;

    SoftnetPlainBurstsCheck(RecordedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<String> columns() {
        return List.of("netdev_max_backlog", "burst", "rps_cpus", "sender_cpu", "dropped_cpu0", "dropped_cpu1");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        int limit = row.number("netdev_max_backlog", Integer.MIN_VALUE, Integer.MAX_VALUE);
        int sender = row.cpu("sender_cpu");
        boolean remote = row.mask("rps_cpus", row.text("rps_cpus")).contains(1 - sender);
        String figure = "dropped of " + row.text("burst") + ", limit " + limit + ", "
                + (remote ? "to the other CPU" : "on the sender's CPU");
        int recorded = row.number("dropped_cpu0", 0, MAX_BURST) + row.number("dropped_cpu1", 0, MAX_BURST);
        tally.show(figure, recorded, 0);
        if (remote) {
            HeldHost host = HeldHost.held(kernel, new HeldHost.Settings().maxBacklog(limit));
            int burst = row.number("burst", 0, MAX_BURST);
            for (int i = 0; i < burst; i++) {
                host.offer(HASH);
            }
            tally.widen(figure, host.stat(HeldHost.TARGET).dropped());
        }
    }
}
