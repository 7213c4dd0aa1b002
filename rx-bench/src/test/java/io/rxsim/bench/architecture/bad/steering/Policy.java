package io.rxsim.bench.architecture.bad.steering;

/** A policy that knows a workload and a library. */
public interface Policy
        extends io.rxsim.bench.architecture.bad.workload.Arrivals,
                io.rxsim.bench.architecture.bad.lib.picocli.CommandLine {}
