package io.rxsim.bench.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** One figure over the repetitions of a variant, in exact decimals: nothing depends on the order of sums or on the JDK. */
final class Sample {
    private static final int DECIMALS = 3;

    private final List<BigDecimal> values = new ArrayList<>();
    private final List<Number> given = new ArrayList<>();

    /** Adds a whole number or a decimal. */
    void add(Number value) {
        given.add(value);
        values.add(value instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(value.longValue()));
    }

    /** The mean to three decimals, or the value itself where all are the same. */
    Number mean() {
        boolean same = given.stream().allMatch(given.get(0)::equals);
        return same ? given.get(0) : exactMean().setScale(DECIMALS, RoundingMode.HALF_EVEN);
    }

    /**
     * Half the width of the 95 % confidence interval of the mean: Student's t for one degree of freedom less than values, times
     * the standard error. Null for fewer than two values.
     */
    BigDecimal halfWidth() {
        int n = values.size();
        if (n < 2) {
            return null;
        }
        BigDecimal mean = exactMean();
        BigDecimal squares = BigDecimal.ZERO;
        for (BigDecimal value : values) {
            BigDecimal deviation = value.subtract(mean);
            squares = squares.add(deviation.multiply(deviation));
        }
        BigDecimal ofMean = squares.divide(BigDecimal.valueOf((long) n * (n - 1)), MathContext.DECIMAL128);
        return ofMean.sqrt(MathContext.DECIMAL64)
                .multiply(new BigDecimal(StudentT.quantile(n - 1)))
                .setScale(DECIMALS, RoundingMode.HALF_EVEN);
    }

    private BigDecimal exactMean() {
        BigDecimal sum = BigDecimal.ZERO;
        for (BigDecimal value : values) {
            sum = sum.add(value);
        }
        return sum.divide(BigDecimal.valueOf(values.size()), MathContext.DECIMAL128);
    }
}
