package io.rxsim.steering;

import io.rxsim.core.run.Catalog;
import io.rxsim.core.run.Steering;

/** All steering policies by name. A new policy is a class and a line here; its contract tests come with the line. */
public final class SteeringCatalog {
    /** The floor, {@link NoSteering}. */
    public static final String NONE = "none";

    /** {@link RpsPolicy}. */
    public static final String RPS = "rps";

    /** {@link RfsPolicy}. */
    public static final String RFS = "rfs";

    /** {@link AcceleratedRfsPolicy}. */
    public static final String ARFS = "arfs";

    /** The ceiling, {@link OraclePolicy}. */
    public static final String ORACLE = "oracle";

    private SteeringCatalog() {}

    /**
     * The catalog: {@code none} ignores the queues' settings, {@code rps} uses their maps, {@code rfs} maps and flow tables, {@code arfs} filters of the NIC too,
     * {@code oracle} the placement.
     */
    public static Catalog<Steering.Factory> catalog() {
        return new Catalog<Steering.Factory>("steering")
                .with(NONE, (machine, placement) -> new NoSteering())
                .with(RPS, (machine, placement) -> new RpsPolicy(machine))
                .with(RFS, (machine, placement) -> new RfsPolicy(machine))
                .with(ARFS, (machine, placement) -> new AcceleratedRfsPolicy(machine))
                .with(ORACLE, OraclePolicy::new);
    }

    /** The policy with a name, ready for a scenario. Throws as {@link Catalog#get} does. */
    public static Steering steering(String name) {
        return new Steering(name, catalog().get(name));
    }
}
