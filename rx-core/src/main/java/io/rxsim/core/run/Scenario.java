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
 */
public record Scenario(String name, Machine machine, Steering steering, Load load, Measure measure, long seed) {}
