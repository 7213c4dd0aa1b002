package io.rxsim.workload.connections;

import io.rxsim.core.kernel.Errno;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.packet.FlowHash;
import io.rxsim.core.packet.FlowKey;
import io.rxsim.core.packet.IpAddress;
import io.rxsim.core.packet.IpProtocol;
import io.rxsim.core.packet.PacketHeaders;
import io.rxsim.core.packet.RssHash;
import io.rxsim.core.port.Destinations;
import io.rxsim.core.port.PortSettings;
import io.rxsim.core.port.SocketOptions;
import io.rxsim.core.port.TcpPorts;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ClientHost;
import io.rxsim.core.run.Losses;
import io.rxsim.core.run.RandomStreams;
import io.rxsim.workload.closedloop.ClientCpus;
import io.rxsim.workload.random.Exponential;
import io.rxsim.workload.spec.PacketHashing;
import java.util.EnumMap;
import java.util.Map;

/**
 * The clients of one run of {@link ConnectRequestResponse}: each instance has one packet on its way at a time. A connection is SYN,
 * requests, FIN; a transaction lasts from its connect call, or from the send call of a later request, to the end of the receive
 * call of its answer. A connect that finds no port is a failed transaction, counted by errno; the instance tries again. One
 * thread; a connection costs one small object, a packet none.
 *
 * <p>Deviations: the acknowledgement of the host's SYN travels with the first request, that of an answer with the next packet, and
 * that of the host's FIN is not sent; the host answers SYN and FIN when their protocol processing ends, at no cost of its own, and
 * has no queue of connections to accept. Lost packets are sent again as by {@code tcp_retransmit_timer}, a SYN after the initial timeout,
 * others after 200 ms, doubled each time.
 */
final class ChurnClients implements ClientHost {
    /** {@link Shape#lifetimeNs}: a connection ends after one answer. */
    static final long ONE_REQUEST = 0;

    /** Most ports of the host. */
    static final int MAX_DESTINATIONS = 1024;

    /** Ethernet, IPv4, TCP with timestamps. */
    static final int HEADER_BYTES = 14 + 20 + 32;

    private static final int SYN_BYTES = 14 + 20 + 40;
    private static final int FIRST_SERVER_PORT = 10_000;
    private static final long RTO_NS = 200_000_000;
    private static final long SYN_RTO_NS = 1_000_000_000;
    private static final long SYN_RTO_2635_NS = 3_000_000_000L;
    private static final int MAX_DOUBLINGS = 9;
    private static final int MAX_TIME_WAIT = 1 << 20;
    private static final IpAddress CLIENT = IpAddress.parse("10.0.0.1");
    private static final IpAddress SERVER = IpAddress.parse("192.0.2.1");

    /** What an instance sends next, or has on its way. */
    private static final byte CONNECT = 0;

    private static final byte SYN = 1;
    private static final byte REQUEST = 2;
    private static final byte FIN = 3;

    private final Shape shape;
    private final ClientCpus cpus;
    private final long delayNs;
    private final TcpPorts tcp;
    private final int[] destinations;
    private final Exponential lifetimes;
    private final FlowHash flowHash;
    private final RssHash rssHash;
    private final PacketHeaders headers = new PacketHeaders();
    private final long synRtoNs;

    private final byte[] phase;
    private final byte[] repeats;
    private final int[] socket;
    private final int[] generation;
    private final int[] sequence;
    private final long[] hashes;
    private final FlowKey[] keys;
    private final long[] beganNs;
    private final long[] closeNs;
    private final Map<Errno, Long> failed = new EnumMap<>(Errno.class);

    private int started;
    private long lastStartNs;
    private long lastTransactionNs;
    private long lost;
    private long retransmitted;

    /**
     * What the instances do.
     *
     * @param instances how many
     * @param destinations ports of the host, instance i to port i modulo these
     * @param requestBytes payload of a request
     * @param lifetimeNs mean, or {@link #ONE_REQUEST}
     * @param thinkNs to the next request, or with one request to the next connect
     * @param retryNs to the next connect after one that failed
     */
    record Shape(int instances, int destinations, int requestBytes, long lifetimeNs, long thinkNs, long retryNs) {}

    /**
     * The client host.
     *
     * @param cpus its CPUs
     * @param costNs CPU time per answer
     * @param delayNs one way between the NICs
     */
    record Host(int cpus, long costNs, long delayNs) {}

    ChurnClients(Shape shape, Host host, PortSettings settings, PacketHashing hashing, long seed) {
        this.shape = shape;
        cpus = new ClientCpus(new ClientCpus.Shape(host.cpus(), host.costNs(), host.delayNs()));
        delayNs = host.delayNs();
        tcp = new TcpPorts(settings, seed, shape.instances() + MAX_TIME_WAIT);
        destinations = new int[shape.destinations()];
        for (int i = 0; i < destinations.length; i++) {
            destinations[i] =
                    tcp.destinations().of(new Destinations.Destination(CLIENT, SERVER, FIRST_SERVER_PORT + i));
        }
        lifetimes = shape.lifetimeNs() == ONE_REQUEST
                ? null
                : Exponential.ofMeanNs(shape.lifetimeNs(), RandomStreams.stream(seed, "connections/lifetimes"));
        flowHash = hashing.flowHash();
        rssHash = hashing.rssHash();
        synRtoNs = hashing.rules().has(Rule.PORT_PARITY) ? SYN_RTO_NS : SYN_RTO_2635_NS;
        phase = new byte[shape.instances()];
        repeats = new byte[shape.instances()];
        socket = new int[shape.instances()];
        generation = new int[shape.instances()];
        sequence = new int[shape.instances()];
        hashes = new long[shape.instances()];
        keys = new FlowKey[shape.instances()];
        beganNs = new long[shape.instances()];
        closeNs = new long[shape.instances()];
    }

