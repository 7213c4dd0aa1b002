package io.rxsim.workload.replay;

import io.rxsim.core.packet.FlowHash;
import io.rxsim.core.packet.IpProtocol;
import io.rxsim.core.packet.Packet;
import io.rxsim.core.packet.PacketHeaders;
import io.rxsim.core.packet.RssHash;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.table.IntColumn;
import io.rxsim.core.xfrm.EspArrival;
import io.rxsim.workload.capture.CaptureReader;
import io.rxsim.workload.capture.FlowTable;
import io.rxsim.workload.esp.EspInbound;
import io.rxsim.workload.spec.PacketHashing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/**
 * The packets of a capture as arrivals.
 *
 * <p>Time is 0 at the first packet that arrives at the host; the others follow at their recorded distance divided by the
 * speed. Both directions of a connection share a flow, whichever host recorded them, so that one application thread serves
 * it. A packet has a socket if it is TCP or UDP and no fragment, inside tunnels too; the hash is computed packet by packet,
 * since VLAN tags and IPv6 flow labels, which differ within a connection, are part of it.
 *
 * <p>Packets of a flow are numbered per direction. A flow number that passes to another connection goes on counting where the
 * former one stopped, so that numbers grow in order of arrival whatever becomes of the flow.
 *
 * <p>Memory: the window of the reader, the flow table and 8 bytes per flow. Allocates nothing per packet. One thread.
 */
public final class CaptureArrivals implements ArrivalSource {
    private final CaptureReader reader;
    private final Speed speed;
    private final HostAddresses to;
    private final FlowTable flows;
    private final FlowHash flowHash;
    private final RssHash rssHash;
    /** Decrypts; null where there are no keys. */
    private final CapturedEsp esp;

    private final Packet packet = new Packet();
    private final PacketHeaders headers = new PacketHeaders();
    /** Number of the next packet, per direction and flow. */
    private final IntColumn[] nextSequence = {new IntColumn(0), new IntColumn(0)};

    private final Consumer<CaptureArrivals> onClosed;
    private long firstNs;
    private long packetsToHost;
    private long socketPackets;
    private boolean ended;

    /**
     * The packets of an opened capture.
     *
     * @param reader at its first packet; closed with this source
     * @param onClosed told when this source is closed
     */
    CaptureArrivals(
            CaptureReader reader, ReplayOptions options, PacketHashing hashing, Consumer<CaptureArrivals> onClosed) {
        this.reader = reader;
        this.onClosed = onClosed;
        speed = options.speed();
        to = options.to();
        flows = new FlowTable(options.maxFlows());
        flowHash = hashing.flowHash();
        rssHash = hashing.rssHash();
        esp = options.associations() == null ? null : new CapturedEsp(options.associations(), hashing.flowHash());
    }

    /**
     * {@inheritDoc}
     *
     * @throws UncheckedIOException with a {@link io.rxsim.workload.capture.CaptureException} that names file, offset and fault
     */
    @Override
    public boolean next(Arrival out) {
        try {
            while (reader.next(packet)) {
                int hash = flowHash.classify(packet, headers);
                if (to.arrives(headers)) {
                    describe(hash, out);
                    return true;
                }
            }
            ended = true;
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void describe(int hash, Arrival out) {
        if (packetsToHost++ == 0) {
            firstNs = packet.timeNs();
        }
        int flow = flows.lookup(headers);
        out.timeNs = speed.scaleNs(packet.timeNs() - firstNs);
        out.flow = flow;
        out.direction = flows.direction();
        out.generation = flows.generation(flow);
        out.sequence = nextSequence(flow, out.direction);
        out.esp = esp != null && EspInbound.isEsp(headers);
        out.hash = hash;
        out.rssHash = rssHash.hash(headers);
        out.lengthBytes = packet.wireLength();
        out.payloadBytes = Math.max(0, headers.payloadBytes());
        out.socket = hasSocket(headers);
        out.rxQueue = Arrival.BY_RSS;
        out.cpu = Arrival.BY_IRQ;
        if (out.esp && esp.open(packet, headers, out.inside)) {
            describeInner(esp.innerHeaders(), out.inside);
        }
        if (out.socket || out.esp && out.inside.innerFlow != EspArrival.NOTHING_INSIDE && out.inside.innerSocket) {
            socketPackets++;
        }
    }

    private void describeInner(PacketHeaders inner, EspArrival out) {
        out.innerFlow = flows.lookup(inner);
        out.innerDirection = flows.direction();
        out.innerGeneration = flows.generation(out.innerFlow);
        out.innerSequence = nextSequence(out.innerFlow, out.innerDirection);
        out.innerSocket = hasSocket(inner);
    }

    private int nextSequence(int flow, int direction) {
        int sequence = nextSequence[direction].get(flow);
        nextSequence[direction].set(flow, sequence + 1);
        return sequence;
    }

    private static boolean hasSocket(PacketHeaders headers) {
        int protocol = headers.protocol();
        return headers.hasPorts() && !headers.fragment() && (protocol == IpProtocol.TCP || protocol == IpProtocol.UDP);
    }

    /** What was read so far; also after {@link #close}. */
    public ReplayCounts counts() {
        return new ReplayCounts(
                reader.packetsRead(),
                packetsToHost,
                socketPackets,
                flows.size() + flows.closedCount(),
                flows.closedCount(),
                new ReplayCounts.FileState(
                        reader.timestampsOutOfOrder(), reader.longestBackstepNs(), ended, reader.cut()));
    }

    /** The flow that has a number now, in the direction of its first packet. */
    @Override
    public String describeFlow(int flow) {
        return flows.describe(flow);
    }

    @Override
    public void close() {
        onClosed.accept(this);
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
