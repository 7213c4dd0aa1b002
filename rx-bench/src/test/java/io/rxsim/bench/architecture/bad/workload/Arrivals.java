package io.rxsim.bench.architecture.bad.workload;

/** A workload that knows YAML, and Netty outside of its package. */
public interface Arrivals
        extends io.rxsim.bench.architecture.bad.lib.org.snakeyaml.Load,
                io.rxsim.bench.architecture.bad.lib.io.netty.Channel {}
