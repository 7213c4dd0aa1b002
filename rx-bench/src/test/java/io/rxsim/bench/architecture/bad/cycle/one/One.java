package io.rxsim.bench.architecture.bad.cycle.one;

/** One half of a cycle. */
public interface One extends io.rxsim.bench.architecture.bad.cycle.two.Two {}
