package io.rxsim.core.run;

/**
 * One run, complete: an engine needs nothing else, and does not know which scenario file or command it came from.
 *
 * @param name the variant's name in results
 * @param machine the host
 * @param steering the policy
 * @param load the traffic and its consumers
 * @param measure what counts
 * @param seed names every random stream of the run
 * @param timeline what is done to the host meanwhile
 */
public record Scenario(
        String name, Machine machine, Steering steering, Load load, Measure measure, long seed, Timeline timeline) {
    /** A run in which nothing is done to the host. */
    public Scenario(String name, Machine machine, Steering steering, Load load, Measure measure, long seed) {
        this(name, machine, steering, load, measure, seed, Timeline.NONE);
    }

    /** This run with things done to its host. */
    public Scenario with(Timeline other) {
        return new Scenario(name, machine, steering, load, measure, seed, other);
    }
}
