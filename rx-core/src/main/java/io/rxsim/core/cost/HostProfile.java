package io.rxsim.core.cost;

import io.rxsim.core.cpu.CpuTopology;
import io.rxsim.core.cpu.Distance;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * One machine: its CPUs, its tick, and one set of cost constants, each with its source.
 *
 * <p>Immutable; any thread.
 */
public final class HostProfile {
    /** Largest price of a line, one millisecond: the dearest stage of {@link StageCost} still fits an int. */
    public static final int MAX_LINE_NS = 1_000_000;

    private final String name;
    private final CpuTopology topology;
    private final int hz;
    private final int ipiLatencyNs;
    private final Map<Stage, StageCost> costs;
    private final Map<Distance, Integer> lineNs;

    /**
     * A machine.
     *
     * @param name shown in results
     * @param hz ticks per second (CONFIG_HZ), 100 to 1000
     * @param ipiLatencyNs from sending an inter-processor interrupt to the start of its handler
     * @param costs one entry per {@link Stage}; optional ones may be missing
     * @param lineNs price of moving one cache line, one entry per {@link Distance}; usually 0 for SAME
     */
    public HostProfile(
            String name,
            CpuTopology topology,
            int hz,
            int ipiLatencyNs,
            Map<Stage, StageCost> costs,
            Map<Distance, Integer> lineNs) {
        if (hz < 100 || hz > 1000) {
            throw new IllegalArgumentException("hz=" + hz + ", allowed is 100 to 1000");
        }
        if (ipiLatencyNs < 0 || ipiLatencyNs > StageCost.MAX_BASE_NS) {
            throw new IllegalArgumentException(
                    "ipi_latency_ns=" + ipiLatencyNs + ", allowed is 0 to " + StageCost.MAX_BASE_NS);
        }
        for (Stage stage : Stage.values()) {
            if (!costs.containsKey(stage) && !stage.optional()) {
                throw new IllegalArgumentException("costs." + stage.key() + " is missing: " + stage.meaning());
            }
        }
        for (Distance distance : Distance.values()) {
            Integer price = lineNs.get(distance);
            if (price == null || price < 0 || price > MAX_LINE_NS) {
                throw new IllegalArgumentException("line_ns." + distance.name().toLowerCase(Locale.ROOT)
                        + (price == null ? " is missing" : "=" + price) + ", allowed is 0 to " + MAX_LINE_NS);
            }
        }
        this.name = name;
        this.topology = topology;
        this.hz = hz;
        this.ipiLatencyNs = ipiLatencyNs;
        this.costs = Collections.unmodifiableMap(new EnumMap<>(costs));
        this.lineNs = Collections.unmodifiableMap(new EnumMap<>(lineNs));
    }

    /** The machine's name. */
    public String name() {
        return name;
    }

    /** Its CPUs. */
    public CpuTopology topology() {
        return topology;
    }

    /** Ticks per second. */
    public int hz() {
        return hz;
    }

    /** Nanoseconds from sending an inter-processor interrupt to the start of its handler. */
    public int ipiLatencyNs() {
        return ipiLatencyNs;
    }

    /**
     * Refuses work that the profile has no price for.
     *
     * @throws IllegalArgumentException if it lacks the stage, naming what needs it
     */
    public void require(Stage stage, String needs) {
        if (!costs.containsKey(stage)) {
            throw new IllegalArgumentException("costs." + stage.key() + " is missing in host " + name + ": "
                    + stage.meaning() + ", needed by " + needs);
        }
    }

    /** Cost per stage; optional ones may be missing. */
    public Map<Stage, StageCost> costs() {
        return costs;
    }

    /** Nanoseconds to move one cache line, per distance. */
    public Map<Distance, Integer> lineNs() {
        return lineNs;
    }

    /** The cost model of this machine. */
    public CostModel costModel() {
        return new ProfileCostModel(this);
    }
}
