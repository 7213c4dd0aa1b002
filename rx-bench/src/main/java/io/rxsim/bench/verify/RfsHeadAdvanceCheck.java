package io.rxsim.bench.verify;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.RxQueueConfig;
import java.util.List;

/**
 * {@code rfs_head_advance}: when does a processed packet count as gone? CPU 0 gets a blocker, a packet of the flow, a number of
 * fillers and a second blocker, all of which wait while the first one is processed. While the second one is, the flow is
 * consumed on CPU 1, and a packet shows whether it may move there. Everything is taken in on CPU 1; the RPS map holds CPU 0
 * alone, so that what RFS does not know goes there.
 */
final class RfsHeadAdvanceCheck implements FileCheck {
    private static final int HELD_CPU = 0;
    private static final int OTHER_CPU = 1;
    private static final int TABLE_SIZE = 32768;
    private static final int MAX_WEIGHT = 65536;
    private static final int MAX_FILLERS = 100_000;
    private static final long FIRST_BLOCK_NS = 100_000_000L;
    private static final long SECOND_BLOCK_NS = 10_000_000_000L;

    private static final int FLOW = 0;
    private static final int BLOCKER_1 = 1;
    private static final int BLOCKER_2 = 2;
    private static final int FILLER = 3;

    private final RecordedKernel kernel;

    RfsHeadAdvanceCheck(RecordedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<String> columns() {
        return List.of("dev_weight", "fillers", "probe_moved");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        RxQueueConfig queue = new RxQueueConfig(CpuMask.of(HELD_CPU, RecordedMachine.CPUS), TABLE_SIZE);
        Machine machine =
                RecordedMachine.of(kernel.rules(), List.of(queue), TABLE_SIZE, row.number("dev_weight", 1, MAX_WEIGHT));
        TimedHost host = new TimedHost(machine);
        packet(host, FLOW, 0);
        host.pass(TimedHost.SETTLE_NS);
        host.recv(FLOW, HELD_CPU);

        packet(host, BLOCKER_1, FIRST_BLOCK_NS);
        host.pass(TimedHost.SETTLE_NS);
        packet(host, FLOW, 0);
        int fillers = row.number("fillers", 0, MAX_FILLERS);
        for (int i = 0; i < fillers; i++) {
            packet(host, FILLER, 0);
        }
        packet(host, BLOCKER_2, SECOND_BLOCK_NS);
        host.pass(SECOND_BLOCK_NS / 2);
        host.recv(FLOW, OTHER_CPU);
        tally.compare(row, "probe_moved", packet(host, FLOW, 0) == OTHER_CPU ? 1 : 0);
    }

    /** The hash only has to tell flows apart: they differ in the low bits, which choose the entry of the global table. */
    private static int packet(TimedHost host, int flow, long protocolExtraNs) {
        return host.offer(flow, 0x5eed_0000 | (flow + 1) << 4, OTHER_CPU, protocolExtraNs);
    }
}
