package io.rxsim.bench.micro;

import java.util.ArrayList;
import java.util.List;

/**
 * The ratio of the medians of two benchmarks.
 *
 * @param target what was asked for
 * @param value the middle one of the rounds' ratios
 * @param low the smallest of them
 * @param high the largest
 */
public record Ratio(Target target, double value, double low, double high) {
    /** The ratios of all targets whose two sides were measured. */
    public static List<Ratio> of(List<Target> targets, List<Measurement> measurements) {
        List<Ratio> ratios = new ArrayList<>();
        for (Target target : targets) {
            Measurement above = find(target.numerator(), measurements);
            Measurement below = find(target.denominator(), measurements);
            if (above != null && below != null) {
                ratios.add(of(target, above, below));
            }
        }
        return ratios;
    }

    private static Measurement find(BenchmarkCase benchmark, List<Measurement> measurements) {
        return measurements.stream()
                .filter(measurement -> measurement.benchmark().equals(benchmark) && measurement.rounds() > 0)
                .findFirst()
                .orElse(null);
    }

    private static Ratio of(Target target, Measurement above, Measurement below) {
        List<Double> rounds = new ArrayList<>();
        for (int round = 0; round < Math.min(above.rounds(), below.rounds()); round++) {
            rounds.add(above.medianNs(round) / below.medianNs(round));
        }
        rounds.sort(null);
        return new Ratio(target, rounds.get(rounds.size() / 2), rounds.get(0), rounds.get(rounds.size() - 1));
    }

    /** Whether the target is met; true if there is none. */
    public boolean met() {
        return target.atMost() == Target.NONE || value <= target.atMost();
    }
}
