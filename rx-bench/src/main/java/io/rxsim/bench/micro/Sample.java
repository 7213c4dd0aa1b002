package io.rxsim.bench.micro;

import org.HdrHistogram.Histogram;

/**
 * What one measurement of a benchmark gave.
 *
 * @param batchNs nanoseconds of each batch of {@link #OPERATIONS} operations
 * @param bytesPerOperation allocated, NaN if not known
 */
public record Sample(Histogram batchNs, double bytesPerOperation) {
    /** Operations of a batch: what is timed as one. */
    public static final int OPERATIONS = 1000;
}
