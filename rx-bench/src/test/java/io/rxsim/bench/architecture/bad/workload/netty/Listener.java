package io.rxsim.bench.architecture.bad.workload.netty;

/** Netty where it belongs. */
public interface Listener extends io.rxsim.bench.architecture.bad.lib.io.netty.Channel {}
