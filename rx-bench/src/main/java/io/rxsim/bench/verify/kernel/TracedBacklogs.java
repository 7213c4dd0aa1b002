package io.rxsim.bench.verify.kernel;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.softnet.SoftnetView;
import java.util.ArrayList;
import java.util.List;

/**
 * Heads and tails of all CPUs' backlogs, counted over the packets of the device under test alone.
 *
 * <p>Differs from the kernel's counters by the packets of all other devices, and decides the same: a backlog is first in, first out, and
 * all that RFS asks is whether the head has passed a packet of this device. When exactly the head advances is not in the trace, only the
 * moments before and after; {@link #lookAt} chooses which of the two is seen. One thread.
 */
final class TracedBacklogs implements SoftnetView {
    private final CpuMask online;
    private final int[] tails;
    private final List<List<Advance>> advances = new ArrayList<>();
    private int from;
    private int to;
    private boolean late;

    /** An advance of the head by some packets, after {@code after} and before {@code before}; {@code head} is the new head. */
    private record Advance(int after, int before, int head) {}

    /** Empty backlogs of {@code online.nrCpuIds()} CPUs. */
    TracedBacklogs(CpuMask online) {
        this.online = online;
        tails = new int[online.nrCpuIds()];
        for (int cpu = 0; cpu < tails.length; cpu++) {
            advances.add(new ArrayList<>());
        }
    }

    /** A packet left the backlog of a CPU. Packets come in the order in which they leave. */
    void onGone(int cpu, int after, int before) {
        List<Advance> ofCpu = advances.get(cpu);
        int head = ofCpu.isEmpty() ? 0 : ofCpu.get(ofCpu.size() - 1).head();
        ofCpu.add(new Advance(after, before, head + 1));
    }

    /** A packet was queued on a CPU; the tail just past it. */
    int onQueued(int cpu) {
        return ++tails[cpu];
    }

    /** Looks at the time between two moments; {@code late} sees every advance that may have happened by its end. */
    void lookAt(int first, int last, boolean seeLate) {
        from = first;
        to = last;
        late = seeLate;
    }

    @Override
    public int cpuCount() {
        return tails.length;
    }

    @Override
    public boolean isOnline(int cpu) {
        return online.contains(cpu);
    }

    @Override
    public int inputQueueHead(int cpu) {
        List<Advance> ofCpu = advances.get(cpu);
        int low = 0;
        int high = ofCpu.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            Advance advance = ofCpu.get(middle);
            if (late ? advance.after() < to : advance.before() < from) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? 0 : ofCpu.get(low - 1).head();
    }

    @Override
    public int inputQueueTail(int cpu) {
        return tails[cpu];
    }
}
