package io.rxsim.bench.micro;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** All samples of one benchmark: figures are nanoseconds per operation, of batches. One thread. */
public final class Measurement {
    private static final double MEDIAN = 50;

    private final BenchmarkCase benchmark;
    private final Histogram batchNs = new Histogram(3);
    private final List<Double> mediansNs = new ArrayList<>();
    private double bytes;

    /** Of a benchmark not yet measured. */
    public Measurement(BenchmarkCase benchmark) {
        this.benchmark = benchmark;
    }

    /** Adds one round. */
    public void add(Sample sample) {
        batchNs.add(sample.batchNs());
        mediansNs.add((double) sample.batchNs().getValueAtPercentile(MEDIAN) / Sample.OPERATIONS);
        bytes += sample.bytesPerOperation();
    }

    /** What was measured. */
    public BenchmarkCase benchmark() {
        return benchmark;
    }

    /** Rounds so far. */
    public int rounds() {
        return mediansNs.size();
    }

    /** Nanoseconds per batch, all rounds. */
    public Histogram batchNs() {
        return batchNs;
    }

    /** Mean of a batch over its operations. */
    public double meanNs() {
        return batchNs.getMean() / Sample.OPERATIONS;
    }

    /** The figure below which {@code percent} of the batches are. */
    public double percentileNs(double percent) {
        return (double) batchNs.getValueAtPercentile(percent) / Sample.OPERATIONS;
    }

    /** Median of a round, which counts from 0. */
    public double medianNs(int round) {
        return mediansNs.get(round);
    }

    /** Bytes allocated per operation, mean over the rounds; NaN if not known. */
    public double bytesPerOperation() {
        return bytes / rounds();
    }

    /** Operations per second at the median. */
    public double perSecond() {
        return 1e9 / percentileNs(MEDIAN);
    }
}
