package io.rxsim.workload.random;

import io.rxsim.core.run.RandomStream;
import io.rxsim.workload.spec.Rate;
import java.math.BigInteger;

/**
 * Exponentially distributed gaps in whole nanoseconds. What a gap has beyond whole nanoseconds is carried to the next one,
 * so that the gaps add up to the exact sum of their fixed-point values and a short mean is not rounded away. One thread.
 */
public final class Exponential {
    private static final int MEAN_BITS = 60;
    /** A product of mean and variate keeps its upper 64 bits, which drops this many binary places of the mean. */
    private static final int DROPPED_BITS = Long.SIZE - NegativeLog.FRACTION_BITS;

    private final RandomStream stream;
    private final long mean;
    private final int fractionBits;
    private final long fractionMask;
    private long fraction;

    private Exponential(BigInteger numerator, BigInteger denominator, RandomStream stream) {
        this.stream = stream;
        int meanFractionBits = MEAN_BITS - numerator.divide(denominator).bitLength() - 1;
        mean = numerator.shiftLeft(meanFractionBits).divide(denominator).longValueExact();
        fractionBits = meanFractionBits - DROPPED_BITS;
        fractionMask = (1L << fractionBits) - 1;
    }

    /** Gaps of a given mean length, 1 ns to an hour. */
    public static Exponential ofMeanNs(long meanNs, RandomStream stream) {
        if (meanNs < 1 || meanNs > Rate.NANOS_PER_MILLION_SECONDS / Rate.MIN) {
            throw new IllegalArgumentException("mean=" + meanNs + "ns, allowed is 1 or more");
        }
        return new Exponential(BigInteger.valueOf(meanNs), BigInteger.ONE, stream);
    }

    /** Gaps between events of a given rate. */
    public static Exponential ofRate(Rate rate, RandomStream stream) {
        return new Exponential(
                BigInteger.valueOf(Rate.NANOS_PER_MILLION_SECONDS),
                BigInteger.valueOf(rate.millionthsPerSecond()),
                stream);
    }

    /** The next gap in nanoseconds, 0 or more, below 45 times the mean. */
    public long nextNs() {
        fraction += Math.multiplyHigh(NegativeLog.of(stream.nextLong()), mean);
        long gapNs = fraction >>> fractionBits;
        fraction &= fractionMask;
        return gapNs;
    }
}
