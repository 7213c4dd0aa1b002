package io.rxsim.core.virtual;

import io.rxsim.core.kernel.Errno;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.ClientHost;
import io.rxsim.core.run.Losses;
import io.rxsim.core.run.MirroredClients;
import java.util.EnumMap;
import java.util.Map;

/**
 * The closed loops around the host: tells clients of answers and losses and lets their next packets arrive. Clients are a cost
 * ({@link ClientHost}), of which there may be several, or a second host ({@link Mirror}). Flows are the host's numbers here, and
 * each client host's own beyond. One thread.
 */
final class Clients {
    private final VirtualHost host;
    private final PacketPool pool;
    private final LoadParts parts;
    private final Arrival arrival = new Arrival();
    private boolean closedLoop;
    private Mirror mirror;

    Clients(VirtualHost host) {
        this.host = host;
        this.pool = host.pool;
        this.parts = host.parts;
    }

    /** The workloads of a source are known. */
    void attach(ArrivalSource source) {
        for (LoadPart part : parts.all()) {
            closedLoop |= part.closed;
            if (part.stream != null) {
                part.window = StreamSockets.window(
                        part.stream, host.scenario.load().application().rcvbufBytes());
                part.stream.begin(part.window.most());
            }
        }
        mirror = source instanceof MirroredClients mirrored ? new Mirror(host, mirrored) : null;
    }

    /** The host is the client's side of a mirror. */
    void attach(Mirror itsMirror) {
        closedLoop = true;
        mirror = itsMirror;
    }

    /** Whether any workload waits for answers. */
    boolean isClosedLoop() {
        return closedLoop;
    }

    /** Whether the clients of a flow wait for answers. */
    boolean isClosedLoop(int flow) {
        return closedLoop && parts.of(flow).closed;
    }

    /** The client host, or null where the clients are a cost only. */
    VirtualHost peer() {
        return mirror == null || mirror.client == host ? null : mirror.client;
    }

    /** Share of the CPU time of the busiest client host in use. */
    double busy(long nowNs) {
        double busiest = 0;
        for (LoadPart part : parts.all()) {
            busiest = Math.max(busiest, busy(part, nowNs));
        }
        return busiest;
    }

    /** Share of the CPU time of a workload's client host in use; 0 without one. */
    double busy(LoadPart part, long nowNs) {
        if (part.clients == null) {
            return mirror == null ? 0 : mirror.busy();
        }
        return part.clients.busy(nowNs);
    }

    /** Losses of all clients. */
    Losses losses() {
        Losses all = mirror == null ? Losses.NONE : mirror.losses();
        for (LoadPart part : parts.all()) {
            all = part.clients == null ? all : all.plus(part.clients.losses());
        }
        return all;
    }

