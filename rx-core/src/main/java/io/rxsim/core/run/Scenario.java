package io.rxsim.core.run;

import io.rxsim.core.cost.HostProfile;
import io.rxsim.core.cost.Stage;
import io.rxsim.core.xfrm.CryptoMode;
import io.rxsim.core.xfrm.XfrmConfig;

/**
 * One run, complete: an engine needs nothing else, and does not know which scenario file or command it came from.
 *
 * @param name the variant's name in results
 * @param machine the host
 * @param steering the policy
 * @param load the traffic and its consumers
 * @param measure what counts
 * @param seed names every random stream of the run
 * @param timeline what is done to the host meanwhile
 * @param xfrm how ESP packets are decrypted; null where they are not, so that they end with protocol processing
 */
public record Scenario(
        String name,
        Machine machine,
        Steering steering,
        Load load,
        Measure measure,
        long seed,
        Timeline timeline,
        XfrmConfig xfrm) {
    /** Validates what spans the parts. */
    public Scenario {
        if (xfrm != null) {
            HostProfile profile = machine.profile();
            profile.require(Stage.CRYPTO, "ESP");
            if (xfrm.crypto() == CryptoMode.PADATA) {
                profile.require(Stage.PADATA, "crypto: padata");
                if (!timeline.changes().isEmpty()) {
                    throw new IllegalArgumentException(
                            "crypto=padata while the host changes is not modelled, allowed are serial and per-flow");
                }
            }
        }
    }

    /** A run in which nothing is done to the host and nothing is decrypted. */
    public Scenario(String name, Machine machine, Steering steering, Load load, Measure measure, long seed) {
        this(name, machine, steering, load, measure, seed, Timeline.NONE, null);
    }

    /** A run in which nothing is decrypted. */
    public Scenario(
            String name, Machine machine, Steering steering, Load load, Measure measure, long seed, Timeline timeline) {
        this(name, machine, steering, load, measure, seed, timeline, null);
    }

    /** This run with things done to its host. */
    public Scenario with(Timeline other) {
        return new Scenario(name, machine, steering, load, measure, seed, other, xfrm);
    }

    /** This run with ESP packets decrypted. */
    public Scenario with(XfrmConfig other) {
        return new Scenario(name, machine, steering, load, measure, seed, timeline, other);
    }

    /** This run with another load. */
    public Scenario withLoad(Load other) {
        return new Scenario(name, machine, steering, other, measure, seed, timeline, xfrm);
    }
}
