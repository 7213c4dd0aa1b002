package io.rxsim.core.padata.live;

/** What the thread of a CPU waits for besides work. */
@FunctionalInterface
interface Wait {
    /** Whether it has come. */
    boolean isOver();
}
