package io.rxsim.bench.verify;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.RxQueueConfig;
import io.rxsim.steering.SteeringCatalog;
import java.util.List;

/**
 * {@code rfs_dev_slot}: do two flows share a slot of the queue's flow table? Flow y is consumed on CPU 0 and has a packet that
 * CPU 0 has not processed; then flow x is consumed on CPU 1. A packet of x follows y to CPU 0 if and only if it finds y's
 * slot.
 */
final class RfsDevSlotCheck implements FileCheck {
    private static final int HELD_CPU = 0;
    private static final int FREE_CPU = 1;
    private static final int X = 0;
    private static final int Y = 1;
    private static final int SOCK_FLOW_ENTRIES = 32768;

    private final RecordedKernel kernel;

    RfsDevSlotCheck(RecordedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<String> columns() {
        return List.of("rps_flow_cnt", "hash_x", "hash_y", "shared_slot_observed");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        RxQueueConfig queue = new RxQueueConfig(CpuMask.empty(RecordedMachine.CPUS), row.tableSize("rps_flow_cnt"));
        Machine machine =
                RecordedMachine.of(kernel.rules(), List.of(queue), SOCK_FLOW_ENTRIES, RecordedMachine.DEFAULT_WEIGHT);
        SteeredHost host = new SteeredHost(machine, SteeringCatalog.RFS);
        consume(host, Y, row.hash("hash_y"), HELD_CPU);
        host.enqueue(0, row.hash("hash_y"), HELD_CPU);
        consume(host, X, row.hash("hash_x"), FREE_CPU);
        int cpu = host.enqueue(0, row.hash("hash_x"), FREE_CPU);
        tally.compare(row, "shared_slot_observed", cpu == HELD_CPU ? 1 : 0);
    }

    private static void consume(SteeredHost host, int flow, int hash, int cpu) {
        host.handOver(flow, hash);
        host.recv(flow, cpu);
    }
}
