package io.rxsim.workload.closedloop;

import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.MirroredClients;
import io.rxsim.workload.population.GeneratedFlows;

/**
 * The connections of one run of {@link RequestResponse} between two modelled hosts: what their packets look like to each. Allocates
 * nothing per packet. One thread.
 */
final class MirroredRequestResponse implements MirroredClients {
    /** Between the first requests, which no answer causes. */
    private static final long FIRST_REQUEST_NS = 1_000;

    private final GeneratedFlows requests;
    private final GeneratedFlows answers;
    private final Shape shape;
    private final int[] nextRequest;
    private final int[] nextAnswer;
    private long started;

    /**
     * What the connections do.
     *
     * @param headerBytes before the payload, on the wire
     * @param requestBytes payload of a request
     * @param responseBytes payload of an answer
     * @param burst outstanding at once
     * @param delayNs one way between the NICs
     * @param expectedIntervalNs at which a connection is meant to send; 0 is none
     */
    record Shape(
            int headerBytes, int requestBytes, int responseBytes, int burst, long delayNs, long expectedIntervalNs) {}

    /** {@code requests} are hashed by the host under test, {@code answers} by the client host. */
    MirroredRequestResponse(GeneratedFlows requests, GeneratedFlows answers, Shape shape) {
        this.requests = requests;
        this.answers = answers;
        this.shape = shape;
        nextRequest = new int[requests.count()];
        nextAnswer = new int[requests.count()];
    }

    @Override
    public boolean next(Arrival out) {
        if (started == (long) requests.count() * shape.burst()) {
            return false;
        }
        final int flow = (int) (started % requests.count());
        out.timeNs = shape.delayNs() + started * FIRST_REQUEST_NS;
        started++;
        out.flow = flow;
        return true;
    }

    @Override
    public int connections() {
        return requests.count();
    }

    @Override
    public int burst() {
        return shape.burst();
    }

    @Override
    public long networkDelayNs() {
        return shape.delayNs();
    }

    @Override
    public long expectedIntervalNs() {
        return shape.expectedIntervalNs();
    }

    @Override
    public void describeRequest(int flow, Arrival out) {
        fill(flow, requests, out);
        out.sequence = nextRequest[flow]++;
        out.payloadBytes = shape.requestBytes();
        out.lengthBytes = shape.headerBytes() + shape.requestBytes();
    }

    @Override
    public void describeAnswer(int flow, Arrival out) {
        fill(flow, answers, out);
        out.sequence = nextAnswer[flow]++;
        out.payloadBytes = shape.responseBytes();
        out.lengthBytes = shape.headerBytes() + shape.responseBytes();
    }

    private static void fill(int flow, GeneratedFlows flows, Arrival out) {
        out.flow = flow;
        out.direction = 0;
        out.generation = 0;
        out.hash = flows.hash(flow);
        out.rssHash = flows.rssHash(flow);
        out.socket = true;
        out.closedPort = false;
        out.rxQueue = Arrival.BY_RSS;
        out.cpu = Arrival.BY_IRQ;
    }

    @Override
    public String describeFlow(int flow) {
        return requests.key(flow).toString();
    }
}
