package io.rxsim.workload.closedloop;

import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ClientHost;
import io.rxsim.core.run.Losses;
import io.rxsim.workload.population.GeneratedFlows;

/**
 * The connections of one run of {@link RequestResponse}. A transaction lasts from the send call of its request to the end of
 * the receive call of its answer. Allocates nothing per packet. One thread.
 *
 * <p>A request that the host drops is sent again by TCP when its retransmission timer expires, {@link #MIN_RTO_NS} after it was
 * sent, twice as long after each repetition ({@code tcp_retransmit_timer}, net/ipv4/tcp_timer.c); before the connection's first
 * answer, after {@link Request#initialRtoNs}. UDP sends nothing again: a connection all of whose requests were lost has stopped,
 * as netperf's UDP_RR does. Deviations: the timer does not add the round trip to its minimum, does not expire for an answer that
 * is merely late, and never gives up; a connection has no handshake from which it would know a round trip; requests behind a lost
 * one of the same connection do not wait for it, and none is sent again before its timer expires.
 */
final class RequestResponseClients implements ClientHost {
    /** Least time after which TCP sends again ({@code TCP_RTO_MIN}, include/net/tcp.h). */
    static final long MIN_RTO_NS = 200_000_000;

    /** Longest ({@code TCP_RTO_MAX}). */
    static final long MAX_RTO_NS = 120_000_000_000L;

    /** {@link Request#initialRtoNs}: the transport never sends again. */
    static final long NO_RETRANSMISSION = 0;

    private final GeneratedFlows flows;
    private final Request request;
    private final ClientCpus cpus;
    private final long delayNs;
    private final long expectedIntervalNs;
    private final Outstanding outstanding;
    private final int[] nextSequence;
    /** Whether a flow has had an answer. */
    private final boolean[] answered;
    /** Requests of each flow that are gone for good. */
    private final int[] gone;

    private long lost;
    private long retransmitted;
    private int stopped;
    private long startedRequests;
    private long lastStartNs;
    private long lastTransactionNs;

    /**
     * What each connection sends.
     *
     * @param lengthBytes on the wire
     * @param payloadBytes what a recv copies
     * @param burst outstanding at once
     * @param thinkNs from an answer to the next request
     * @param initialRtoNs after which a connection without an answer so far sends a lost request again; {@link #NO_RETRANSMISSION}
     */
    record Request(int lengthBytes, int payloadBytes, int burst, long thinkNs, long initialRtoNs) {}

    /** Connections that are meant to send every {@code expectedIntervalNs}, or at no stated interval if that is 0. */
    RequestResponseClients(GeneratedFlows flows, Request request, ClientCpus.Shape client, long expectedIntervalNs) {
        this.expectedIntervalNs = expectedIntervalNs;
        this.flows = flows;
        this.request = request;
        this.cpus = new ClientCpus(client);
        this.delayNs = client.delayNs();
        outstanding = new Outstanding(flows.count(), request.burst());
        nextSequence = new int[flows.count()];
        answered = new boolean[flows.count()];
        gone = new int[flows.count()];
    }

    /** The first requests: every connection starts at once, as fast as the client's CPUs get them out. */
    @Override
    public boolean next(Arrival out) {
        if (startedRequests == (long) flows.count() * request.burst()) {
            return false;
        }
        final int flow = (int) (startedRequests++ % flows.count());
        lastStartNs = Math.max(lastStartNs, cpus.work(0));
        out.timeNs = lastStartNs + delayNs;
        fill(flow, out);
        return true;
    }

    @Override
    public long onResponse(int flow, int sequence, long nowNs) {
        final long doneNs = cpus.work(nowNs + delayNs);
        answered[flow] = true;
        lastTransactionNs = doneNs - outstanding.remove(flow, sequence);
        return doneNs + request.thinkNs() + delayNs;
    }

    @Override
    public void describe(int flow, Arrival out) {
        fill(flow, out);
        outstanding.add(flow, nextSequence[flow]++, out.timeNs - delayNs);
    }

    @Override
    public long onLost(int flow, int packet, long nowNs) {
        lost++;
        if (request.initialRtoNs() == NO_RETRANSMISSION) {
            stopped += ++gone[flow] == request.burst() ? 1 : 0;
            return NEVER;
        }
        long rtoNs = answered[flow] ? MIN_RTO_NS : request.initialRtoNs();
        for (int i = outstanding.repeats(flow, packet); i > 0 && rtoNs < MAX_RTO_NS; i--) {
            rtoNs *= 2;
        }
        return Math.max(nowNs, outstanding.lastNs(flow, packet) + Math.min(rtoNs, MAX_RTO_NS) + delayNs);
    }

    @Override
    public void describeAgain(int flow, int packet, Arrival out) {
        fill(flow, out);
        outstanding.again(flow, packet, nextSequence[flow]++, out.timeNs - delayNs);
        retransmitted++;
    }

    @Override
    public Losses losses() {
        return new Losses(lost, retransmitted, stopped);
    }

    private void fill(int flow, Arrival out) {
        out.flow = flow;
        out.direction = 0;
        out.generation = 0;
        out.sequence = nextSequence[flow];
        out.hash = flows.hash(flow);
        out.rssHash = flows.rssHash(flow);
        out.lengthBytes = request.lengthBytes();
        out.payloadBytes = request.payloadBytes();
        out.socket = true;
        out.closedPort = false;
        out.segment = Arrival.NO_SEGMENT;
        out.push = false;
        out.rxQueue = Arrival.BY_RSS;
        out.cpu = Arrival.BY_IRQ;
    }

    @Override
    public long lastTransactionNs() {
        return lastTransactionNs;
    }

    @Override
    public long expectedIntervalNs() {
        return expectedIntervalNs;
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
