package io.rxsim.bench.scenario;

import io.rxsim.core.cost.HostProfile;
import io.rxsim.core.cost.Stage;
import io.rxsim.core.cost.StageCost;
import io.rxsim.core.cpu.CpuTopology;
import io.rxsim.core.cpu.Distance;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A host profile in a file: topology, tick, cost constants, each with its source. Shipped ones are known by name.
 */
public final class HostFile {
    /** The host of a scenario that names none. */
    public static final String DEFAULT = "e5-1650v4";

    /** Names of the shipped profiles. */
    public static final List<String> SHIPPED = List.of(DEFAULT, "xeon-2x4-2009", "xeon-e5450-2x4");

    private static final int MAX_NS = StageCost.MAX_BASE_NS;

    private HostFile() {}

    /** The document of a host: a shipped name, or a file relative to {@code folder}; errors call the name {@code key}. */
    static Tree.Mapping document(String key, String name, Path folder, Where at) {
        if (SHIPPED.contains(name)) {
            return shipped(name);
        }
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            throw new BadInputException(
                    at,
                    key + "=" + name + ": no such file " + file + ", allowed are a file or a shipped host: "
                            + String.join(", ", SHIPPED));
        }
        return YamlText.read(file);
    }

    /** The default host with another number of CPUs, all sharing one cache. */
    public static Tree.Mapping flat(int cpus) {
        Map<String, Object> topology =
                Map.of("topology", Map.of("packages", 1, "cores", cpus, "cores_per_llc", cpus, "threads", 1));
        Tree.Mapping changed = (Tree.Mapping) Tree.of(topology, Where.option("--nr-cpus"));
        return Overlay.merge(shipped(DEFAULT), changed);
    }

    private static Tree.Mapping shipped(String name) {
        String resource = "/io/rxsim/bench/hosts/" + name + ".yaml";
        try (InputStream in = HostFile.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not in the program");
            }
            return YamlText.parse("config/hosts/" + name + ".yaml", in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a profile. The section's effective settings are then the complete profile. */
    public static HostProfile read(Section host) {
        if (!host.has("include") && !host.has("name")) {
            throw new BadInputException(
                    host.at(),
                    "name is missing, allowed is a whole profile, or include: NAME and what differs from it");
        }
        String name = host.requiredText("name");
        CpuTopology topology = topology(host.section("topology"));
        int hz = (int) host.requiredInteger("hz", 100, 1000);
        int ipiLatencyNs = (int) host.requiredInteger("ipi_latency_ns", 0, MAX_NS);
        Section lines = host.section("line_ns");
        Map<Distance, Integer> lineNs = new EnumMap<>(Distance.class);
        lineNs.put(Distance.SAME, 0);
        for (Distance distance : Distance.values()) {
            if (distance != Distance.SAME) {
                String key = distance.name().toLowerCase(Locale.ROOT);
                lineNs.put(distance, (int) lines.requiredInteger(key, 0, HostProfile.MAX_LINE_NS));
            }
        }
        lines.requiredText("source");
        lines.finish();
        Section costs = host.section("costs");
        Map<Stage, StageCost> costOf = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            if (!costs.has(stage.key())) {
                if (stage.optional()) {
                    continue;
                }
                throw new BadInputException(costs.at(), "costs." + stage.key() + " is missing: " + stage.meaning());
            }
            costOf.put(stage, cost(costs.section(stage.key())));
        }
        costs.finish();
        host.finish();
        return host.build(() -> new HostProfile(name, topology, hz, ipiLatencyNs, costOf, lineNs));
    }

    private static CpuTopology topology(Section section) {
        int packages = (int) section.requiredInteger("packages", 1, CpuTopology.MAX_CPUS);
        int cores = (int) section.requiredInteger("cores", 1, CpuTopology.MAX_CPUS);
        int coresPerLlc = (int) section.integer("cores_per_llc", 1, CpuTopology.MAX_CPUS, cores);
        int threads = (int) section.integer("threads", 1, CpuTopology.MAX_CPUS, 1);
        section.finish();
        return section.build(() -> new CpuTopology(packages, cores, coresPerLlc, threads));
    }

    private static StageCost cost(Section section) {
        int ns = (int) section.requiredInteger("ns", 0, MAX_NS);
        int perBytePs = (int) section.integer("per_byte_ps", 0, 1_000_000, 0);
        int lines = (int) section.integer("lines", 0, 1000, 0);
        String source = section.requiredText("source");
        section.finish();
        return section.build(() -> new StageCost(ns, perBytePs, lines, source));
    }
}
