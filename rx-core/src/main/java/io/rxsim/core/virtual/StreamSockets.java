package io.rxsim.core.virtual;

import io.rxsim.core.cost.Stage;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.StreamClientHost;
import io.rxsim.core.softnet.DropReason;
import io.rxsim.core.softnet.ReceiveWindow;
import io.rxsim.core.softnet.SkbTruesize;
import io.rxsim.core.table.IntRows;

/**
 * The receiving ends of streams: which segment is expected next, what waits behind a hole, what is acknowledged and when ({@code
 * tcp_data_queue}, {@code __tcp_ack_snd_check}, net/ipv4/tcp_input.c; {@code tcp_cleanup_rbuf}, net/ipv4/tcp.c; 6.18).
 *
 * <p>Protocol processing acknowledges when more than one segment is unacknowledged and the window is not smaller than the one
 * advertised last, and at once what leaves or finds a hole. Otherwise recv does, after a packet, when more than one segment is
 * unacknowledged, or when the window has doubled while no more than half of it was left. A timer acknowledges what is left after
 * 40 ms. A window never shrinks.
 *
 * <p>Deviations: PSH asks for no acknowledgement in recv; the delayed acknowledgement always waits 40 ms ({@code TCP_DELACK_MIN}); no quick acknowledgements at the start
 * of a connection; a timer that runs is not started anew by an acknowledgement, so what comes after one may wait less. One thread.
 */
final class StreamSockets {
    private static final long DELAYED_ACK_NS = 40_000_000;

    private static final int NEXT = 0;
    /** {@link #NEXT} of the last acknowledgement. */
    private static final int ACKED = 1;
    /** First segment that may not be sent. */
    private static final int EDGE = 2;
    /** First packet of those that wait behind a hole, in order of segments. */
    private static final int BEHIND_HOLE = 3;
    /** Whether a delayed acknowledgement's timer runs. */
    private static final int TIMER = 4;

    private static final int LINK_AND_HEADERS = 14 + 20 + 32;

    private final VirtualHost host;
    private final PacketPool pool;
    private final IntRows rows = new IntRows(0, 0, 0, PacketPool.NONE, 0);
    private final LoadParts parts;

    StreamSockets(VirtualHost host) {
        this.host = host;
        this.pool = host.pool;
        this.parts = host.parts;
    }

    /** The window of a client host's sockets, which advertise it from the start. */
    static ReceiveWindow window(StreamClientHost clients, int rcvbufBytes) {
        int segment = clients.segmentBytes();
        return new ReceiveWindow(rcvbufBytes, segment, SkbTruesize.of(LINK_AND_HEADERS + segment));
    }

    /** Protocol processing of a segment, or of several that were merged, ended on a CPU. */
    void onProcessed(int packet, int cpu, long nowNs) {
        final int flow = pool.flow[packet];
        final int[] page = rows.page(flow);
        final int at = rows.at(flow);
        if (!host.sockets.charge(packet)) {
            host.drop(packet, cpu, DropReason.SOCKET_RCVBUFF, nowNs);
            return;
        }
        final boolean hole = page[at + BEHIND_HOLE] != PacketPool.NONE;
        if (pool.segment[packet] != page[at + NEXT]) {
            keepBehindHole(page, at + BEHIND_HOLE, packet);
            sendFromSoftirq(flow, cpu, nowNs);
            return;
        }
        page[at + NEXT] += pool.segments[packet];
        host.receive.deliver(packet, cpu, nowNs);
        if (hole) {
            fillHole(page, at, cpu, nowNs);
        }
        final int unacknowledged = page[at + NEXT] - page[at + ACKED];
        final int advertised = edge(page, at, flow) - page[at + ACKED];
        if (hole || unacknowledged > 1 && select(flow) >= advertised) {
            sendFromSoftirq(flow, cpu, nowNs);
        } else if (page[at + TIMER] == 0) {
            page[at + TIMER] = 1;
            host.calendar.schedule(nowNs + DELAYED_ACK_NS, Event.of(Event.DELAYED_ACK, flow, 0));
        }
    }

    private void keepBehindHole(int[] page, int at, int packet) {
        int before = PacketPool.NONE;
        int after = page[at];
        while (after != PacketPool.NONE && pool.segment[after] < pool.segment[packet]) {
            before = after;
            after = pool.next[after];
        }
        pool.next[packet] = after;
        if (before == PacketPool.NONE) {
            page[at] = packet;
        } else {
            pool.next[before] = packet;
        }
    }

    private void fillHole(int[] page, int at, int cpu, long nowNs) {
        int first = page[at + BEHIND_HOLE];
        while (first != PacketPool.NONE && pool.segment[first] == page[at + NEXT]) {
            final int following = pool.next[first];
            page[at + NEXT] += pool.segments[first];
            host.receive.deliver(first, cpu, nowNs);
            first = following;
        }
        page[at + BEHIND_HOLE] = first;
    }

    /** What was advertised: before the first acknowledgement, all that there is. */
    private int edge(int[] page, int at, int flow) {
        return page[at + EDGE] == 0 ? parts.of(flow).window.most() : page[at + EDGE];
    }

    private int select(int flow) {
        return parts.of(flow).window.select(host.sockets.used(flow));
    }

    /** recv has taken a packet; whether it sends an acknowledgement. */
    boolean onReceived(int packet) {
        if (pool.segment[packet] == Arrival.NO_SEGMENT) {
            return false;
        }
        final int flow = pool.flow[packet];
        final LoadPart part = parts.of(flow);
        part.streamBytes += host.isMeasuring() ? pool.allPayloadBytes(packet) : 0;
        final int[] page = rows.page(flow);
        final int at = rows.at(flow);
        if (page[at + NEXT] - page[at + ACKED] > 1) {
            return true;
        }
        final int left = edge(page, at, flow) - page[at + NEXT];
        final int now = 2 * left <= part.window.most() ? select(flow) : 0;
        return now > 0 && now >= 2 * left;
    }

    private void sendFromSoftirq(int flow, int cpu, long nowNs) {
        host.cpus[cpu].softirq.charge(host.costs.costNs(Stage.ACK, cpu, cpu, 0));
        send(flow, cpu, nowNs);
    }

    /** An acknowledgement leaves, sent by a CPU that pays for it. */
    void send(int flow, int cpu, long nowNs) {
        final int[] page = rows.page(flow);
        final int at = rows.at(flow);
        page[at + EDGE] = Math.max(edge(page, at, flow), page[at + NEXT] + select(flow));
        page[at + ACKED] = page[at + NEXT];
        host.nic.transmit(cpu, nowNs);
        host.clients.onAckLeft(flow, page[at + NEXT], page[at + EDGE] - page[at + NEXT], nowNs);
    }

    /** The timer of a delayed acknowledgement expired; it is paid as an interrupt of the CPU that has the socket. */
    void onTimer(int flow, long nowNs) {
        final int[] page = rows.page(flow);
        final int at = rows.at(flow);
        page[at + TIMER] = 0;
        if (page[at + NEXT] != page[at + ACKED] && !host.isEnded()) {
            final int cpu = host.sockets.linesCpu(flow, 0);
            host.cpus[cpu].interrupt(nowNs, host.costs.costNs(Stage.ACK, cpu, cpu, 0));
            send(flow, cpu, nowNs);
        }
    }
}
