package io.rxsim.core.live;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * What a softirq thread owes to others: interrupts for backlogs it has appended to, most recent first ({@code rps_ipi_list},
 * {@code net_rps_action_and_irq_enable}, net/core/dev.c), and announcements to receivers. Collected, and sent after one full fence.
 * One thread.
 */
final class SoftirqSend<M> {
    private final LiveHost<M> host;
    private final SoftirqCounters counters;
    private final boolean[] owed;
    private final int[] targets;
    private int size;
    private final List<LiveSocket<M>> sockets = new ArrayList<>();

    SoftirqSend(LiveHost<M> host, SoftirqCounters counters) {
        this.host = host;
        this.counters = counters;
        this.owed = new boolean[host.machine().cpuCount()];
        this.targets = new int[owed.length];
    }

    /** A packet was appended to another CPU's backlog. */
    void owe(int target) {
        if (!owed[target]) {
            owed[target] = true;
            targets[size++] = target;
        }
    }

    /** A packet was appended to a socket. */
    void announce(LiveSocket<M> socket) {
        int last = sockets.size() - 1;
        if (last < 0 || sockets.get(last) != socket) {
            sockets.add(socket);
        }
    }

    /** Interrupts every CPU that is owed one, does not poll its backlog already, and is online. */
    void interrupts() {
        if (size == 0) {
            return;
        }
        // Pairs with NapiState.complete() of the targets.
        VarHandle.fullFence();
        while (size > 0) {
            int target = targets[--size];
            owed[target] = false;
            if (host.softnet().isOnline(target) && host.backlog(target).napi.raise()) {
                SoftirqCounters.add(counters.ipisSent, 1);
                host.cpu(target).doze.wake();
            }
        }
    }

    /** Tells the receivers of all sockets appended to. */
    void wakeUps() {
        if (sockets.isEmpty()) {
            return;
        }
        // Pairs with NapiState.complete() of the sockets.
        VarHandle.fullFence();
        for (int i = 0; i < sockets.size(); i++) {
            LiveSocket<M> socket = sockets.get(i);
            socket.receiver().announce(socket);
        }
        sockets.clear();
    }
}
