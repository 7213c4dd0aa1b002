package io.rxsim.workload.random;

import java.util.Arrays;

/** Pearson's statistic of counts against expectations, and critical values at the level of one in a thousand. */
public final class ChiSquare {
    /** 63 degrees of freedom. */
    public static final double P001_DF63 = 103.44;

    /** 99 degrees of freedom. */
    public static final double P001_DF99 = 148.23;

    private ChiSquare() {}

    /** The statistic of counts that should be equal. */
    public static double evenly(int[] counts) {
        double[] weights = new double[counts.length];
        Arrays.fill(weights, 1);
        return against(counts, weights);
    }

    /** The statistic of counts that should be in proportion to weights. */
    public static double against(int[] counts, double[] weights) {
        double total = 0;
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            total += counts[i];
            sum += weights[i];
        }
        double statistic = 0;
        for (int i = 0; i < counts.length; i++) {
            double expected = total * weights[i] / sum;
            statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
        }
        return statistic;
    }
}
