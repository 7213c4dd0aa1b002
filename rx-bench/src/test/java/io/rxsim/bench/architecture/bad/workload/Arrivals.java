package io.rxsim.bench.architecture.bad.workload;

/** A workload that knows YAML, and Netty and ciphers outside of their packages. */
public interface Arrivals
        extends io.rxsim.bench.architecture.bad.lib.org.snakeyaml.Load,
                io.rxsim.bench.architecture.bad.lib.io.netty.Channel,
                io.rxsim.bench.architecture.bad.lib.javax.crypto.Cipher {}
