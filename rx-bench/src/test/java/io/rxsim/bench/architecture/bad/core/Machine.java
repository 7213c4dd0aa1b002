package io.rxsim.bench.architecture.bad.core;

/** A core that knows a policy, and the Disruptor outside of its packages. */
public interface Machine
        extends io.rxsim.bench.architecture.bad.steering.Policy,
                io.rxsim.bench.architecture.bad.lib.com.lmax.disruptor.RingBuffer {}
