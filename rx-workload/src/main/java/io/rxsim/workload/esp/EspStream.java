package io.rxsim.workload.esp;

import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.RandomStreams;
import io.rxsim.workload.arrival.ArrivalCatalog;
import io.rxsim.workload.arrival.ArrivalProcess;
import io.rxsim.workload.arrival.PacketSizes;
import io.rxsim.workload.population.FlowPopulation;
import io.rxsim.workload.population.GeneratedFlows;
import io.rxsim.workload.population.PopulationCatalog;
import io.rxsim.workload.spec.Decimal;
import io.rxsim.workload.spec.PacketHashing;
import io.rxsim.workload.spec.Rate;
import io.rxsim.workload.spec.SettingValues;
import io.rxsim.workload.spec.Workload;
import java.util.List;

/**
 * {@code ESP_STREAM}: UDP packets of many flows inside ESP tunnels to one host. Flow <i>f</i> goes through tunnel <i>f</i> modulo
 * their number. Packets are described, not encrypted: what their cipher costs is the host profile's.
 *
 * <p>With {@code outstanding} packets enter as the host lets others go, so that it never idles for want of load; otherwise they
 * come at {@code rate}, whether or not it keeps up. Streams are those of {@code UDP_STREAM}, and one more for forgeries.
 * Stateless; any thread.
 */
public final class EspStream implements Workload {
    /** Headers of the packet inside: IPv4 and UDP. */
    static final int INNER_HEADER_BYTES = 20 + 8;

    /** Link header and IPv4 header around ESP. */
    static final int OUTER_HEADER_BYTES = 14 + 20;

    /** Longest packet inside: what leaves an IPv4 packet room for tunnel, ESP header, trailer and check value. */
    static final int MAX_INNER_BYTES = 65_535 - 20 - 64;

    private static final int MAX_OUTSTANDING = 1 << 16;

    private static final List<Setting> SETTINGS = List.of(
            new Setting("rate", "100000", "packets per second over all tunnels; not looked at with outstanding"),
            new Setting(
                    "outstanding",
                    "0",
                    "packets in the host at once, 1 to " + MAX_OUTSTANDING + ", or 0: come at rate"),
            new Setting(
                    "arrivals", "poisson", "constant, poisson or on-off:ON,OFF (rate is then that of the on periods)"),
            new Setting("tunnels", "1", "security associations, 1 to " + EspTunnels.MAX),
            new Setting("flows", "64", "flows inside all tunnels together, 1 to " + GeneratedFlows.MAX_FLOWS),
            new Setting("population", "uniform", "uniform, zipf:EXPONENT or elephants:FLOWS,SHARE"),
            new Setting(
                    "sizes",
                    "1400",
                    "bytes of the IP packet inside, " + INNER_HEADER_BYTES + " to " + MAX_INNER_BYTES
                            + ": one, or SIZE:WEIGHT,SIZE:WEIGHT..."),
            new Setting("mode", "tunnel", "tunnel or transport"),
            new Setting("algorithm", "AES-128-GCM ICV16", "AES-128-GCM or AES-256-GCM, ICV12 or ICV16"),
            new Setting(
                    "inside",
                    "socket",
                    "socket, or forwarded: packets inside end with protocol processing, as a gateway's"),
            new Setting("forged", "0", "share of packets with a wrong check value, 0 to 1"));

    /** The workload of the catalog. */
    public EspStream() {}

    @Override
    public List<Setting> settings() {
        return SETTINGS;
    }

    @Override
    public ArrivalSource.Factory prepare(SettingValues values, PacketHashing hashing, long seed) {
        outstanding(values);
        ArrivalProcess.Factory arrivals =
                ArrivalCatalog.parse(values.text("arrivals"), Rate.parse("rate", values.text("rate")));
        PacketSizes sizes = PacketSizes.parse(values.text("sizes"), INNER_HEADER_BYTES, MAX_INNER_BYTES);
        int count = values.number("flows", 1, GeneratedFlows.MAX_FLOWS);
        FlowPopulation population = PopulationCatalog.parse(values.text("population"), count);
        EspMode mode = EspMode.parse(values.text("mode"));
        EspAlgorithm algorithm = EspAlgorithm.parse(values.text("algorithm"));
        EspTunnels tunnels = new EspTunnels(values.number("tunnels", 1, EspTunnels.MAX), hashing, seed);
        long forgedMillionths = Decimal.parse("forged", values.text("forged"), 0, Decimal.ONE);
        GeneratedFlows flows = new GeneratedFlows(count, hashing, seed);
        EspStreamSource.Shape shape = new EspStreamSource.Shape(
                mode, algorithm, sizes, (int) forgedMillionths, socket(values.text("inside")));
        return () -> new EspStreamSource(
                arrivals.open(
                        RandomStreams.stream(seed, "arrivals/gaps"), RandomStreams.stream(seed, "arrivals/periods")),
                shape,
                population,
                flows,
                tunnels,
                seed);
    }

    private static boolean socket(String inside) {
        if (!inside.equals("socket") && !inside.equals("forwarded")) {
            throw new IllegalArgumentException("inside=" + inside + ", allowed is socket or forwarded");
        }
        return inside.equals("socket");
    }

    @Override
    public int outstanding(SettingValues values) {
        return values.number("outstanding", 0, MAX_OUTSTANDING);
    }

    @Override
    public int flows(SettingValues values) {
        return values.number("flows", 1, GeneratedFlows.MAX_FLOWS) + values.number("tunnels", 1, EspTunnels.MAX);
    }

    @Override
    public boolean encrypted() {
        return true;
    }
}
