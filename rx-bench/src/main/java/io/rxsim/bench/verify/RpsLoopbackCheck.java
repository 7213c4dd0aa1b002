package io.rxsim.bench.verify;

import java.util.List;

/** {@code rps_loopback}: sockets on lo, whose packets carry the sender's hash or are dissected; 0 is not hashed at all. */
final class RpsLoopbackCheck implements FileCheck {
    private final RpsHosts hosts;

    RpsLoopbackCheck(RecordedKernel kernel) {
        hosts = new RpsHosts(kernel);
    }

    @Override
    public List<String> columns() {
        return List.of("rps_cpus", "sender_cpu", "hash", "cpu");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        int cpu = hosts.of(row, "rps_cpus").enqueue(0, row.hash("hash"), row.cpu("sender_cpu"));
        tally.compare(row, "cpu", cpu);
    }
}
