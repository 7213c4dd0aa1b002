package io.rxsim.workload.connections;

import io.rxsim.core.kernel.Rule;
import io.rxsim.core.port.PortListException;
import io.rxsim.core.port.PortSet;
import io.rxsim.core.port.PortSettings;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.workload.spec.PacketHashing;
import io.rxsim.workload.spec.SettingValues;
import io.rxsim.workload.spec.TimeSpan;
import io.rxsim.workload.spec.Workload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code TCP_CRR}: every instance connects, sends a request, waits for the answer, closes, and begins again, as netperf's test of
 * this name. {@code TCP_CHURN}: the same with connections that live for a while and send several requests.
 *
 * <p>The client host chooses ports as a Linux host does ({@link io.rxsim.core.port}); each connection is a flow of its own to the
 * hashes. It closes first, so its ports stay in TIME_WAIT. Stateless; any thread.
 */
public final class ConnectRequestResponse implements Workload {
    private static final int MAX_INSTANCES = 1 << 20;
    private static final int MAX_PAYLOAD_BYTES = 1448;
    private static final long MAX_TIME_NS = 3_600_000_000_000L;

    private static final String NONE = "none";
    private static final Setting INSTANCES =
            new Setting("instances", "100", "connections at a time, 1 to " + MAX_INSTANCES);
    private static final List<Setting> COMMON = List.of(
            new Setting("request", "1", "payload of a request in bytes, 1 to " + MAX_PAYLOAD_BYTES),
            new Setting("response", "1", "payload of an answer in bytes, 1 to " + MAX_PAYLOAD_BYTES),
            new Setting(
                    "destinations",
                    "1",
                    "ports of the host connected to, in turn, 1 to " + ChurnClients.MAX_DESTINATIONS),
            new Setting("range", "32768-60999", "ip_local_port_range of the client host"),
            new Setting("reserved", NONE, "ip_local_reserved_ports of the client host, or none"),
            new Setting("tcp_tw_reuse", "2", "0, 1 or 2 (loopback only, none here); of the client host"),
            new Setting("retry", "1ms", "after a connect that found no port, 1us to 1h"),
            new Setting("client_cpus", "8", "CPUs of the client host, 1 to 4096"),
            new Setting("client_cost", "5us", "CPU time of the client host per answer, 0 or a time"),
            new Setting("network_delay", "10us", "one way between the hosts' NICs, 0 or a time"));

    private final boolean churn;

    private ConnectRequestResponse(boolean churn) {
        this.churn = churn;
    }

    /** {@code TCP_CRR}. */
    public static ConnectRequestResponse crr() {
        return new ConnectRequestResponse(false);
    }

    /** {@code TCP_CHURN}. */
    public static ConnectRequestResponse churn() {
        return new ConnectRequestResponse(true);
    }

    @Override
    public List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        settings.add(INSTANCES);
        if (churn) {
            settings.add(new Setting("lifetime", "1s", "mean time from connect to close (exponential), 1us to 1h"));
            settings.add(new Setting("think", "10ms", "time from an answer to the next request, 0 or a time"));
        } else {
            settings.add(new Setting("think", "0", "time from a close to the next connect, 0 or a time"));
        }
        settings.addAll(COMMON);
        return List.copyOf(settings);
    }

    @Override
    public int flows(SettingValues values) {
        return values.number("instances", 1, MAX_INSTANCES);
    }

    @Override
    public ArrivalSource.Factory prepare(SettingValues values, PacketHashing hashing, long seed) {
        ChurnClients.Shape shape = new ChurnClients.Shape(
                flows(values),
                values.number("destinations", 1, ChurnClients.MAX_DESTINATIONS),
                values.number("request", 1, MAX_PAYLOAD_BYTES),
                churn ? timeNs(values, "lifetime", 1_000) : ChurnClients.ONE_REQUEST,
                timeNs(values, "think", 0),
                timeNs(values, "retry", 1_000));
        ChurnClients.Host host = new ChurnClients.Host(
                values.number("client_cpus", 1, 4096),
                timeNs(values, "client_cost", 0),
                timeNs(values, "network_delay", 0));
        settings(values, hashing);
        return () -> new ChurnClients(shape, host, settings(values, hashing), hashing, seed);
    }

    private static PortSettings settings(SettingValues values, PacketHashing hashing) {
        PortSettings settings = new PortSettings(hashing.rules());
        final String range = values.text("range");
        if (!range.matches("\\d{1,5}-\\d{1,5}")) {
            throw new IllegalArgumentException("range=" + range + ", allowed are two ports such as 32768-60999");
        }
        try {
            settings.range.write(range.replace('-', ' ').getBytes(StandardCharsets.US_ASCII), 0);
        } catch (PortListException e) {
            throw new IllegalArgumentException("range=" + range + ": " + e.getMessage());
        }
        try {
            String reserved = values.text("reserved");
            settings.reserved.set(PortSet.parse(reserved.equals(NONE) ? "" : reserved));
        } catch (PortListException e) {
            throw new IllegalArgumentException("reserved=" + values.text("reserved") + ": " + e.getMessage());
        }
        settings.tcpTwReuse = values.number("tcp_tw_reuse", 0, PortSettings.REUSE_LOOPBACK);
        if (!hashing.rules().has(Rule.PORT_PARITY) && settings.tcpTwReuse == PortSettings.REUSE_LOOPBACK) {
            settings.tcpTwReuse = 0;
        }
        return settings;
    }

    @Override
    public int responseBytes(SettingValues values) {
        return ChurnClients.HEADER_BYTES + values.number("response", 1, MAX_PAYLOAD_BYTES);
    }

    private static long timeNs(SettingValues values, String name, long minNs) {
        return TimeSpan.parseNs(name, values.text(name), minNs, MAX_TIME_NS);
    }
}
