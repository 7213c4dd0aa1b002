package io.rxsim.workload.placement;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.cpu.CpuMaskException;
import io.rxsim.core.cpu.CpuTopology;
import io.rxsim.core.run.Application.PlacementFactory;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.RandomStreams;
import io.rxsim.workload.spec.Rate;
import io.rxsim.workload.spec.Term;

/** Reads the placements of this package from their terms. Stateless; any thread. */
public final class Placements {
    private Placements() {}

    /**
     * {@code pinned}, or {@code pinned:MASK} with a CPU mask in the kernel's grammar.
     *
     * @throws IllegalArgumentException for a malformed mask
     */
    public static PlacementFactory pinned(Term term, long seed) {
        if (!term.argument().isEmpty()) {
            parseMask(term, CpuTopology.MAX_CPUS);
        }
        return machine -> new PinnedPlacement(allowedCpus(term, machine));
    }

    private static int[] allowedCpus(Term term, Machine machine) {
        if (term.argument().isEmpty()) {
            return machine.online().cpus();
        }
        CpuMask allowed = parseMask(term, machine.cpuCount()).and(machine.online());
        if (allowed.isEmpty()) {
            throw new IllegalArgumentException(
                    "placement=" + term + " has no online CPU, online is " + machine.online());
        }
        return allowed.cpus();
    }

    private static CpuMask parseMask(Term term, int nrCpuIds) {
        try {
            return CpuMask.parse(term.argument(), nrCpuIds);
        } catch (CpuMaskException e) {
            throw new IllegalArgumentException(
                    "placement=" + term + ": " + e.getMessage() + ", allowed is a mask of " + nrCpuIds + " CPUs", e);
        }
    }

    /**
     * {@code migrating:RATE}, the rate in moves per second over all threads.
     *
     * @throws IllegalArgumentException for a missing or malformed rate
     */
    public static PlacementFactory migrating(Term term, long seed) {
        String argument = term.arguments(1, 1, "migrating:RATE, for example migrating:100/s")
                .get(0);
        Rate rate = Rate.parse("placement migrating: rate", argument);
        return machine -> new MigratingPlacement(
                machine.online().cpus(),
                rate,
                RandomStreams.stream(seed, "placement"),
                RandomStreams.stream(seed, "placement/times"));
    }

    /**
     * {@code free}.
     *
     * @throws IllegalArgumentException for an argument
     */
    public static PlacementFactory free(Term term, long seed) {
        term.noArguments();
        return machine -> new FreePlacement(machine.online().cpus());
    }
}
