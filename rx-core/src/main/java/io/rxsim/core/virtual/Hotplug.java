package io.rxsim.core.virtual;

import io.rxsim.core.kernel.Rule;
import io.rxsim.core.run.HandoverCause;

/**
 * CPUs that go offline and come back while packets are queued ({@code dev_cpu_dead}, net/core/dev.c, 6.18; {@code
 * dev_cpu_callback}, 2.6.35).
 *
 * <p>A CPU that is to go offline finishes the softirq it is in, and its thread the packet in hand; then, at one moment, it is
 * offline and dead: its interrupts move, the survivor takes over poll list (not the backlog, which gives up SCHED) and owed
 * wake-ups, and gives every packet of its process queue, then of its input queue, to {@code netif_rx}, which steers it again. Each
 * advances the dead CPU's head. In 2.6.35 only the packets move: SCHED and poll list stay as they are until the CPU is back. A
 * backlog that another CPU was about to wake keeps SCHED for good, and is never polled again (6.18, inferred).
 *
 * <p>Deviations: the survivor is the lowest online CPU, and pays as for an interrupt; in the kernel it is the one that took the
 * CPU down, and milliseconds pass between offline and dead, in which later packets of a flow go elsewhere. One thread.
 */
final class Hotplug {
    private final VirtualHost host;
    private final boolean dutiesMove;
    /** CPUs that are to come back as soon as they are dead. */
    private final boolean[] returning;

    private long reinjected;

    Hotplug(VirtualHost host) {
        this.host = host;
        this.returning = new boolean[host.scenario.machine().cpuCount()];
        this.dutiesMove = host.scenario.machine().rules().has(Rule.DEAD_CPU_DUTIES_MOVE);
    }

    /** A CPU is to go offline or online. The last one stays. */
    void online(int number, boolean online, long nowNs) {
        final VirtualCpu cpu = host.cpus[number];
        returning[number] = online && cpu.isLeaving();
        if (!online && cpu.isActive()) {
            if (isLast(number)) {
                throw new IllegalArgumentException("cpu=" + number + " is the last one online (EBUSY)");
            }
            cpu.leave(nowNs);
        } else if (online && !host.softnet.isOnline(number)) {
            comeBack(cpu, nowNs);
        }
    }

    private boolean isLast(int number) {
        for (VirtualCpu other : host.cpus) {
            if (other.number != number && other.isActive()) {
                return false;
            }
        }
        return true;
    }

    private void comeBack(VirtualCpu cpu, long nowNs) {
        host.softnet.online(cpu.number, true);
        host.recorder.onSteeringChanged(HandoverCause.CPU_OFFLINE);
        cpu.comeBack(nowNs);
    }

    /** A CPU has gone offline. */
    void onDead(VirtualCpu dead, long nowNs) {
        host.softnet.online(dead.number, false);
        host.recorder.onSteeringChanged(HandoverCause.CPU_OFFLINE);
        host.nic.onCpuDead(dead.number);
        final VirtualCpu survivor = host.cpus[host.softnet.firstOnline()];
        long costNs = dutiesMove ? dead.softirq.moveDutiesTo(survivor.softirq, nowNs) : 0;
        for (int packet = dead.softirq.takeLeft(); packet != PacketPool.NONE; packet = dead.softirq.takeLeft()) {
            costNs += host.receive.reinject(packet, survivor.number, nowNs);
            reinjected++;
        }
        // What was steered again is apart from what comes after.
        host.recorder.onSteeringChanged(HandoverCause.CPU_OFFLINE);
        if (costNs > 0 || survivor.softirq.isRaised()) {
            survivor.interrupt(nowNs, costNs);
        }
        if (returning[dead.number]) {
            returning[dead.number] = false;
            comeBack(dead, nowNs);
        }
    }

    /** Packets of dead CPUs that were steered again. */
    long reinjected() {
        return reinjected;
    }
}
