package io.rxsim.core.cpu;

/** How far apart two CPUs are, nearest first: what a cache line has to cross. */
public enum Distance {
    /** The same CPU: nothing moves. */
    SAME,
    /** Hyper-threads of one core. */
    SMT,
    /** Cores that share the last-level cache. */
    LLC,
    /** The same package, different last-level caches. */
    PACKAGE,
    /** Another package. */
    REMOTE;

    /** Number of distances. */
    public static final int COUNT = 5;
}
