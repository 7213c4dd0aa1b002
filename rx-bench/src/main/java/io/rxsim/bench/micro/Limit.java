package io.rxsim.bench.micro;

/**
 * A figure of one benchmark that is held to a bound, where a ratio would not do.
 *
 * @param label for people
 * @param benchmark whose figure
 * @param figure which
 * @param atMost largest value that is good enough
 */
public record Limit(String label, BenchmarkCase benchmark, Figure figure, double atMost) {
    /** What is looked at. */
    public enum Figure {
        /** Nanoseconds per operation, the median of the rounds' batches. */
        MEDIAN_NS("ns"),
        /** Bytes allocated per operation. */
        BYTES("B");

        private final String unit;

        Figure(String unit) {
            this.unit = unit;
        }

        /** Its unit. */
        public String unit() {
            return unit;
        }

        private double of(Measurement measurement) {
            return this == BYTES ? measurement.bytesPerOperation() : measurement.percentileNs(50);
        }
    }

    /**
     * What was measured.
     *
     * @param limit the bound
     * @param value the figure
     */
    public record Outcome(Limit limit, double value) {
        /** Whether the figure is good enough. */
        public boolean met() {
            return value <= limit.atMost();
        }
    }

    /** What came of it, if its benchmark is among those measured, else null. */
    public Outcome outcome(Iterable<Measurement> measurements) {
        for (Measurement measurement : measurements) {
            if (measurement.benchmark().equals(benchmark) && measurement.rounds() > 0) {
                return new Outcome(this, figure.of(measurement));
            }
        }
        return null;
    }
}
