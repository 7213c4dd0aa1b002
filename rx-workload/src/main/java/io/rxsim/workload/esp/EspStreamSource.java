package io.rxsim.workload.esp;

import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.RandomStreams;
import io.rxsim.core.xfrm.EspArrival;
import io.rxsim.core.xfrm.EspVerdict;
import io.rxsim.workload.arrival.ArrivalProcess;
import io.rxsim.workload.arrival.PacketSizes;
import io.rxsim.workload.population.FlowPopulation;
import io.rxsim.workload.population.GeneratedFlows;
import io.rxsim.workload.spec.Decimal;

/**
 * The packets of one run of {@link EspStream}. Flows inside come first in the numbering, tunnels after them. A forged packet
 * carries its tunnel's next number, which the next good one carries too. Allocates nothing per packet. One thread.
 */
final class EspStreamSource implements ArrivalSource {
    private static final int LINK_HEADER_BYTES = 14;

    private final ArrivalProcess arrivals;
    private final Shape shape;
    private final FlowPopulation population;
    private final GeneratedFlows flows;
    private final EspTunnels tunnels;
    private final RandomStream sizeStream;
    private final RandomStream flowStream;
    private final RandomStream forgedStream;
    private final int[] nextSequence;
    private final int[] nextOfTunnel;
    private final int[] sent;

    /** What packets look like; forged: millionths of all. */
    record Shape(EspMode mode, EspAlgorithm algorithm, PacketSizes sizes, int forged, boolean socket) {}

    EspStreamSource(
            ArrivalProcess arrivals,
            Shape shape,
            FlowPopulation population,
            GeneratedFlows flows,
            EspTunnels tunnels,
            long seed) {
        this.arrivals = arrivals;
        this.shape = shape;
        this.population = population;
        this.flows = flows;
        this.tunnels = tunnels;
        sizeStream = RandomStreams.stream(seed, "arrivals/sizes");
        flowStream = RandomStreams.stream(seed, "arrivals/flows");
        forgedStream = RandomStreams.stream(seed, "arrivals/forged");
        nextSequence = new int[flows.count()];
        nextOfTunnel = new int[tunnels.count()];
        sent = new int[tunnels.count()];
    }

    @Override
    public boolean next(Arrival out) {
        long timeNs = arrivals.nextNs();
        if (timeNs == ArrivalProcess.END) {
            return false;
        }
        int flow = population.nextFlow(flowStream);
        int tunnel = flow % tunnels.count();
        boolean forged = shape.forged() > 0 && forgedStream.nextInt((int) Decimal.ONE) < shape.forged();
        int innerBytes = shape.sizes().nextBytes(sizeStream);
        int carried = shape.mode() == EspMode.TUNNEL ? innerBytes : innerBytes - IpHeaders.IPV4_BYTES;
        out.timeNs = timeNs;
        out.flow = flows.count() + tunnel;
        out.direction = 0;
        out.generation = 0;
        out.sequence = sent[tunnel]++;
        out.hash = tunnels.hash(tunnel);
        out.rssHash = tunnels.rssHash(tunnel);
        out.lengthBytes = EspStream.OUTER_HEADER_BYTES
                + EspLayout.espBytes(carried, shape.algorithm().icvBytes());
        out.payloadBytes = 0;
        out.socket = false;
        out.rxQueue = Arrival.BY_RSS;
        out.cpu = Arrival.BY_IRQ;
        out.esp = true;
        describeInside(out.inside, flow, tunnel, innerBytes, forged);
        out.inside.cipherBytes = carried + EspLayout.padBytes(carried) + EspLayout.TRAILER_BYTES;
        return true;
    }

    private void describeInside(EspArrival inside, int flow, int tunnel, int innerBytes, boolean forged) {
        inside.association = tunnel;
        inside.cipherCalled = true;
        inside.verdict = forged ? EspVerdict.FORGED : EspVerdict.DECRYPTED;
        inside.sequence = nextOfTunnel[tunnel] + 1;
        if (forged) {
            inside.innerFlow = EspArrival.NOTHING_INSIDE;
            return;
        }
        nextOfTunnel[tunnel]++;
        inside.innerFlow = flow;
        inside.innerDirection = 0;
        inside.innerGeneration = 0;
        inside.innerSequence = nextSequence[flow]++;
        inside.innerHash = flows.hash(flow);
        inside.innerLengthBytes = LINK_HEADER_BYTES + innerBytes;
        inside.innerPayloadBytes = innerBytes - EspStream.INNER_HEADER_BYTES;
        inside.innerSocket = shape.socket();
    }

    @Override
    public String describeFlow(int flow) {
        return flow < flows.count()
                ? flows.key(flow).toString()
                : tunnels.key(flow - flows.count()).toString();
    }
}
