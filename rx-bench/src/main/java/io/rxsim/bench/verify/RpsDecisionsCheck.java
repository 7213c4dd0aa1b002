package io.rxsim.bench.verify;

import java.util.List;

/** {@code rps_decisions}: flows under every mask, from every sender CPU; two witnesses of the processing CPU. */
final class RpsDecisionsCheck implements FileCheck {
    private final RpsHosts hosts;

    RpsDecisionsCheck(RecordedKernel kernel) {
        hosts = new RpsHosts(kernel);
    }

    @Override
    public List<String> columns() {
        return List.of("rps_cpus", "sender_cpu", "hash", "cpu_afpacket", "cpu_tracepoint");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        int cpu = hosts.of(row, "rps_cpus").enqueue(0, row.hash("hash"), row.cpu("sender_cpu"));
        tally.compare(row, List.of("cpu_afpacket", "cpu_tracepoint"), cpu);
    }
}