    /** Length on the wire of the answer to a packet of a flow; 0 for none. */
    int responseBytes(int flow) {
        return parts.of(flow).responseBytes;
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

    /** The answer to a packet leaves the NIC. */
    void onResponse(int packet, long nowNs) {
        final int flow = pool.flow[packet];
        if (mirror != null) {
            mirror.onTransmitted(host, flow, nowNs);
            return;
        }
        final LoadPart part = parts.of(flow);
        if (part.clients == null) {
            return;
        }
        final long nextNs = part.clients.onResponse(flow - part.firstFlow, pool.sequence[packet], nowNs);
        host.recorder.onTransaction(part, part.clients.lastTransactionNs(), host.isMeasuring());
        schedule(nextNs, Event.of(Event.CLIENT_REQUEST, flow, 0));
    }

    /** Protocol processing of a packet without payload ended: its clients may have waited for that. */
    void onHandshake(int packet, long nowNs) {
        if (!closedLoop || mirror != null) {
            return;
        }
        final int flow = pool.flow[packet];
        final LoadPart part = parts.of(flow);
        if (part.clients != null) {
            final long nextNs = part.clients.onHandshake(flow - part.firstFlow, pool.sequence[packet], nowNs);
            schedule(nextNs, Event.of(Event.CLIENT_REQUEST, flow, 0));
        }
    }

    /** Failed transactions of all clients, by errno. */
    Map<Errno, Long> failed() {
        Map<Errno, Long> all = new EnumMap<>(Errno.class);
        for (LoadPart part : parts.all()) {
            if (part.clients != null) {
                part.clients.failed().forEach((errno, count) -> all.merge(errno, count, Long::sum));
            }
        }
        return all;
    }

    /** One of the first requests, which no answer caused, reaches the NIC; or the first segment of a stream leaves the client's. */
    void onFirstRequest(int flow, long nowNs) {
        if (mirror != null) {
            mirror.onFirstRequest(flow, nowNs);
        } else if (parts.of(flow).stream != null) {
            onLeft(flow, nowNs);
        } else {
            onRequest(flow, nowNs);
        }
    }

    /** A packet of a flow reaches the NIC: a request, or at a mirrored client host an answer. */
    void onRequest(int flow, long nowNs) {
        if (mirror != null) {
            mirror.onArrival(host, flow, nowNs);
        } else if (!host.isEnded()) {
            final LoadPart part = parts.of(flow);
            final long readyNs = part.clients.readyNs(flow - part.firstFlow, nowNs);
            if (readyNs > nowNs) {
                schedule(readyNs, Event.of(Event.CLIENT_REQUEST, flow, 0));
                return;
            }
            arrival.timeNs = nowNs;
            part.clients.describe(flow - part.firstFlow, arrival);
            arrive(flow);
        }
    }

    /** A segment of a stream has left the client's NIC. */
    void onLeft(int flow, long nowNs) {
        final LoadPart part = parts.of(flow);
        schedule(nowNs + part.stream.networkDelayNs(), Event.of(Event.CLIENT_REQUEST, flow, 0));
        schedule(part.stream.onLeft(flow - part.firstFlow, nowNs), Event.of(Event.CLIENT_LEFT, flow, 0));
    }

    /** An acknowledgement without data leaves the NIC: {@code next} is expected, and so many segments from there are taken. */
    void onAckLeft(int flow, int next, int windowSegments, long nowNs) {
        final LoadPart part = parts.of(flow);
        part.stream.onAckLeft(flow - part.firstFlow, next, windowSegments);
        schedule(nowNs + part.stream.networkDelayNs(), Event.of(Event.CLIENT_ACK, flow, 0));
    }

    /** The first acknowledgement under way reaches the client. */
    void onAck(int flow, long nowNs) {
        final LoadPart part = parts.of(flow);
        schedule(part.stream.onAck(flow - part.firstFlow, nowNs), Event.of(Event.CLIENT_LEFT, flow, 0));
    }

    /** The host is about to let go of a packet that it lost. */
    void onLost(int packet, long nowNs) {
        if (!closedLoop || host.isEnded()) {
            return;
        }
        final int flow = pool.flow[packet];
        final LoadPart part = parts.of(flow);
        if (mirror != null) {
            mirror.onLost(flow);
        } else if (part.clients != null) {
            final int lost = part.stream == null ? pool.sequence[packet] : pool.segment[packet];
            schedule(
                    part.clients.onLost(flow - part.firstFlow, lost, nowNs),
                    Event.of(Event.CLIENT_RETRANSMISSION, flow, lost));
        }
    }

    /** A lost packet of a flow reaches the NIC again. */
    void onRetransmission(int flow, int lost, long nowNs) {
        if (!host.isEnded()) {
            final LoadPart part = parts.of(flow);
            arrival.timeNs = nowNs;
            part.clients.describeAgain(flow - part.firstFlow, lost, arrival);
            arrive(flow);
        }
    }

    private void arrive(int flow) {
        arrival.flow = flow;
        host.arrive(arrival);
    }

    private void schedule(long atNs, long event) {
        if (atNs != ClientHost.NEVER && !host.isEnded()) {
            host.calendar.schedule(atNs, event);
        }
    }
}
