package io.rxsim.core.virtual;

import io.rxsim.core.cost.Stage;
import java.util.Arrays;

/**
 * CPUs whose backlog one CPU must wake, most recent first ({@code rps_ipi_list}; {@code net_rps_action_and_irq_enable},
 * net/core/dev.c). A CPU is on at most one such list, since its SCHED bit is set once. Deviation: those sent together leave at
 * one time, and each takes the same time on its way. One thread.
 */
final class RpsIpiList {
    private final int cpu;
    private final VirtualHost host;
    private final long sendNs;
    private final int latencyNs;
    private int[] targets = new int[8];
    private int size;
    private long sent;

    RpsIpiList(int cpu, VirtualHost host) {
        this.cpu = cpu;
        this.host = host;
        this.sendNs = host.costs.costNs(Stage.IPI_SEND, cpu, cpu, 0);
        this.latencyNs = host.scenario.machine().profile().ipiLatencyNs();
    }

    void add(int target) {
        if (size == targets.length) {
            targets = Arrays.copyOf(targets, size * 2);
        }
        targets[size++] = target;
    }

    /** Interrupts every CPU on the list that is online, and empties it. */
    void send(long nowNs) {
        while (size > 0) {
            send(targets[--size], nowNs);
        }
    }

    /** Sends what a dead CPU owed. */
    void sendFor(RpsIpiList dead, long nowNs) {
        while (dead.size > 0) {
            send(dead.targets[--dead.size], nowNs);
        }
    }

    private void send(int target, long nowNs) {
        if (host.softnet.isOnline(target)) {
            host.cpus[cpu].softirq.charge(sendNs);
            int lifetime = host.cpus[target].onRpsIpiSent();
            host.calendar.schedule(nowNs + latencyNs, Event.of(Event.RPS_IPI, target, lifetime));
            sent++;
        }
    }

    long sent() {
        return sent;
    }
}
