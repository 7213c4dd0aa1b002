package io.rxsim.workload.arrival;

import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.RandomStreams;
import io.rxsim.workload.population.FlowPopulation;
import io.rxsim.workload.population.GeneratedFlows;
import io.rxsim.workload.population.PopulationCatalog;
import io.rxsim.workload.spec.PacketHashing;
import io.rxsim.workload.spec.Rate;
import io.rxsim.workload.spec.SettingValues;
import io.rxsim.workload.spec.Workload;
import java.util.List;

/**
 * {@code UDP_STREAM}: UDP packets from many clients to one server, sent whether or not the server keeps up. The name is that
 * of netperf's test; deviation: netperf's sender has one flow and waits for its own socket, this is an open loop.
 *
 * <p>Gaps, on/off periods, sizes and flows come from streams of their own, named by the run's seed: changing one does not
 * change the others, and no policy changes any. The source does not end; the run does. Stateless; any thread.
 */
public final class UdpStream implements Workload {
    /** Ethernet, IPv4 and UDP headers in bytes. */
    public static final int HEADER_BYTES = 14 + 20 + 8;

    /** Longest packet in bytes: the link header and the longest IPv4 packet. */
    public static final int MAX_BYTES = 14 + 65_535;

    private static final String OPEN = "open";
    private static final String CLOSED = "closed";

    private static final List<Setting> SETTINGS = List.of(
            new Setting("rate", "100000", "packets per second over all flows, for example 250000 or 2.5/s"),
            new Setting(
                    "arrivals", "poisson", "constant, poisson or on-off:ON,OFF (rate is then that of the on periods)"),
            new Setting("flows", "1000", "number of flows, 1 to " + GeneratedFlows.MAX_FLOWS),
            new Setting("population", "uniform", "uniform, zipf:EXPONENT or elephants:FLOWS,SHARE"),
            new Setting(
                    "sizes",
                    "64",
                    "bytes on the wire, " + HEADER_BYTES + " to " + MAX_BYTES + ": one, or SIZE:WEIGHT,SIZE:WEIGHT..."),
            new Setting("port", OPEN, "open, or closed: no socket listens, each packet is lost as NO_SOCKET"));

    /** The workload of the catalog. */
    public UdpStream() {}

    @Override
    public List<Setting> settings() {
        return SETTINGS;
    }

    @Override
    public int flows(SettingValues values) {
        return values.number("flows", 1, GeneratedFlows.MAX_FLOWS);
    }

    @Override
    public ArrivalSource.Factory prepare(SettingValues values, PacketHashing hashing, long seed) {
        ArrivalProcess.Factory arrivals =
                ArrivalCatalog.parse(values.text("arrivals"), Rate.parse("rate", values.text("rate")));
        PacketSizes sizes = PacketSizes.parse(values.text("sizes"), HEADER_BYTES, MAX_BYTES);
        int count = flows(values);
        FlowPopulation population = PopulationCatalog.parse(values.text("population"), count);
        GeneratedFlows flows = new GeneratedFlows(count, hashing, seed);
        boolean open = values.choice("port", List.of(OPEN, CLOSED)).equals(OPEN);
        return () -> new UdpStreamSource(
                arrivals.open(
                        RandomStreams.stream(seed, "arrivals/gaps"), RandomStreams.stream(seed, "arrivals/periods")),
                sizes,
                population,
                flows,
                open,
                seed);
    }
}
