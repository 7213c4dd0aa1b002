package io.rxsim.bench.jmh;

import io.rxsim.bench.micro.Sample;

/** Operations of one invocation. */
public final class Batch {
    /** Operations of one invocation. */
    public static final int SIZE = Sample.OPERATIONS;

    private Batch() {}
}
