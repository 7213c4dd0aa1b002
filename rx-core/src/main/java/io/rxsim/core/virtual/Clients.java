package io.rxsim.core.virtual;

import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.ClientHost;

/** The closed loop around the host: tells the clients of answers and lets their next requests arrive. One thread. */
final class Clients {
    private final VirtualHost host;
    private final Arrival arrival = new Arrival();
    private ClientHost clients;

    Clients(VirtualHost host) {
        this.host = host;
    }

    /** Takes a source that answers to answers; any other leaves the loop open. */
    void attach(ArrivalSource source) {
        clients = source instanceof ClientHost closed ? closed : null;
    }

    boolean isClosedLoop() {
        return clients != null;
    }

    /** Share of the client host's CPU time in use. */
    double busy(long nowNs) {
        return clients.busy(nowNs);
    }

    /** An answer leaves the NIC. */
    void onResponse(int flow, int lengthBytes, long nowNs) {
        if (clients == null) {
            return;
        }
        final long nextNs = clients.onResponse(flow, lengthBytes, nowNs);
        host.recorder.onTransaction(clients.lastTransactionNs(), host.isMeasuring());
        if (nextNs != ClientHost.NEVER && !host.isEnded()) {
            host.calendar.schedule(nextNs, Event.of(Event.CLIENT_REQUEST, flow, 0));
        }
    }

    /** A request of a flow reaches the NIC, one of the first or the one after an answer. */
    void onRequest(int flow, long nowNs) {
        if (!host.isEnded()) {
            arrival.timeNs = nowNs;
            clients.describe(flow, arrival);
            host.arrive(arrival);
        }
    }
}
