package io.rxsim.core.virtual;

import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.Load;
import io.rxsim.core.run.Losses;
import io.rxsim.core.run.MirroredClients;
import io.rxsim.core.run.RxObserver;
import io.rxsim.core.run.Scenario;

/**
 * The client host of a closed loop as a second modelled host, and the wire between the two. A request and its answer are the same
 * to both: a thread receives a packet, works, and sends one back. Each host has its own calendar, and whichever has the earlier
 * event goes first, the host under test at equal times.
 *
 * <p>A transaction lasts from the client thread's send call to the end of the receive call of its answer; answers come in the
 * order of requests. Deviation: a packet that either host loses is not sent again, and later answers of that connection are then
 * timed from an earlier request, if it has several outstanding. Allocates nothing per packet. One thread.
 */
final class Mirror {
    final VirtualHost client;
    private final VirtualHost server;
    private final MirroredClients source;
    private final Arrival arrival = new Arrival();
    /** Send times of the outstanding requests of each flow, a ring of {@code burst}. */
    private final long[] sentNs;

    private final int[] sent;
    private final int[] answered;
    /** Packets of each flow that are gone for good, at whichever host. */
    private final int[] gone;

    private long lost;
    private int stopped;

    Mirror(VirtualHost server, MirroredClients source) {
        this.server = server;
        this.source = source;
        client = new VirtualHost(clientScenario(server.scenario), RxObserver.NONE);
        client.attach(this, source);
        sentNs = new long[Math.multiplyExact(source.connections(), source.burst())];
        sent = new int[source.connections()];
        answered = new int[source.connections()];
        gone = new int[source.connections()];
    }

    private static Scenario clientScenario(Scenario scenario) {
        Load load = scenario.load();
        if (load.client() == null) {
            throw new IllegalArgumentException("a mirrored client host needs an application of its own");
        }
        return new Scenario(
                scenario.name(),
                scenario.machine(),
                scenario.steering(),
                new Load(load.arrivals(), load.pacing(), load.client()),
                scenario.measure(),
                scenario.seed());
    }

    /** A packet of a flow leaves a host's NIC: it reaches the other's. */
    void onTransmitted(VirtualHost from, int flow, long nowNs) {
        if (!server.isEnded()) {
            VirtualHost to = from == server ? client : server;
            to.calendar.schedule(nowNs + source.networkDelayNs(), Event.of(Event.CLIENT_REQUEST, flow, 0));
        }
    }

    /** One of the first requests, which no answer caused, reaches the host under test. */
    void onFirstRequest(int flow, long nowNs) {
        onSend(server.peer(), flow, nowNs - source.networkDelayNs());
        onArrival(server, flow, nowNs);
    }

    /** A packet of a flow reaches a host's NIC. */
    void onArrival(VirtualHost at, int flow, long nowNs) {
        if (server.isEnded()) {
            return;
        }
        arrival.timeNs = nowNs;
        if (at == server) {
            source.describeRequest(flow, arrival);
        } else {
            source.describeAnswer(flow, arrival);
        }
        at.arrive(arrival);
    }

    /** A thread calls send. */
    void onSend(VirtualHost at, int flow, long nowNs) {
        if (at == client) {
            sentNs[slot(flow, sent[flow]++)] = nowNs;
        }
    }

    /** A thread's receive call ends. */
    void onReceived(VirtualHost at, int flow, long nowNs) {
        if (at == client) {
            final long latencyNs = nowNs - sentNs[slot(flow, answered[flow]++)];
            server.recorder.onTransaction(server.parts.of(flow), latencyNs, server.isMeasuring());
        }
    }

    /** A host lost a packet of a flow. */
    void onLost(int flow) {
        lost++;
        stopped += ++gone[flow] == source.burst() ? 1 : 0;
    }

    /** What both hosts lost. */
    Losses losses() {
        return new Losses(lost, 0, stopped);
    }

    private int slot(int flow, int sequence) {
        return flow * source.burst() + Integer.remainderUnsigned(sequence, source.burst());
    }

    /** Share of the client host's CPU time in use while measured. */
    double busy() {
        long busyNs = 0;
        final long elapsedNs = client.nowNs() - client.measuredStart.sinceNs();
        int online = 0;
        for (VirtualCpu cpu : client.cpus) {
            busyNs += client.measuredStart.usage(cpu, client.nowNs()).busyNs();
            online += client.softnet.isOnline(cpu.number) ? 1 : 0;
        }
        return elapsedNs <= 0 ? 0 : (double) busyNs / ((double) elapsedNs * online);
    }
}
