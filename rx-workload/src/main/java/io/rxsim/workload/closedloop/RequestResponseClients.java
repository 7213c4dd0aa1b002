package io.rxsim.workload.closedloop;

import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ClientHost;
import io.rxsim.workload.population.GeneratedFlows;

/**
 * The connections of one run of {@link RequestResponse}. A transaction lasts from the send call of its request to the end of
 * the receive call of its answer; with several outstanding, answers come in the order of requests. Allocates nothing per
 * packet. One thread.
 *
 * <p>Deviation: a request that the host drops is never sent again, TCP included; later answers of that connection are then timed
 * from an earlier request, if it has several outstanding.
 */
final class RequestResponseClients implements ClientHost {
    private final GeneratedFlows flows;
    private final Request request;
    private final ClientCpus cpus;
    private final long delayNs;
    /** Send times of the outstanding requests of each flow, a ring of {@code burst}. */
    private final long[] sentNs;

    private final int[] nextSequence;
    private final int[] answered;
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
     */
    record Request(int lengthBytes, int payloadBytes, int burst, long thinkNs) {}

    RequestResponseClients(GeneratedFlows flows, Request request, ClientCpus.Shape client) {
        this.flows = flows;
        this.request = request;
        this.cpus = new ClientCpus(client);
        this.delayNs = client.delayNs();
        sentNs = new long[Math.multiplyExact(flows.count(), request.burst())];
        nextSequence = new int[flows.count()];
        answered = new int[flows.count()];
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
    public long onResponse(int flow, int lengthBytes, long nowNs) {
        final long doneNs = cpus.work(nowNs + delayNs);
        lastTransactionNs = doneNs - sentNs[slot(flow, answered[flow]++)];
        return doneNs + request.thinkNs() + delayNs;
    }

    private int slot(int flow, int sequence) {
        return flow * request.burst() + Integer.remainderUnsigned(sequence, request.burst());
    }

    @Override
    public void describe(int flow, Arrival out) {
        fill(flow, out);
        sentNs[slot(flow, nextSequence[flow]++)] = out.timeNs - delayNs;
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
        out.rxQueue = Arrival.BY_RSS;
        out.cpu = Arrival.BY_IRQ;
    }

    @Override
    public long lastTransactionNs() {
        return lastTransactionNs;
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
