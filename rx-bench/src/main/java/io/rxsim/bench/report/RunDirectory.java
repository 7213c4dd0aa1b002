package io.rxsim.bench.report;

import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.bench.scenario.Reasons;
import io.rxsim.bench.scenario.YamlWriter;
import io.rxsim.core.run.FlowResults;
import io.rxsim.core.run.Latency;
import io.rxsim.core.run.RunResult;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * A directory that keeps everything of a run: {@code scenario.yaml} (effective), {@code result.json}, {@code result.csv},
 * {@code table.txt}, {@code cpus.csv}, {@code flows.csv}, and per variant {@code NAME.hgrm} and {@code NAME.hlog} (and {@code NAME.corrected.hgrm} where an interval is stated), which hold
 * the packets of all repetitions. The same run writes the same bytes.
 */
public final class RunDirectory {
    private static final List<String> FLOW_COLUMNS =
            List.of("variant", "flow", "delivered", "dropped", "outOfOrder", "applicationCpu", "lastCpu");

    private final Path directory;

    private RunDirectory(Path directory) {
        this.directory = directory;
    }

    /** Makes the directory, or takes an existing one that can be written to. Called before a run, so that none is in vain. */
    public static RunDirectory prepare(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new BadInputException("-o " + directory + ": cannot be made: " + Reasons.of(e));
        }
        if (!Files.isWritable(directory)) {
            throw new BadInputException("-o " + directory + ": cannot be written to: permission denied");
        }
        return new RunDirectory(directory);
    }

    /** Writes all files but {@code flows.csv}, replacing earlier ones of the same names. */
    public void write(Report report) {
        try {
            put("scenario.yaml", YamlWriter.write(report.study().effective(directory)));
            put("result.json", OutputFormat.JSON.write(report));
            put("result.csv", OutputFormat.CSV.write(report));
            put("table.txt", OutputFormat.TABLE.write(report));
            put("cpus.csv", cpus(report));
            for (VariantResult result : report.results()) {
                String name = result.scenario().name().replace(' ', '_');
                Files.write(
                        directory.resolve(name + ".hgrm"),
                        hgrm(result.merged().latency().total()));
                Histogram corrected = result.merged().latency().corrected();
                if (corrected != null) {
                    Files.write(directory.resolve(name + ".corrected.hgrm"), hgrm(corrected));
                }
                Files.write(directory.resolve(name + ".hlog"), hlog(report, result));
            }
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private void put(String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);
    }

    /** Keeps a text under a name. */
    void text(String name, String content) {
        try {
            put(name, content);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** Keeps the percentiles of a histogram under a name. */
    void percentiles(String name, Histogram histogram) {
        try {
            Files.write(directory.resolve(name), hgrm(histogram));
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private static String cpus(Report report) {
        StringBuilder csv = new StringBuilder();
        for (VariantResult result : report.results()) {
            for (Map<String, Object> cpu : result.cpus()) {
                if (csv.isEmpty()) {
                    csv.append(Csv.line(with("variant", cpu.keySet())));
                }
                csv.append(Csv.line(with(result.scenario().name(), cpu.values())));
            }
        }
        return csv.toString();
    }

    /**
     * Adds the flows of one variant's first repetition to {@code flows.csv}, all of them; called when that run ends, while it
     * has them.
     *
     * @param first whether it is the first variant, which begins the file
     */
    public void writeFlows(RunResult result, boolean first) {
        OpenOption[] how = first
                ? new OpenOption[] {
                    StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE
                }
                : new OpenOption[] {StandardOpenOption.APPEND};
        try (BufferedWriter out = Files.newBufferedWriter(directory.resolve("flows.csv"), how)) {
            if (first) {
                out.write(Csv.line(FLOW_COLUMNS));
            }
            FlowResults flows = result.traffic().flows();
            for (int flow = 0; flow < flows.listed(); flow++) {
                out.write(Csv.line(with(
                        result.scenario().name(),
                        ResultDocument.flow(flows, flow).values())));
            }
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private BadInputException cannotWrite(IOException e) {
        return new BadInputException("-o " + directory + ": cannot be written: " + Reasons.of(e));
    }

    private static List<Object> with(Object first, Iterable<?> rest) {
        List<Object> all = new ArrayList<>();
        all.add(first);
        rest.forEach(all::add);
        return all;
    }

    /** Percentiles of the total in nanoseconds, in HdrHistogram's text form. */
    private static byte[] hgrm(Histogram total) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            total.outputPercentileDistribution(out, 1.0);
        }
        return bytes.toByteArray();
    }

    /** The whole histograms: the total without a tag, service time and each stage under its name. No dates, so that it can be compared. */
    private static byte[] hlog(Report report, VariantResult result) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        HistogramLogWriter log = new HistogramLogWriter(bytes);
        log.outputComment(
                "[rxsim " + report.version() + ", variant " + result.scenario().name() + ", nanoseconds]");
        log.outputLogFormatVersion();
        log.outputLegend();
        double seconds = result.merged().deliveriesNs() / 1e9;
        Latency latency = result.merged().latency();
        log.outputIntervalHistogram(0.0, seconds, latency.total(), 1.0);
        if (latency.corrected() != null) {
            log.outputIntervalHistogram(0.0, seconds, tagged(latency.corrected(), "corrected"), 1.0);
        }
        log.outputIntervalHistogram(0.0, seconds, tagged(latency.service(), "service"), 1.0);
        latency.stages()
                .forEach((stage, histogram) ->
                        log.outputIntervalHistogram(0.0, seconds, tagged(histogram, stage.label()), 1.0));
        log.close();
        return bytes.toByteArray();
    }

    private static Histogram tagged(Histogram histogram, String tag) {
        Histogram tagged = histogram.copy();
        tagged.setTag(tag);
        return tagged;
    }
}
