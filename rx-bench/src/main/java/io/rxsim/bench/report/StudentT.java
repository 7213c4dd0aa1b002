package io.rxsim.bench.report;

/**
 * Quantiles of Student's t distribution for two-sided intervals of 95 % (probability 0.975).
 *
 * <p>Up to 30 degrees of freedom from a table; beyond, by the expansion in powers of 1/degrees around the normal quantile
 * (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.5), there exact to six digits. Sums, products and quotients
 * only, so the same everywhere.
 */
final class StudentT {
    private static final double[] TABLE = {
        12.7062047, 4.3026527, 3.1824463, 2.7764451, 2.5705818, 2.4469119, 2.3646243, 2.3060041, 2.2621572, 2.2281389,
        2.2009852, 2.1788128, 2.1603687, 2.1447867, 2.1314495, 2.1199053, 2.1098156, 2.1009220, 2.0930241, 2.0859634,
        2.0796138, 2.0738731, 2.0686576, 2.0638986, 2.0595386, 2.0555294, 2.0518305, 2.0484071, 2.0452296, 2.0422725
    };

    private static final double NORMAL = 1.959963985;

    private StudentT() {}

    /** The quantile for 1 degree of freedom or more. */
    static double quantile(int degrees) {
        if (degrees < 1) {
            throw new IllegalArgumentException("degrees=" + degrees + ", allowed is 1 or more");
        }
        return degrees <= TABLE.length ? TABLE[degrees - 1] : expansion(degrees);
    }

    private static double expansion(double degrees) {
        double z = NORMAL;
        double z2 = z * z;
        double g1 = z * (z2 + 1) / 4;
        double g2 = z * ((5 * z2 + 16) * z2 + 3) / 96;
        double g3 = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
        double g4 = z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92_160;
        return z + (g1 + (g2 + (g3 + g4 / degrees) / degrees) / degrees) / degrees;
    }
}
