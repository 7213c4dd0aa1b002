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

    /** The ceiling, {@link OraclePolicy}. */
    public static final String ORACLE = "oracle";

    private SteeringCatalog() {}

    /**
     * The catalog: {@code none} ignores the queues' settings, {@code rps} uses their maps, {@code rfs} maps and flow tables,
     * {@code oracle} the placement.
     */
    public static Catalog<Steering.Factory> catalog() {
        return new Catalog<Steering.Factory>("steering")
                .with(NONE, (machine, placement) -> new NoSteering())
                .with(RPS, (machine, placement) -> new RpsPolicy(machine))
                .with(RFS, (machine, placement) -> new RfsPolicy(machine))
                .with(ORACLE, OraclePolicy::new);
    }

    /** The policy with a name, ready for a scenario. Throws as {@link Catalog#get} does. */
    public static Steering steering(String name) {
        return new Steering(name, catalog().get(name));
    }
}
