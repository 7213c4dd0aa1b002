package io.rxsim.core.run;

/** Runs a scenario. */
public interface Engine {
    /**
     * Runs to the end of the load, or until stopped.
     *
     * @param observer hears every step; {@link RxObserver#NONE} for none
     * @param stop polled now and then; a stopped run returns what was measured, marked partial
     * @return counts, histograms, order and digest
     * @throws IllegalStateException if a law of the model does not hold, or anything else fails; the message names seed and
     *     scenario
     * @throws java.io.UncheckedIOException if the input is malformed
     */
    RunResult run(Scenario scenario, RxObserver observer, StopSignal stop);
}
