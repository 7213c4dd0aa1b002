package io.rxsim.bench.scenario;

import io.rxsim.core.run.RandomStreams;
import io.rxsim.core.run.Scenario;
import java.util.List;
import java.util.function.LongFunction;

/**
 * The runs of each variant under different seeds. A repetition has the same seed in all variants, so that they are compared on
 * the same packets; the first has the scenario's own. The seeds of 5 repetitions are the first 5 of 10.
 *
 * <p>One thread at a time.
 */
public final class Repetitions {
    /** Most runs of a variant. */
    public static final int MAX = 1000;

    /** Seeds of repetitions have at most 18 digits, as those of scenarios: any run can be had alone by {@code --seed}. */
    private static final long SEED_BOUND = 1_000_000_000_000_000_000L;

    private final long seed;
    private final int count;
    private final List<Scenario> first;
    private final List<LongFunction<Scenario>> bySeed;

    /** The runs of variants whose first ones are known. */
    Repetitions(long seed, int count, List<Scenario> first, List<LongFunction<Scenario>> bySeed) {
        this.seed = seed;
        this.count = count;
        this.first = List.copyOf(first);
        this.bySeed = List.copyOf(bySeed);
    }

    /** Runs per variant. */
    public int count() {
        return count;
    }

    /** The seed of a repetition, counted from 0. */
    public long seed(int repetition) {
        return repetition == 0
                ? seed
                : Long.remainderUnsigned(
                        RandomStreams.stream(seed, "repetition/" + repetition).nextLong(), SEED_BOUND);
    }

    /** The run of a variant, both counted from 0. */
    public Scenario scenario(int variant, int repetition) {
        return repetition == 0 ? first.get(variant) : bySeed.get(variant).apply(seed(repetition));
    }
}