    /** The first connects: every instance starts at once, as fast as the client's CPUs get them out. */
    @Override
    public boolean next(Arrival out) {
        if (started == shape.instances()) {
            return false;
        }
        lastStartNs = Math.max(lastStartNs, cpus.work(0));
        fill(started++, out);
        out.timeNs = lastStartNs + delayNs;
        return true;
    }

    @Override
    public long readyNs(int flow, long nowNs) {
        return phase[flow] != CONNECT || connect(flow, nowNs - delayNs) ? nowNs : nowNs + shape.retryNs();
    }

    /** Connects an instance; false if there was no port. */
    private boolean connect(int flow, long atNs) {
        final int opened = tcp.open(SocketOptions.DEFAULT);
        final int port = opened < 0 ? opened : tcp.connect(opened, destinations[flow % destinations.length], atNs);
        if (port < 0) {
            failed.merge(Errno.of(port), 1L, Long::sum);
            if (opened >= 0) {
                tcp.close(opened, TcpPorts.End.RESET, atNs);
            }
            return false;
        }
        socket[flow] = opened;
        generation[flow]++;
        sequence[flow] = 0;
        final int serverPort = FIRST_SERVER_PORT + flow % destinations.length;
        keys[flow] = new FlowKey(IpProtocol.TCP, CLIENT, SERVER, port << 16 | serverPort);
        keys[flow].toHeaders(headers);
        hashes[flow] = (long) flowHash.hash(keys[flow]) << 32 | Integer.toUnsignedLong(rssHash.hash(headers));
        beganNs[flow] = atNs;
        closeNs[flow] = lifetimes == null ? 0 : atNs + lifetimes.nextNs();
        phase[flow] = SYN;
        repeats[flow] = 0;
        return true;
    }

    @Override
    public void describe(int flow, Arrival out) {
        if (phase[flow] == FIN && repeats[flow] == 0) {
            tcp.close(socket[flow], TcpPorts.End.ACTIVE, out.timeNs - delayNs);
        }
        fill(flow, out);
        sequence[flow]++;
    }

    private void fill(int flow, Arrival out) {
        final boolean request = phase[flow] == REQUEST;
        out.flow = flow;
        out.direction = 0;
        out.generation = generation[flow];
        out.sequence = sequence[flow];
        out.hash = (int) (hashes[flow] >>> 32);
        out.rssHash = (int) hashes[flow];
        out.lengthBytes = request ? HEADER_BYTES + shape.requestBytes() : phase[flow] == FIN ? HEADER_BYTES : SYN_BYTES;
        out.payloadBytes = request ? shape.requestBytes() : 0;
        out.socket = true;
        out.closedPort = false;
        out.rxQueue = Arrival.BY_RSS;
        out.cpu = Arrival.BY_IRQ;
        out.protocolExtraNs = 0;
    }

    @Override
    public long onHandshake(int flow, int answered, long nowNs) {
        final long doneNs = cpus.work(nowNs + delayNs);
        final boolean established = phase[flow] == SYN;
        phase[flow] = established ? REQUEST : CONNECT;
        repeats[flow] = 0;
        return doneNs + delayNs + (established || lifetimes != null ? 0 : shape.thinkNs());
    }

    @Override
    public long onResponse(int flow, int answered, long nowNs) {
        final long doneNs = cpus.work(nowNs + delayNs);
        lastTransactionNs = doneNs - beganNs[flow];
        repeats[flow] = 0;
        if (doneNs >= closeNs[flow]) {
            phase[flow] = FIN;
            return doneNs + delayNs;
        }
        beganNs[flow] = doneNs + shape.thinkNs();
        return beganNs[flow] + delayNs;
    }

    @Override
    public long onLost(int flow, int packet, long nowNs) {
        lost++;
        final long firstNs = phase[flow] == SYN ? synRtoNs : RTO_NS;
        final long rtoNs = firstNs << repeats[flow];
        repeats[flow] = (byte) Math.min(MAX_DOUBLINGS, repeats[flow] + 1);
        return nowNs + rtoNs;
    }

    @Override
    public void describeAgain(int flow, int packet, Arrival out) {
        fill(flow, out);
        sequence[flow]++;
        retransmitted++;
    }

    @Override
    public Losses losses() {
        return new Losses(lost, retransmitted, 0);
    }

    @Override
    public Map<Errno, Long> failed() {
        return new EnumMap<>(failed);
    }

    @Override
    public long lastTransactionNs() {
        return lastTransactionNs;
    }

    @Override
    public double busy(long nowNs) {
        return cpus.busy(nowNs);
    }

    /** The connection that the instance has, or had last. */
    @Override
    public String describeFlow(int flow) {
        return keys[flow] == null ? "instance " + flow + ", never connected" : keys[flow].toString();
    }
}
