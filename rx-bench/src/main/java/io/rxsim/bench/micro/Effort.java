package io.rxsim.bench.micro;

/** How long is measured. */
public enum Effort {
    /** Figures to quote: every benchmark in three JVMs, 2.5 s of warm-up and 2.5 s of measurement in each. */
    FULL(3),
    /** A look: the benchmarks that tell most, one JVM for each, 0.4 s of warm-up and 0.6 s of measurement. */
    QUICK(1),
    /** One batch in this JVM, which measures nothing but shows that the benchmark works. */
    ONCE(1);

    private final int rounds;

    Effort(int rounds) {
        this.rounds = rounds;
    }

    /** How often all benchmarks are measured, one after the other, so that a disturbance meets both sides of a ratio. */
    public int rounds() {
        return rounds;
    }
}
