package io.rxsim.bench.architecture.bad.lib.io.netty;

/** Stands for Netty. */
public interface Channel {}
