package io.rxsim.bench.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The figures of a histogram under their names in results, nanoseconds. */
final class LatencySummary {
    private LatencySummary() {}

    /** Count, extremes, mean, percentiles and standard deviation; all 0 for an empty histogram. */
    static Map<String, Object> of(Histogram histogram) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("count", histogram.getTotalCount());
        summary.put("min", histogram.getTotalCount() == 0 ? 0L : histogram.getMinValue());
        summary.put("mean", rounded(histogram.getMean()));
        summary.put("p50", percentile(histogram, 50));
        summary.put("p90", percentile(histogram, 90));
        summary.put("p99", percentile(histogram, 99));
        summary.put("p999", percentile(histogram, 99.9));
        summary.put("p9999", percentile(histogram, 99.99));
        summary.put("max", histogram.getMaxValue());
        summary.put("stddev", rounded(histogram.getStdDeviation()));
        return summary;
    }

    /** A percentile in nanoseconds; 0 for an empty histogram. */
    static long percentile(Histogram histogram, double percent) {
        return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percent);
    }

    /** Three decimals, the same on every JDK: exact from the binary value, never by way of its text. */
    static BigDecimal rounded(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value).setScale(3, RoundingMode.HALF_EVEN)
                : BigDecimal.ZERO.setScale(3);
    }
}
