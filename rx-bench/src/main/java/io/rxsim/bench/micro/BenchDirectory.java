package io.rxsim.bench.micro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A directory that keeps figures: {@code bench.json}, {@code table.txt}, plots of groups with a fill level, {@code host.yaml} with the
 * cipher's price where that was measured, and per benchmark the percentiles of its batches in
 * HdrHistogram's text form, nanoseconds per operation.
 */
public final class BenchDirectory {
    private BenchDirectory() {}

    /** Writes all files, replacing earlier ones of the same names. */
    public static void write(Path directory, BenchReport report) throws IOException {
        Files.writeString(directory.resolve("bench.json"), report.json());
        Files.writeString(directory.resolve("table.txt"), report.table());
        for (Map.Entry<String, String> plot : FillPlot.of(report.measurements()).entrySet()) {
            Files.writeString(directory.resolve(plot.getKey() + ".svg"), plot.getValue());
        }
        String host = CipherHost.of(report);
        if (host != null) {
            Files.writeString(directory.resolve("host.yaml"), host);
        }
        for (Measurement measurement : report.measurements()) {
            String name = measurement.benchmark().label().replaceAll("[^\\w.=-]+", "_");
            Files.write(directory.resolve(name + ".hgrm"), hgrm(measurement));
        }
    }

    private static byte[] hgrm(Measurement measurement) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            measurement.batchNs().outputPercentileDistribution(out, (double) Sample.OPERATIONS);
        }
        return bytes.toByteArray();
    }
}
