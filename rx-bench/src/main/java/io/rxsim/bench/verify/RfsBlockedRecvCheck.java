package io.rxsim.bench.verify;

import io.rxsim.core.run.RxQueueConfig;
import io.rxsim.steering.SteeringCatalog;
import java.util.List;

/**
 * {@code rfs_blocked_recv}: a receiver blocks in recv, is moved while asleep, returns, and calls again. The CPU is recorded when it
 * enters the call. The first two steps show a socket without a hash, but hash and CPU of the sender were not recorded.
 */
final class RfsBlockedRecvCheck implements FileCheck {
    private static final int FLOW = 0;
    private static final int HASH = 0x5eed_0010;
    private static final int TABLE_SIZE = 32768;
    private static final int FIRST_STEP = 2;
    private static final int LAST_STEP = 5;

    private final RecordedKernel kernel;
    private SteeredHost host;

    RfsBlockedRecvCheck(RecordedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<String> columns() {
        return List.of("rps_cpus", "step", "recv_entered_on_cpu", "processed_cpu");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        int step = row.number("step", 0, LAST_STEP);
        if (step < FIRST_STEP) {
            tally.skip("sender's CPU and hash not recorded");
            return;
        }
        if (step == FIRST_STEP || host == null) {
            RxQueueConfig queue = new RxQueueConfig(row.mask("rps_cpus", row.text("rps_cpus")), TABLE_SIZE);
            host = new SteeredHost(
                    RecordedMachine.of(kernel.rules(), List.of(queue), TABLE_SIZE, RecordedMachine.DEFAULT_WEIGHT),
                    SteeringCatalog.RFS);
            host.handOver(FLOW, HASH);
        }
        int entered = row.cpu("recv_entered_on_cpu");
        host.recv(FLOW, entered);
        tally.compare(row, "processed_cpu", host.process(FLOW, HASH, 1 - entered, true));
    }
}
