package io.rxsim.core.run;

/** Where applications run now; an engine answers it, and only the ceiling policy may ask. */
@FunctionalInterface
public interface Placement {
    /** {@link #cpuOf} of a flow that no application consumes. */
    int NO_APPLICATION = -1;

    /** The CPU on which the thread that consumes a flow runs, or {@link #NO_APPLICATION}. */
    int cpuOf(int flow);
}
