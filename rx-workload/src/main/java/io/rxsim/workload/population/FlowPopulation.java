package io.rxsim.workload.population;

import io.rxsim.core.run.RandomStream;

/** Which flow the next packet belongs to. Immutable; any thread (the stream belongs to the caller). */
@FunctionalInterface
public interface FlowPopulation {
    /** Draws a flow, 0 to the number of flows - 1. */
    int nextFlow(RandomStream stream);
}
