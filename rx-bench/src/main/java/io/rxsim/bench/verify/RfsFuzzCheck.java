package io.rxsim.bench.verify;

import io.rxsim.steering.SteeringCatalog;
import java.util.List;

/** {@code rfs_fuzz}: random packets and recvs; every packet is processed before the next operation. */
final class RfsFuzzCheck implements FileCheck {
    private final RecordedKernel kernel;
    private final FlowNumbers flows = new FlowNumbers(0);
    private String testCase;
    private SteeredHost host;

    RfsFuzzCheck(RecordedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<String> columns() {
        return List.of(
                "case",
                "rps_cpus",
                "sock_flow_entries",
                "rps_flow_cnt",
                "op",
                "flow",
                "hash",
                "op_cpu",
                "processed_cpu");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        if (!row.text("case").equals(testCase)) {
            testCase = row.text("case");
            host = new SteeredHost(RecordedMachine.of(kernel.rules(), row), SteeringCatalog.RFS);
        }
        int flow = flows.of(row.text("flow"));
        switch (row.text("op")) {
            case "pkt" ->
                tally.compare(row, "processed_cpu", host.process(flow, row.hash("hash"), row.cpu("op_cpu"), true));
            case "recv" -> {
                host.recv(flow, row.cpu("op_cpu"));
                tally.skip("recv, an input");
            }
            default -> throw row.bad("op=" + row.text("op") + ", allowed is pkt or recv");
        }
    }
}
