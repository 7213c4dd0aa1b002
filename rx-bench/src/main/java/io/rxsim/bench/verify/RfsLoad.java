package io.rxsim.bench.verify;

import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.RandomStreams;
import io.rxsim.steering.SteeringCatalog;

/**
 * Flows under load whose receivers move between the CPUs, packet by packet: what {@code rfs_load_summary} and {@code rfs_load_moves}
 * measured, without times: every packet is processed before the next. One thread.
 */
final class RfsLoad {
    private final SteeredHost host;
    private final int[] hashes;
    private final int[] cpus;

    RfsLoad(RecordedKernel kernel, RecordedRow row, int flows) {
        host = new SteeredHost(RecordedMachine.of(kernel.rules(), row), SteeringCatalog.RFS);
        RandomStream random = RandomStreams.stream(kernel.seed(), "verify/load");
        hashes = new int[flows];
        cpus = new int[flows];
        for (int flow = 0; flow < flows; flow++) {
            hashes[flow] = (int) random.nextLong() | 1;
            cpus[flow] = flow % RecordedMachine.CPUS;
            host.handOver(flow, hashes[flow]);
            host.recv(flow, cpus[flow]);
        }
    }

    /** The receiver of a flow moves, and calls recv there. */
    void move(int flow) {
        cpus[flow] = 1 - cpus[flow];
        host.recv(flow, cpus[flow]);
    }

    /** Whether a packet of a flow is processed on the CPU of its last recv. */
    boolean follows(int flow) {
        return host.process(flow, hashes[flow], 0, true) == cpus[flow];
    }
}
