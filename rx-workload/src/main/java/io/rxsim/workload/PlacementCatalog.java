package io.rxsim.workload;

import io.rxsim.core.run.Application.PlacementFactory;
import io.rxsim.core.run.Catalog;
import io.rxsim.workload.placement.Placements;
import io.rxsim.workload.spec.Term;

/** Thread placements by name. A new one is a class and a line here. */
public final class PlacementCatalog {
    private static final String FAMILY = "placement";

    private PlacementCatalog() {}

    /** Makes a placement of its term's arguments and the seed of the run. */
    @FunctionalInterface
    public interface Member {
        /**
         * Reads the arguments.
         *
         * @throws IllegalArgumentException naming what is allowed
         */
        PlacementFactory of(Term term, long seed);
    }

    /** All placements. */
    public static Catalog<Member> catalog() {
        return new Catalog<Member>(FAMILY)
                .with("pinned", Placements::pinned)
                .with("migrating", Placements::migrating)
                .with("free", Placements::free);
    }

    /**
     * Parses a placement.
     *
     * @param text {@code pinned} (round robin over the online CPUs), {@code pinned:MASK} (over those of the mask), or
     *     {@code migrating:100/s} (moves per second over all threads), or {@code free} (wherever the scheduler puts them)
     * @param seed the run's seed, which the moves depend on
     * @return its {@code open} throws IllegalArgumentException for a mask without an online CPU of the machine
     * @throws IllegalArgumentException for anything else
     */
    public static PlacementFactory parse(String text, long seed) {
        Term term = Term.parse(FAMILY, text);
        return catalog().get(term.name()).of(term, seed);
    }
}
