package io.rxsim.workload.closedloop;

import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.Losses;
import io.rxsim.core.run.StreamClientHost;
import io.rxsim.core.run.StreamLimit;
import io.rxsim.workload.population.GeneratedFlows;
import java.util.Arrays;

/**
 * The senders of one run of {@link TcpStream}. A connection begins with ten segments outstanding and has one more for each that is
 * acknowledged, up to its window (slow start, without loss); never more than the host advertises. The send call of the next message
 * is made when the one before begins to leave, so that CPU and link work at the same time. Allocates nothing per segment. One
 * thread.
 *
 * <p>Deviations: there is no congestion control beyond that, so a loss does not shrink the window. A segment that the host loses
 * is sent again one network delay later, without a time on the link, if the window has room for three later ones (fast retransmit), otherwise in 6.18 after three
 * round trips (tail loss probe and what it finds), in 2.6.35 when the timer of 200 ms expires, which does not double; the sender
 * hears of the loss from the model, not from duplicate acknowledgements. Of each
 * connection one segment at a time is given to the link, so that connections share it evenly: the segments of one message leave
 * back to back only where the others have nothing to send. Acknowledgements cost the client nothing.
 */
final class TcpStreamClients implements StreamClientHost {
    /** TCP_INIT_CWND (include/net/tcp.h). */
    private static final int INITIAL_WINDOW = 10;

    /** Duplicate acknowledgements that tell of a loss. */
    private static final int DUPLICATES = 3;

    private static final int NONE = -1;

    private final GeneratedFlows flows;
    private final Shape shape;
    private final ClientCpus cpus;
    private final ClientLink link;
    private final AcksUnderWay acks;
    private final long delayNs;
    private final long[] waitedNs = new long[StreamLimit.values().length];

    /** Per connection: next segment to send, first not acknowledged, segments it may have outstanding, first the host does not take. */
    private final int[] next;

    private final int[] unacknowledged;
    private final int[] window;
    private final int[] edge;
    private final int[] nextPacket;
    /** Lost segments that are not yet there. */
    private final int[] missing;
    /** Segments that have reached the host's NIC for the first time. */
    private final int[] arrived;
    /** Whether a segment is given to the link, after which the next one is decided. */
    private final boolean[] leaving;
    /** When the next message is ready to leave. */
    private final long[] messageNs;
    /** How long the segment that is leaving waits for the link and takes it. */
    private final long[] linkNs;
    /** Since when a connection may not send, or {@link #NONE}. */
    private final long[] blockedNs;

    private final boolean[] blockedByHost;
    /** The segment whose round trip is being timed, or {@link #NONE}, and when it left. */
    private final int[] timed;

    private final long[] timedNs;
    /** The round trip that was timed last; before the first, what the network needs. */
    private final long[] roundTripNs;

    private int started;
    private long lost;
    private long retransmitted;

    /**
     * What each connection sends.
     *
     * @param mss payload of a segment
     * @param perMessage segments of a send call
     * @param window segments outstanding at most
     * @param probesTail whether the sender probes for a loss after which nothing follows
     */
    record Shape(int mss, int perMessage, int window, boolean probesTail) {
        int lengthBytes() {
            return TcpStream.HEADER_BYTES + mss;
        }
    }

    TcpStreamClients(GeneratedFlows flows, Shape shape, TcpStream.StreamPath path) {
        this.flows = flows;
        this.shape = shape;
        cpus = new ClientCpus(path.client());
        link = new ClientLink(path.bitsPerSecond());
        delayNs = path.client().delayNs();
        int count = flows.count();
        next = new int[count];
        unacknowledged = new int[count];
        window = new int[count];
        Arrays.fill(window, Math.min(INITIAL_WINDOW, shape.window()));
        edge = new int[count];
        nextPacket = new int[count];
        missing = new int[count];
        arrived = new int[count];
        leaving = new boolean[count];
        acks = new AcksUnderWay(count);
        messageNs = new long[count];
        linkNs = new long[count];
        blockedNs = new long[count];
        Arrays.fill(blockedNs, NONE);
        blockedByHost = new boolean[count];
        timed = new int[count];
        Arrays.fill(timed, NONE);
        timedNs = new long[count];
        roundTripNs = new long[count];
        Arrays.fill(roundTripNs, 2 * delayNs);
    }

    @Override
    public int segmentBytes() {
        return shape.mss();
    }

    @Override
    public void begin(int windowSegments) {
        Arrays.fill(edge, windowSegments);
    }

    /** The first segment of each connection; they start together, as fast as CPUs and link get them out. */
    @Override
    public boolean next(Arrival out) {
        if (started == flows.count()) {
            return false;
        }
        final int flow = started++;
        messageNs[flow] = cpus.work(0);
        describeSegment(flow, 0, out);
        out.timeNs = send(flow, 0);
        return true;
    }

    /** First segment that may not be sent yet. */
    private int bound(int flow) {
        return Math.min(unacknowledged[flow] + window[flow], edge[flow]);
    }

