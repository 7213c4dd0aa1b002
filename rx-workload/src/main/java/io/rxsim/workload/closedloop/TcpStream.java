package io.rxsim.workload.closedloop;

import io.rxsim.core.kernel.Rule;
import io.rxsim.core.packet.IpProtocol;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.workload.population.GeneratedFlows;
import io.rxsim.workload.spec.BitRate;
import io.rxsim.workload.spec.PacketHashing;
import io.rxsim.workload.spec.SettingValues;
import io.rxsim.workload.spec.TimeSpan;
import io.rxsim.workload.spec.Workload;
import java.util.List;

/**
 * {@code TCP_STREAM}: connections that send to the host without end, as fast as windows, link and CPUs let them. The name is that
 * of netperf's test.
 *
 * <p>Stateless; any thread.
 */
public final class TcpStream implements Workload {
    /** Ethernet, IPv4, TCP with timestamps. */
    static final int HEADER_BYTES = 14 + 20 + 32;

    private static final int MIN_MSS = 88;
    private static final int MAX_MSS = 8948;
    private static final int MAX_MESSAGE = 1 << 24;
    private static final int MAX_WINDOW = 1 << 30;
    private static final long MAX_TIME_NS = 60_000_000_000L;

    private static final List<Setting> SETTINGS = List.of(
            new Setting("instances", "1", "connections, 1 to " + GeneratedFlows.MAX_FLOWS),
            new Setting(
                    "message",
                    "65536",
                    "bytes per send call, in whole segments, which leave back to back; the last has PSH; 1 to "
                            + MAX_MESSAGE),
            new Setting("mss", "1448", "payload of a segment in bytes, " + MIN_MSS + " to " + MAX_MSS),
            new Setting(
                    "window",
                    "1048576",
                    "bytes a connection has outstanding at most, in whole segments, " + MIN_MSS + " to " + MAX_WINDOW),
            new Setting("link_rate", "10G", "of the client host in bits per second, 1k to 1000G"),
            new Setting("client_cpus", "8", "CPUs of the client host, 1 to 4096"),
            new Setting("client_cost", "5us", "CPU time of the client host per message, 0 or a time"),
            new Setting("network_delay", "10us", "one way between the hosts' NICs, 0 or a time"));

    /** The workload of the catalog. */
    public TcpStream() {}

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
        int mss = values.number("mss", MIN_MSS, MAX_MSS);
        int message = values.number("message", 1, MAX_MESSAGE);
        int window = values.number("window", MIN_MSS, MAX_WINDOW);
        if (window < mss) {
            throw new IllegalArgumentException("window=" + window + ", allowed is " + mss + " (mss) to " + MAX_WINDOW);
        }
        StreamPath path = new StreamPath(
                BitRate.parse("link_rate", values.text("link_rate")),
                new ClientCpus.Shape(
                        values.number("client_cpus", 1, 4096),
                        timeNs(values, "client_cost"),
                        timeNs(values, "network_delay")));
        TcpStreamClients.Shape shape = new TcpStreamClients.Shape(
                mss, (message + mss - 1) / mss, window / mss, hashing.rules().has(Rule.TAIL_LOSS_PROBE));
        GeneratedFlows flows = new GeneratedFlows(flows(values), IpProtocol.TCP, hashing, seed);
        return () -> new TcpStreamClients(flows, shape, path);
    }

    /**
     * What a segment passes before it reaches the modelled NIC.
     *
     * @param bitsPerSecond rate of the client host's link
     * @param client its CPUs, and the delay of the network
     */
    record StreamPath(long bitsPerSecond, ClientCpus.Shape client) {}

    private static long timeNs(SettingValues values, String name) {
        return TimeSpan.parseNs(name, values.text(name), 0, MAX_TIME_NS);
    }
}
