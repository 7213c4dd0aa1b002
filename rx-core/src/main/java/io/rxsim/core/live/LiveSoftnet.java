package io.rxsim.core.live;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.softnet.SoftnetView;
import java.util.List;

/**
 * What steering sees of the live CPUs: heads and tails are the backlog rings' sequences.
 *
 * <p>Any thread may read; the online bits are plain, since they change while the machine is stopped.
 */
final class LiveSoftnet<M> implements SoftnetView {
    private final List<Backlog<M>> backlogs;
    private final boolean[] online;

    LiveSoftnet(List<Backlog<M>> backlogs, CpuMask online) {
        this.backlogs = backlogs;
        this.online = new boolean[backlogs.size()];
        for (int cpu : online.cpus()) {
            this.online[cpu] = true;
        }
    }

    @Override
    public int cpuCount() {
        return online.length;
    }

    @Override
    public boolean isOnline(int cpu) {
        return online[cpu];
    }

    @Override
    public int inputQueueHead(int cpu) {
        return backlogs.get(cpu).inputQueueHead();
    }

    @Override
    public int inputQueueTail(int cpu) {
        return backlogs.get(cpu).inputQueueTail();
    }

    /** While the machine is stopped. */
    void online(int cpu, boolean up) {
        online[cpu] = up;
    }

    int onlineCount() {
        int count = 0;
        for (boolean up : online) {
            count += up ? 1 : 0;
        }
        return count;
    }

    int firstOnline() {
        int cpu = 0;
        while (!online[cpu]) {
            cpu++;
        }
        return cpu;
    }
}
