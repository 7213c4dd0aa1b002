package io.rxsim.core.run;

/** Asks a run to end early. */
@FunctionalInterface
public interface StopSignal {
    /** Never asks. */
    StopSignal NEVER = () -> false;

    /** Whether to stop; called by the engine's thread, set from any. */
    boolean stopRequested();
}
