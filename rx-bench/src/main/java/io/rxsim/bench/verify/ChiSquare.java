package io.rxsim.bench.verify;

/**
 * Pearson's test of counts against probabilities. The tail of the distribution is the regularised incomplete gamma function,
 * by its series or its continued fraction (NIST Digital Library of Mathematical Functions, 8.11.4 and 8.9.2). Stateless; any
 * thread.
 */
final class ChiSquare {
    private static final double PRECISION = 1e-14;
    private static final int MAX_TERMS = 10_000;
    private static final double TINY = 1e-300;
    /** Lanczos approximation of the gamma function, g = 7, nine terms. */
    private static final double[] LANCZOS = {
        0.9999999999998099,
        676.5203681218851,
        -1259.1392167224028,
        771.3234287776531,
        -176.6150291621406,
        12.507343278686905,
        -0.13857109526572012,
        9.984369578019572e-6,
        1.5056327351493116e-7
    };

    private ChiSquare() {}

    /**
     * How likely counts as far from the probabilities, or farther, are.
     *
     * @param counts how often each outcome was seen
     * @param probabilities of the outcomes, adding up to 1
     * @return 0 if an outcome of probability 0 was seen; 1 if there is only one outcome
     */
    static double pValue(long[] counts, double[] probabilities) {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        double statistic = 0;
        int outcomes = 0;
        for (int i = 0; i < counts.length; i++) {
            final double expected = probabilities[i] * total;
            if (expected > 0) {
                statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
                outcomes++;
            } else if (counts[i] > 0) {
                return 0;
            }
        }
        return outcomes < 2 ? 1 : upperTail(statistic, outcomes - 1);
    }

    /** Probability that chi-square of so many degrees of freedom is at least {@code statistic}. */
    static double upperTail(double statistic, int degrees) {
        final double a = degrees / 2.0;
        final double x = statistic / 2;
        if (x <= 0) {
            return 1;
        }
        final double scale = Math.exp(-x + a * Math.log(x) - logGamma(a));
        return x < a + 1 ? 1 - scale * series(a, x) : scale * fraction(a, x);
    }

    private static double series(double a, double x) {
        double term = 1 / a;
        double sum = term;
        for (int n = 1; n < MAX_TERMS && term > sum * PRECISION; n++) {
            term *= x / (a + n);
            sum += term;
        }
        return sum;
    }

    /** Lentz's evaluation. */
    private static double fraction(double a, double x) {
        double b = x + 1 - a;
        double c = 1 / TINY;
        double d = 1 / b;
        double value = d;
        for (int n = 1; n < MAX_TERMS; n++) {
            final double coefficient = -n * (n - a);
            b += 2;
            d = 1 / nonZero(coefficient * d + b);
            c = nonZero(b + coefficient / c);
            value *= c * d;
            if (Math.abs(c * d - 1) < PRECISION) {
                break;
            }
        }
        return value;
    }

    private static double nonZero(double value) {
        return value == 0 ? TINY : value;
    }

    private static double logGamma(double value) {
        final double x = value - 1;
        double sum = LANCZOS[0];
        for (int i = 1; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (x + i);
        }
        final double t = x + 7.5;
        return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(t) - t + Math.log(sum);
    }
}
