package io.rxsim.workload.random;

import io.rxsim.core.run.RandomStream;

/**
 * Draws from a fixed discrete distribution in constant time: the alias method (Walker 1977, built as in Vose: A linear
 * algorithm for generating random numbers with a given distribution, 1991).
 *
 * <p>A column's threshold has 32 binary places. Building uses the four basic operations of double only, which are the same on
 * every JVM since 17. Immutable; any thread (the stream belongs to the caller).
 */
public final class AliasTable {
    /** Per column: the threshold in the upper 32 bits, the alias in the lower. */
    private final long[] columns;

    /**
     * Builds the table.
     *
     * @param weights one per value from 0; finite, not negative, not all zero
     */
    public AliasTable(double[] weights) {
        int n = weights.length;
        double sum = 0;
        for (double weight : weights) {
            if (!(weight >= 0 && weight <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("weight=" + weight + ", allowed is 0 or more");
            }
            sum += weight;
        }
        if (!(sum > 0 && sum <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("sum of weights=" + sum + ", allowed is more than 0");
        }
        columns = new long[n];
        double[] scaled = new double[n];
        // One array holds both worklists: columns to fill from the front, columns that have too much from the back.
        int[] worklist = new int[n];
        int small = 0;
        int large = n;
        for (int i = 0; i < n; i++) {
            scaled[i] = weights[i] * n / sum;
            if (scaled[i] < 1) {
                worklist[small++] = i;
            } else {
                worklist[--large] = i;
            }
        }
        while (small > 0 && large < n) {
            int poor = worklist[--small];
            int rich = worklist[large];
            columns[poor] = column(scaled[poor], rich);
            scaled[rich] -= 1 - scaled[poor];
            if (scaled[rich] < 1) {
                large++;
                worklist[small++] = rich;
            }
        }
        while (large < n) {
            keepWhole(worklist[large++]);
        }
        while (small > 0) {
            keepWhole(worklist[--small]);
        }
    }

    private void keepWhole(int i) {
        columns[i] = column(1, i);
    }

    private static long column(double threshold, int alias) {
        long fixed = Math.min((long) StrictMath.rint(threshold * 0x1p32), 0xffffffffL);
        return fixed << 32 | alias;
    }

    /** The number of values. */
    public int size() {
        return columns.length;
    }

    /** Draws a value, 0 to {@link #size()} - 1; takes one number of the stream. */
    public int next(RandomStream stream) {
        long word = stream.nextLong();
        // The upper half of the word chooses the column, the lower half is held against the threshold.
        int i = (int) (((word >>> 32) * columns.length) >>> 32);
        long column = columns[i];
        return (word & 0xffffffffL) < column >>> 32 ? i : (int) column;
    }
}
