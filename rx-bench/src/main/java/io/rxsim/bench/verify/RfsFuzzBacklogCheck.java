package io.rxsim.bench.verify;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code rfs_fuzz_backlog}: random packets and recvs, some of them while CPU 0 is held in a long poll. In the phases
 * {@code idle} and {@code after} every packet is processed before the next row; in {@code blocked} the packets for CPU 0 stay
 * queued to the end of the phase. The packet that holds CPU 0 has no hash and is taken in there.
 */
final class RfsFuzzBacklogCheck implements FileCheck {
    private static final int HELD_CPU = 0;
    private static final int BLOCKER = 0;
    private static final long BLOCK_NS = 20_000_000_000L;

    private final RecordedKernel kernel;
    private final FlowNumbers flows = new FlowNumbers(BLOCKER + 1);
    private final Map<String, Map<Integer, List<Integer>>> orderOfCase = new TreeMap<>();
    private String testCase;
    private boolean blocked;
    private TimedHost host;

    RfsFuzzBacklogCheck(RecordedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<String> columns() {
        return List.of(
                "case",
                "rps_cpus",
                "sock_flow_entries",
                "rps_flow_cnt",
                "phase",
                "op",
                "flow",
                "hash",
                "op_cpu",
                "enqueued_to");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        if (!row.text("case").equals(testCase)) {
            testCase = row.text("case");
            host = new TimedHost(RecordedMachine.of(kernel.rules(), row));
            orderOfCase.put(testCase, host.order());
            blocked = false;
        }
        enterPhase(row);
        int flow = flows.of(row.text("flow"));
        switch (row.text("op")) {
            case "pkt" -> tally.compare(row, "enqueued_to", host.offer(flow, row.hash("hash"), row.cpu("op_cpu"), 0));
            case "recv" -> {
                host.recv(flow, row.cpu("op_cpu"));
                tally.skip("recv, an input");
            }
            default -> throw row.bad("op=" + row.text("op") + ", allowed is pkt or recv");
        }
        host.pass(TimedHost.SETTLE_NS);
    }

    /** The packets of a flow of a case in the order in which they were processed, by number from 0; null if unknown. */
    List<Integer> order(String caseName, String flow) {
        return orderOfCase.containsKey(caseName) ? orderOfCase.get(caseName).get(flows.of(flow)) : null;
    }

    private void enterPhase(RecordedRow row) {
        boolean nowBlocked = switch (row.text("phase")) {
            case "idle", "after" -> false;
            case "blocked" -> true;
            default -> throw row.bad("phase=" + row.text("phase") + ", allowed is idle, blocked or after");
        };
        if (nowBlocked && !blocked) {
            host.offer(BLOCKER, TimedHost.NO_HASH, HELD_CPU, BLOCK_NS);
            host.pass(TimedHost.SETTLE_NS);
        } else if (blocked && !nowBlocked) {
            host.pass(BLOCK_NS + TimedHost.SETTLE_NS);
        }
        blocked = nowBlocked;
    }
}
