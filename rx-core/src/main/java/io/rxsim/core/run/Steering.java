package io.rxsim.core.run;

import io.rxsim.core.steer.SteeringPolicy;

/**
 * The policy of a run, by name and as a factory.
 *
 * @param name the catalog's name
 * @param factory makes the policy of one run
 */
public record Steering(String name, Factory factory) {
    /** Makes policies. */
    @FunctionalInterface
    public interface Factory {
        /**
         * A fresh policy with empty tables.
         *
         * @param machine kernel rules, CPUs and the settings of the RX queues
         * @param placement where applications run; for the ceiling only
         */
        SteeringPolicy create(Machine machine, Placement placement);
    }
}
