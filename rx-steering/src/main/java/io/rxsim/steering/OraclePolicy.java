package io.rxsim.steering;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.Placement;
import io.rxsim.core.softnet.SoftnetView;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.FlowAwareSteering;
import io.rxsim.core.steer.SteeringReason;

/**
 * The ceiling: every packet goes at once to the CPU on which its application runs now, as if the placement were known and
 * order were free. No kernel does this.
 *
 * <p>A flow without an application, or whose application's CPU is offline, is steered by the RPS map of the queue; where
 * there is none it is not steered. No promise of order: a flow that moves leaves its queued packets behind.
 *
 * <p>Threads: {@link #onPacket} and {@link #steer} from one thread.
 */
public final class OraclePolicy extends TablelessSteering implements FlowAwareSteering {
    private final RpsPolicy rps;
    private final Placement placement;
    private final int cpuCount;
    private int flow = Placement.NO_APPLICATION;

    /** The ceiling of a host whose applications run where {@code placement} says. */
    public OraclePolicy(Machine machine, Placement placement) {
        this.rps = new RpsPolicy(machine);
        this.placement = placement;
        this.cpuCount = machine.cpuCount();
    }

    @Override
    public void onPacket(int flow) {
        this.flow = flow;
    }

    @Override
    public void onRpsCpus(int rxQueue, CpuMask map) {
        rps.onRpsCpus(rxQueue, map);
    }

    @Override
    public long steer(int rxQueue, int hash, long nowNs, SoftnetView softnet) {
        int cpu = flow < 0 ? Placement.NO_APPLICATION : placement.cpuOf(flow);
        return cpu >= 0 && cpu < cpuCount && softnet.isOnline(cpu)
                ? Decision.of(cpu, SteeringReason.ORACLE)
                : rps.steer(rxQueue, hash, nowNs, softnet);
    }
}
