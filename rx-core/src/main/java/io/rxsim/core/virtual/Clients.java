package io.rxsim.core.virtual;

import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.ClientHost;
import io.rxsim.core.run.MirroredClients;

/**
 * The closed loop around a host: tells the clients of answers and lets their next requests arrive. Clients are a cost ({@link
 * ClientHost}) or a second host ({@link Mirror}). One thread.
 */
final class Clients {
    private final VirtualHost host;
    private final Arrival arrival = new Arrival();
    private ClientHost clients;
    private Mirror mirror;

    Clients(VirtualHost host) {
        this.host = host;
    }

    /** Takes a source that answers to answers; any other leaves the loop open. */
    void attach(ArrivalSource source) {
        clients = source instanceof ClientHost closed ? closed : null;
        mirror = source instanceof MirroredClients mirrored ? new Mirror(host, mirrored) : null;
    }

    /** The host is the client's side of a mirror. */
    void attach(Mirror itsMirror) {
        mirror = itsMirror;
    }

    boolean isClosedLoop() {
        return clients != null || mirror != null;
    }

    /** The client host, or null where the clients are a cost only. */
    VirtualHost peer() {
        return mirror == null || mirror.client == host ? null : mirror.client;
    }

    /** Share of the client host's CPU time in use. */
    double busy(long nowNs) {
        return mirror != null ? mirror.busy() : clients.busy(nowNs);
    }

    /** A thread calls send for a flow. */
    void onSend(int flow, long nowNs) {
        if (mirror != null) {
            mirror.onSend(host, flow, nowNs);
        }
    }

    /** A thread's receive call for a flow ends. */
    void onReceived(int flow, long nowNs) {
        if (mirror != null) {
            mirror.onReceived(host, flow, nowNs);
        }
    }

    /** An answer leaves the NIC. */
    void onResponse(int flow, int lengthBytes, long nowNs) {
        if (mirror != null) {
            mirror.onTransmitted(host, flow, nowNs);
            return;
        }
        if (clients == null) {
            return;
        }
        final long nextNs = clients.onResponse(flow, lengthBytes, nowNs);
        host.recorder.onTransaction(clients.lastTransactionNs(), host.isMeasuring());
        if (nextNs != ClientHost.NEVER && !host.isEnded()) {
            host.calendar.schedule(nextNs, Event.of(Event.CLIENT_REQUEST, flow, 0));
        }
    }

    /** One of the first requests, which no answer caused, reaches the NIC. */
    void onFirstRequest(int flow, long nowNs) {
        if (mirror != null) {
            mirror.onFirstRequest(flow, nowNs);
        } else {
            onRequest(flow, nowNs);
        }
    }

    /** A packet of a flow reaches the NIC: a request, or at a mirrored client host an answer. */
    void onRequest(int flow, long nowNs) {
        if (mirror != null) {
            mirror.onArrival(host, flow, nowNs);
        } else if (!host.isEnded()) {
            arrival.timeNs = nowNs;
            clients.describe(flow, arrival);
            host.arrive(arrival);
        }
    }
}
