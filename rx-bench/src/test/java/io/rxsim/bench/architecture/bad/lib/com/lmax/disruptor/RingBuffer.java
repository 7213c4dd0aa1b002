package io.rxsim.bench.architecture.bad.lib.com.lmax.disruptor;

/** Stands for the Disruptor. */
public interface RingBuffer {}
