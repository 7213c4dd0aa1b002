package io.rxsim.core.virtual;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.run.DeviceState;
import io.rxsim.core.run.HandoverCause;
import io.rxsim.core.run.HostControls;
import java.util.List;

/** Settings of a virtual host that change while packets are queued. One thread, between two events. */
final class VirtualControls implements HostControls {
    private final VirtualHost host;

    VirtualControls(VirtualHost host) {
        this.host = host;
    }

    @Override
    public void rpsCpus(int rxQueue, CpuMask rpsCpus) {
        host.policy.onRpsCpus(rxQueue, rpsCpus.and(host.softnet.online()));
        host.recorder.onSteeringChanged(HandoverCause.TABLE_CHANGED);
    }

    @Override
    public void rpsFlowCnt(int rxQueue, int slots) {
        host.policy.onRpsFlowCnt(rxQueue, slots);
        host.recorder.onSteeringChanged(HandoverCause.TABLE_CHANGED);
    }

    @Override
    public void rpsSockFlowEntries(int entries) {
        host.policy.onRpsSockFlowEntries(entries);
        host.recorder.onSteeringChanged(HandoverCause.TABLE_CHANGED);
    }

    @Override
    public void netdevMaxBacklog(int packets) {
        host.receive.maxBacklog(packets);
    }

    @Override
    public void flowLimit(List<Integer> bucketsByCpu) {
        if (host.scenario.machine().rules().has(Rule.FLOW_LIMIT)) {
            host.flowLimits.set(bucketsByCpu);
        }
    }

    @Override
    public void netdevBudget(int packets) {
        if (packets < 1 && host.scenario.machine().rules().has(Rule.SQUEEZE_BEFORE_POLL)) {
            throw new IllegalArgumentException("netdev_budget=" + packets + ", allowed is 1 or more before a poll");
        }
        for (VirtualCpu cpu : host.cpus) {
            cpu.softirq.action().budget(packets);
        }
    }

    @Override
    public void netdevBudgetUsecs(int usecs) {
        for (VirtualCpu cpu : host.cpus) {
            cpu.softirq.action().budgetUsecs(usecs);
        }
    }

    @Override
    public void backlogWeight(int packets) {
        if (packets < 1) {
            throw new IllegalArgumentException("dev_weight=" + packets + ", allowed is 1 or more");
        }
        for (VirtualCpu cpu : host.cpus) {
            cpu.softirq.backlogWeight(packets);
        }
    }

    @Override
    public void cpuOnline(int cpu, boolean online) {
        host.hotplug.online(cpu, online, host.nowNs());
    }

    @Override
    public void irqAffinity(int rxQueue, CpuMask mask) {
        host.nic.irqAffinity(rxQueue, mask);
        host.recorder.onSteeringChanged(HandoverCause.IRQ_MOVED);
    }

    @Override
    public void threaded(boolean threaded) {
        host.nic.threaded(threaded);
    }

    @Override
    public void device(DeviceState state) {
        host.nic.running(state == DeviceState.UP, host.nowNs());
        if (state == DeviceState.UNREGISTERED) {
            for (VirtualCpu cpu : host.cpus) {
                cpu.flushBacklog(host.nowNs());
            }
        }
    }

    @Override
    public void moveThread(int flow, int cpu) {
        host.moveThread(flow, cpu);
    }

    @Override
    public void moveThreads(int fromCpu, int toCpu) {
        if (host.cpus[toCpu].isActive()) {
            host.sockets.moveAll(fromCpu, toCpu);
        }
    }
}
