package io.rxsim.bench.architecture.bad.cycle.two;

import io.rxsim.bench.architecture.bad.cycle.one.One;

/** The other half. */
public interface Two {
    /**
     * Closes the cycle.
     *
     * @return the first half
     */
    One one();
}
