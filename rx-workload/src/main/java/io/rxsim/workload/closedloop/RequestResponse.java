package io.rxsim.workload.closedloop;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.packet.IpProtocol;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.HashKeys;
import io.rxsim.core.run.RandomStreams;
import io.rxsim.workload.population.GeneratedFlows;
import io.rxsim.workload.service.ServiceCatalog;
import io.rxsim.workload.spec.PacketHashing;
import io.rxsim.workload.spec.SettingValues;
import io.rxsim.workload.spec.TimeSpan;
import io.rxsim.workload.spec.Workload;
import java.util.List;

/**
 * {@code TCP_RR} and {@code UDP_RR}: many connections, each sending a request, waiting for the answer, and sending the next.
 * The names are those of netperf's tests. An answer carries the acknowledgement of its request and the next request that of
 * the answer, so a transaction is one packet each way.
 *
 * <p>Stateless; any thread.
 */
public final class RequestResponse implements Workload {
    private static final int MAX_PAYLOAD_BYTES = 1448;
    private static final long MAX_TIME_NS = 60_000_000_000L;

    private static final String COST = "cost";
    private static final String MIRROR = "mirror";

    private static final String EXPECTED_INTERVAL = "expected_interval";

    /** Shortest interval to correct for: a latency of a minute then counts as 60 million. */
    private static final long MIN_INTERVAL_NS = 1_000;

    private static final List<Setting> SETTINGS = List.of(
            new Setting("instances", "100", "connections, 1 to " + GeneratedFlows.MAX_FLOWS),
            new Setting("request", "1", "payload of a request in bytes, 1 to " + MAX_PAYLOAD_BYTES),
            new Setting("response", "1", "payload of an answer in bytes, 1 to " + MAX_PAYLOAD_BYTES),
            new Setting("burst", "1", "requests that a connection has outstanding, 1 to 1024"),
            new Setting("think", "0", "time from an answer to the next request, 0 or a time such as 10us"),
            new Setting(
                    "client",
                    COST,
                    "cost: the client host is client_cpus and client_cost; mirror: a second host like this one"),
            new Setting("client_service", "0", "client: mirror: a thread's work per answer, as application.service"),
            new Setting("client_cpus", "8", "CPUs of the client host, 1 to 4096"),
            new Setting("client_cost", "5us", "CPU time of the client host per transaction, 0 or a time"),
            new Setting("network_delay", "10us", "one way between the hosts' NICs, 0 or a time"),
            new Setting(
                    EXPECTED_INTERVAL,
                    "0",
                    "interval at which a connection is meant to send: latency is also shown corrected for it, 0 (none) or 1us to"
                            + " 60s"));

    private final IpProtocolHeader protocol;

    /** Bytes before the payload by transport. */
    private enum IpProtocolHeader {
        TCP(IpProtocol.TCP, 14 + 20 + 32),
        UDP(IpProtocol.UDP, 14 + 20 + 8);

        private final int number;
        private final int bytes;

        IpProtocolHeader(int number, int bytes) {
            this.number = number;
            this.bytes = bytes;
        }
    }

    private RequestResponse(IpProtocolHeader protocol) {
        this.protocol = protocol;
    }

    /** {@code TCP_RR}. */
    public static RequestResponse tcp() {
        return new RequestResponse(IpProtocolHeader.TCP);
    }

    /** {@code UDP_RR}. */
    public static RequestResponse udp() {
        return new RequestResponse(IpProtocolHeader.UDP);
    }

    @Override
    public List<Setting> settings() {
        return SETTINGS;
    }

    @Override
    public int flows(SettingValues values) {
        return values.number("instances", 1, GeneratedFlows.MAX_FLOWS);
    }

    @Override
    public ArrivalSource.Factory prepare(SettingValues values, PacketHashing hashing, long seed) {
        int instances = flows(values);
        int request = values.number("request", 1, MAX_PAYLOAD_BYTES);
        int burst = values.number("burst", 1, 1024);
        long thinkNs = timeNs(values, "think");
        ClientCpus.Shape client = new ClientCpus.Shape(
                values.number("client_cpus", 1, 4096), timeNs(values, "client_cost"), timeNs(values, "network_delay"));
        GeneratedFlows flows = new GeneratedFlows(instances, protocol.number, hashing, seed);
        if (isMirrored(values)) {
            return mirrored(values, hashing, seed, flows);
        }
        RequestResponseClients.Request shape = new RequestResponseClients.Request(
                protocol.bytes + request, request, burst, thinkNs, initialRtoNs(hashing.rules()));
        long intervalNs = intervalNs(values);
        return () -> new RequestResponseClients(flows, shape, client, intervalNs);
    }

    @Override
    public int responseBytes(SettingValues values) {
        return protocol.bytes + values.number("response", 1, MAX_PAYLOAD_BYTES);
    }

    /** What a modelled client host does is its threads'; what a cost does is its CPUs'. */
    @Override
    public boolean inForce(String setting, SettingValues values) {
        return switch (setting) {
            case "think", "client_cpus", "client_cost" -> !isMirrored(values);
            case "client_service" -> isMirrored(values);
            default -> true;
        };
    }

    private static boolean isMirrored(SettingValues values) {
        String client = values.text("client");
        if (!client.equals(COST) && !client.equals(MIRROR)) {
            throw new IllegalArgumentException("client=" + client + ", allowed is " + COST + " or " + MIRROR);
        }
        return client.equals(MIRROR);
    }

    private ArrivalSource.Factory mirrored(
            SettingValues values, PacketHashing hashing, long seed, GeneratedFlows requests) {
        long clientSeed = clientSeed(seed);
        PacketHashing atClient = new PacketHashing(hashing.rules(), HashKeys.ofSeed(clientSeed));
        GeneratedFlows answers = new GeneratedFlows(requests.count(), protocol.number, atClient, seed);
        MirroredRequestResponse.Shape shape = new MirroredRequestResponse.Shape(
                protocol.bytes,
                values.number("request", 1, MAX_PAYLOAD_BYTES),
                values.number("response", 1, MAX_PAYLOAD_BYTES),
                values.number("burst", 1, 1024),
                timeNs(values, "network_delay"),
                intervalNs(values));
        return () -> new MirroredRequestResponse(requests, answers, shape);
    }

    /** What the client host's keys and draws depend on. */
    private static long clientSeed(long seed) {
        return RandomStreams.stream(seed, "client-host").nextLong();
    }

    @Override
    public ClientThreads clientThreads(SettingValues values, long seed) {
        return isMirrored(values)
                ? new ClientThreads(
                        ServiceCatalog.parse(values.text("client_service"), clientSeed(seed)),
                        protocol.bytes + values.number("request", 1, MAX_PAYLOAD_BYTES))
                : null;
    }

    private static long intervalNs(SettingValues values) {
        long intervalNs = timeNs(values, EXPECTED_INTERVAL);
        return intervalNs == 0
                ? 0
                : TimeSpan.parseNs(EXPECTED_INTERVAL, values.text(EXPECTED_INTERVAL), MIN_INTERVAL_NS, MAX_TIME_NS);
    }

    /** TCP_TIMEOUT_INIT (include/net/tcp.h); UDP has no such timer. */
    private long initialRtoNs(KernelRules rules) {
        if (protocol == IpProtocolHeader.UDP) {
            return RequestResponseClients.NO_RETRANSMISSION;
        }
        return rules.has(Rule.INITIAL_RTO_3S) ? 3_000_000_000L : 1_000_000_000L;
    }

    private static long timeNs(SettingValues values, String name) {
        return TimeSpan.parseNs(name, values.text(name), 0, MAX_TIME_NS);
    }
}