    /** Gives the next segment to the link, if it may be sent now; when it has left. */
    private long send(int flow, long nowNs) {
        final int bound = bound(flow);
        if (next[flow] >= bound) {
            blockedNs[flow] = nowNs;
            blockedByHost[flow] = bound < unacknowledged[flow] + window[flow];
            return NEVER;
        }
        leaving[flow] = true;
        long readyNs = nowNs;
        if (next[flow] % shape.perMessage() == 0) {
            readyNs = Math.max(nowNs, messageNs[flow]);
            wait(StreamLimit.CLIENT_CPU, readyNs - nowNs);
            messageNs[flow] = cpus.work(readyNs);
        }
        final long leftNs = link.send(shape.lengthBytes(), readyNs);
        linkNs[flow] = leftNs - readyNs;
        if (timed[flow] == NONE) {
            timed[flow] = next[flow];
            timedNs[flow] = leftNs;
        }
        next[flow]++;
        return leftNs;
    }

    private void wait(StreamLimit limit, long ns) {
        waitedNs[limit.ordinal()] += ns;
    }

    @Override
    public void describe(int flow, Arrival out) {
        fill(flow, arrived[flow]++, out);
    }

    private void fill(int flow, int segment, Arrival out) {
        describeSegment(flow, segment, out);
        out.sequence = nextPacket[flow]++;
    }

    private void describeSegment(int flow, int segment, Arrival out) {
        out.flow = flow;
        out.direction = 0;
        out.generation = 0;
        out.sequence = 0;
        out.segment = segment;
        out.push = (segment + 1) % shape.perMessage() == 0;
        out.hash = flows.hash(flow);
        out.rssHash = flows.rssHash(flow);
        out.lengthBytes = shape.lengthBytes();
        out.payloadBytes = shape.mss();
        out.socket = true;
        out.closedPort = false;
        out.rxQueue = Arrival.BY_RSS;
        out.cpu = Arrival.BY_IRQ;
    }

    @Override
    public long networkDelayNs() {
        return delayNs;
    }

    @Override
    public long onLeft(int flow, long nowNs) {
        leaving[flow] = false;
        final long onLinkNs = linkNs[flow];
        final long leftNs = send(flow, nowNs);
        if (leftNs == NEVER) {
            // The link made nothing wait: what follows the last segment of a window does.
            blockedNs[flow] = nowNs - onLinkNs;
        } else {
            wait(StreamLimit.LINK, onLinkNs);
        }
        return leftNs;
    }

    @Override
    public void onAckLeft(int flow, int expected, int windowSegments) {
        acks.add(flow, expected, expected + windowSegments);
    }

    @Override
    public long onAck(int flow, long nowNs) {
        final int expected = acks.expected(flow);
        final int acknowledged = expected - unacknowledged[flow];
        if (acknowledged > 0) {
            unacknowledged[flow] = expected;
            window[flow] = Math.min(shape.window(), window[flow] + acknowledged);
        }
        edge[flow] = Math.max(edge[flow], acks.edge(flow));
        acks.remove(flow);
        if (blockedNs[flow] != NONE) {
            account(flow, nowNs);
        }
        if (timed[flow] != NONE && expected > timed[flow]) {
            roundTripNs[flow] = nowNs - timedNs[flow];
            timed[flow] = NONE;
        }
        return leaving[flow] ? NEVER : send(flow, nowNs);
    }

    /** A connection that could not send hears from the host: what it has waited for. */
    private void account(int flow, long atNs) {
        final long ns = atNs - blockedNs[flow];
        blockedNs[flow] = NONE;
        if (missing[flow] > 0) {
            wait(StreamLimit.LOSS, ns);
        } else if (blockedByHost[flow]) {
            wait(StreamLimit.RECEIVE_WINDOW, ns);
        } else {
            // Of a round trip, what the network does not need is the host's.
            final long roundTripNs = timed[flow] == NONE ? 0 : atNs - timedNs[flow];
            final long atHostNs = Math.min(ns, Math.max(0, roundTripNs - 2 * delayNs));
            wait(StreamLimit.HOST, atHostNs);
            wait(StreamLimit.WINDOW, ns - atHostNs);
        }
    }

    @Override
    public long onLost(int flow, int segment, long nowNs) {
        lost++;
        missing[flow]++;
        if (bound(flow) - 1 - segment >= DUPLICATES) {
            return nowNs + 2 * delayNs;
        }
        return nowNs + (shape.probesTail() ? 3 * roundTripNs[flow] : RequestResponseClients.MIN_RTO_NS);
    }

    @Override
    public void describeAgain(int flow, int segment, Arrival out) {
        fill(flow, segment, out);
        missing[flow]--;
        retransmitted++;
    }

    @Override
    public Losses losses() {
        return new Losses(lost, retransmitted, 0);
    }

    @Override
    public long waitedNs(StreamLimit limit) {
        return waitedNs[limit.ordinal()];
    }

    @Override
    public long onResponse(int flow, int sequence, long nowNs) {
        throw new IllegalStateException("a stream has no answers, flow=" + flow);
    }

    @Override
    public long lastTransactionNs() {
        return 0;
    }

    @Override
    public double busy(long nowNs) {
        return cpus.busy(nowNs);
    }

    @Override
    public String describeFlow(int flow) {
        return flows.key(flow).toString();
    }
}
