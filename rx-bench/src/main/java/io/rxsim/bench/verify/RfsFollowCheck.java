package io.rxsim.bench.verify;

import io.rxsim.steering.SteeringCatalog;
import java.util.List;

/**
 * {@code rfs_follow}: one flow per configuration, whose receiver moves between the CPUs. A row names the CPU of the last recv
 * before its packet; repeating that call changes nothing. A TCP socket was handed the end of the handshake before.
 */
final class RfsFollowCheck implements FileCheck {
    private static final int FLOW = 0;

    private final RecordedKernel kernel;
    private String config;
    private SteeredHost host;

    RfsFollowCheck(RecordedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<String> columns() {
        return List.of(
                "config",
                "proto",
                "connected",
                "rps_cpus",
                "sock_flow_entries",
                "rps_flow_cnt",
                "hash",
                "sender_cpu",
                "last_recv_cpu",
                "processed_cpu");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        int hash = row.hash("hash");
        if (!row.text("config").equals(config)) {
            config = row.text("config");
            host = new SteeredHost(RecordedMachine.of(kernel.rules(), row), SteeringCatalog.RFS);
            if (row.text("proto").equals("tcp")) {
                host.handOver(FLOW, hash);
            }
        }
        if (!row.isBlank("last_recv_cpu")) {
            host.recv(FLOW, row.cpu("last_recv_cpu"));
        }
        int cpu = host.process(FLOW, hash, row.cpu("sender_cpu"), row.flag("connected"));
        tally.compare(row, "processed_cpu", cpu);
    }
}
