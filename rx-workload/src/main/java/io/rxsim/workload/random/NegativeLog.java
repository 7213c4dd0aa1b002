package io.rxsim.workload.random;

/**
 * The negative natural logarithm of a uniform number, in fixed point: a standard exponential variate.
 *
 * <p>Method: inversion. The random word is taken as U = word / 2^64 = x * 2^-(k+1), k its number of leading zeros and x in
 * [1, 2), so that -ln U = (k + 1) ln 2 - ln x. ln x comes from a table of 512 chords plus the parabola that each chord
 * misses; the error is below 2e-10 and changes sign inside each chord, so that the mean is better than that. The tables are
 * made once with {@link StrictMath}. Immutable; any thread.
 */
final class NegativeLog {
    /** Binary places of a result. */
    static final int FRACTION_BITS = 56;

    private static final int CHORD_BITS = 9;
    private static final int CHORDS = 1 << CHORD_BITS;
    private static final int POSITION_BITS = 63 - CHORD_BITS;
    private static final long POSITION_MASK = (1L << POSITION_BITS) - 1;
    private static final double SCALE = 1L << FRACTION_BITS;
    private static final long LN_2 = fixed(StrictMath.log(2));

    /** ln x where chord i begins, and how much it rises over the chord; interleaved with the parabola's size. */
    private static final long[] TABLE = new long[3 * CHORDS];

    static {
        for (int i = 0; i < CHORDS; i++) {
            double x = 1 + (double) i / CHORDS;
            double next = 1 + (double) (i + 1) / CHORDS;
            double middle = (x + next) / 2;
            TABLE[3 * i] = fixed(StrictMath.log(x));
            TABLE[3 * i + 1] = fixed(StrictMath.log(next)) - TABLE[3 * i];
            TABLE[3 * i + 2] = fixed(1 / (2 * middle * middle * CHORDS * CHORDS));
        }
    }

    private NegativeLog() {}

    private static long fixed(double value) {
        return (long) StrictMath.rint(value * SCALE);
    }

    /**
     * -ln(word / 2^64), the word taken as unsigned and odd.
     *
     * @return a number of {@link #FRACTION_BITS} binary places, below 2^62
     */
    static long of(long word) {
        long odd = word | 1;
        int zeros = Long.numberOfLeadingZeros(odd);
        long x = odd << zeros;
        int at = 3 * (int) (x >>> POSITION_BITS & (CHORDS - 1));
        // t in [0, 1) along the chord and 1 - t, with 63 binary places; their product has 62.
        long t = (x & POSITION_MASK) << CHORD_BITS;
        long parabola = Math.multiplyHigh(t, Long.MAX_VALUE - t);
        long ln =
                TABLE[at] + Math.multiplyHigh(TABLE[at + 1] << 1, t) + Math.multiplyHigh(TABLE[at + 2] << 2, parabola);
        return (zeros + 1) * LN_2 - ln;
    }
}
