package io.rxsim.bench.micro;

import java.util.List;
import java.util.Locale;

/**
 * A host whose ESP packets cost what the JDK's cipher costs on this machine: a straight line through the medians of the shortest
 * and the longest packets, with AES-128. All other prices are those of the shipped host. Stateless.
 */
final class CipherHost {
    private static final String SHIPPED = "e5-1650v4";
    private static final int SHORT_BYTES = 64;
    private static final int LONG_BYTES = 9000;
    private static final double MEDIAN = 50;

    private CipherHost() {}

    /** The text of a profile, or null where the cipher was not measured. */
    static String of(BenchReport report) {
        Measurement shortest = find(report.measurements(), SHORT_BYTES);
        Measurement longest = find(report.measurements(), LONG_BYTES);
        if (shortest == null || longest == null) {
            return null;
        }
        double perByteNs = (longest.percentileNs(MEDIAN) - shortest.percentileNs(MEDIAN)) / (LONG_BYTES - SHORT_BYTES);
        double baseNs = shortest.percentileNs(MEDIAN) - SHORT_BYTES * perByteNs;
        String source = String.format(
                Locale.ROOT,
                "measured by rx bench cipher%s: AES-128-GCM of the JDK, %.0f ns for %d bytes and %.0f ns for %d",
                report.quick() ? " --quick" : "",
                shortest.percentileNs(MEDIAN),
                SHORT_BYTES,
                longest.percentileNs(MEDIAN),
                LONG_BYTES);
        return String.format(
                Locale.ROOT,
                """
                # Decryption at the speed of the JDK's cipher on the machine that rx bench cipher ran on. All else is that of %s.
                include: %s
                name: jdk-cipher
                costs:
                  crypto: {ns: %d, per_byte_ps: %d, source: "%s"}
                """,
                SHIPPED,
                SHIPPED,
                Math.max(0, Math.round(baseNs)),
                Math.max(0, Math.round(perByteNs * 1000)),
                source);
    }

    private static Measurement find(List<Measurement> measurements, int bytes) {
        return measurements.stream()
                .filter(measurement -> measurement.rounds() > 0
                        && measurement.benchmark().group().equals("cipher")
                        && measurement.benchmark().name().equals("genuine")
                        && measurement.benchmark().parameters().get("key").equals("AES-128")
                        && measurement.benchmark().parameters().get("bytes").equals(Integer.toString(bytes)))
                .findFirst()
                .orElse(null);
    }
}
