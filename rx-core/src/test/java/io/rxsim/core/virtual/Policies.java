package io.rxsim.core.virtual;

import io.rxsim.core.softnet.SoftnetView;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.SteeringPolicy;
import io.rxsim.core.steer.SteeringReason;
import java.util.function.IntUnaryOperator;

/** Small policies of known answers. */
final class Policies {
    private Policies() {}

    /** No steering; its code does not even run. */
    static SteeringPolicy none() {
        return new Fixed(hash -> Decision.NO_CPU, SteeringReason.NONE, false);
    }

    /** The CPU that a function of the hash names, as a map does. */
    static SteeringPolicy byHash(IntUnaryOperator cpuOfHash) {
        return new Fixed(cpuOfHash, SteeringReason.RPS, true);
    }

    /** Every packet to one CPU. */
    static SteeringPolicy to(int cpu) {
        return byHash(hash -> cpu);
    }

    /** As {@link #byHash}, saying that the flow's slot decided. */
    static SteeringPolicy tracked(IntUnaryOperator cpuOfHash) {
        return new Fixed(cpuOfHash, SteeringReason.MATCH, true);
    }

    private record Fixed(IntUnaryOperator cpuOfHash, SteeringReason reason, boolean rpsNeeded)
            implements SteeringPolicy {
        @Override
        public long steer(int rxQueue, int hash, long nowNs, SoftnetView softnet) {
            return Decision.of(cpuOfHash.applyAsInt(hash), reason);
        }

        @Override
        public void onEnqueued(int rxQueue, long decision, int qtail) {
            // These policies keep nothing.
        }

        @Override
        public void onConsumed(int hash, int cpu) {
            // These policies keep nothing.
        }

        @Override
        public void onClosed(int hash) {
            // These policies keep nothing.
        }
    }
}
