package io.rxsim.bench.verify;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.run.HostChange;
import io.rxsim.core.run.RxQueueConfig;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One repetition of {@code rfs_backlog}: while CPU 0 is held with packets of a flow queued on it, the application moves, or settings
 * change; then CPU 0 drains. Packets are taken in on CPU 1. One thread.
 */
final class RfsBacklogReplay {
    private static final int HELD_CPU = 0;
    private static final int OTHER_CPU = 1;
    private static final int BLOCKER = 0;
    private static final int FLOW = 1;
    private static final int HASH = 0x5eed_0010;
    private static final int ENTRIES = 32768;
    private static final int SLOTS = 2048;
    private static final long HOLD_NS = 20_000_000_000L;
    private static final Pattern SIZES = Pattern.compile("E=(\\d+) C=(\\d+)");

    private final TimedHost host;
    private final String testCase;
    private final String variant;
    private String phase = "";
    private int drained;

    RfsBacklogReplay(RecordedKernel kernel, String testCase, String variant) {
        this.testCase = testCase;
        this.variant = variant;
        Matcher sizes = SIZES.matcher(variant);
        boolean stated = sizes.find();
        boolean rfs = !variant.startsWith("rps mask");
        int entries = stated ? Integer.parseInt(sizes.group(1)) : rfs ? ENTRIES : 0;
        int slots = stated ? Integer.parseInt(sizes.group(2)) : rfs ? SLOTS : 0;
        CpuMask mask = CpuMask.of(HELD_CPU, RecordedMachine.CPUS);
        host = new TimedHost(RecordedMachine.of(
                kernel.rules(), List.of(new RxQueueConfig(mask, slots)), entries, RecordedMachine.DEFAULT_WEIGHT));
        host.offer(FLOW, HASH, OTHER_CPU, 0);
        host.pass(TimedHost.SETTLE_NS);
        host.recv(FLOW, HELD_CPU);
        host.offer(BLOCKER, TimedHost.NO_HASH, HELD_CPU, HOLD_NS);
        host.pass(TimedHost.SETTLE_NS);
    }

    /** The next packet of the flow in a phase: {@code before} the change, {@code after} it, {@code drained}; its CPU. */
    int packet(String nextPhase) {
        if (!nextPhase.equals(phase)) {
            phase = nextPhase;
            enter();
        }
        if (phase.equals("drained") && testCase.startsWith("ping-pong")) {
            host.recv(FLOW, drained++ % RecordedMachine.CPUS);
        }
        int cpu = host.offer(FLOW, HASH, OTHER_CPU, 0);
        host.pass(TimedHost.SETTLE_NS);
        return cpu;
    }

    private void enter() {
        if (phase.equals("drained")) {
            host.pass(HOLD_NS + TimedHost.SETTLE_NS);
        } else if (phase.equals("after") && testCase.startsWith("app moves")) {
            host.recv(FLOW, OTHER_CPU);
        } else if (phase.equals("after") && variant.contains("mask 1->2")) {
            if (variant.contains("rps_flow_cnt->0")) {
                host.change(new HostChange.RpsFlowCnt(0, 0));
            }
            if (variant.contains("rps_sock_flow_entries->0")) {
                host.change(new HostChange.RpsSockFlowEntries(0));
            }
            host.change(new HostChange.RpsCpus(0, CpuMask.of(OTHER_CPU, RecordedMachine.CPUS)));
        }
    }
}
