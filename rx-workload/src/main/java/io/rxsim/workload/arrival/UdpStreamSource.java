package io.rxsim.workload.arrival;

import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.RandomStreams;
import io.rxsim.workload.population.FlowPopulation;
import io.rxsim.workload.population.GeneratedFlows;

/** The packets of one run of {@link UdpStream}. Allocates nothing per packet. One thread. */
final class UdpStreamSource implements ArrivalSource {
    private final ArrivalProcess arrivals;
    private final PacketSizes sizes;
    private final FlowPopulation population;
    private final GeneratedFlows flows;
    /** Whether a socket listens. */
    private final boolean open;

    private final RandomStream sizeStream;
    private final RandomStream flowStream;
    private final int[] nextSequence;

    UdpStreamSource(
            ArrivalProcess arrivals,
            PacketSizes sizes,
            FlowPopulation population,
            GeneratedFlows flows,
            boolean open,
            long seed) {
        this.arrivals = arrivals;
        this.sizes = sizes;
        this.population = population;
        this.flows = flows;
        this.open = open;
        sizeStream = RandomStreams.stream(seed, "arrivals/sizes");
        flowStream = RandomStreams.stream(seed, "arrivals/flows");
        nextSequence = new int[flows.count()];
    }

    @Override
    public boolean next(Arrival out) {
        long timeNs = arrivals.nextNs();
        if (timeNs == ArrivalProcess.END) {
            return false;
        }
        int flow = population.nextFlow(flowStream);
        out.timeNs = timeNs;
        out.flow = flow;
        out.direction = 0;
        out.generation = 0;
        out.sequence = nextSequence[flow]++;
        out.hash = flows.hash(flow);
        out.rssHash = flows.rssHash(flow);
        out.lengthBytes = sizes.nextBytes(sizeStream);
        out.payloadBytes = out.lengthBytes - UdpStream.HEADER_BYTES;
        out.socket = open;
        out.closedPort = !open;
        out.rxQueue = Arrival.BY_RSS;
        out.cpu = Arrival.BY_IRQ;
        return true;
    }

    @Override
    public String describeFlow(int flow) {
        return flows.key(flow).toString();
    }
}
