package io.rxsim.bench.cli;

import io.rxsim.bench.report.HeatMap;
import io.rxsim.bench.report.MatrixReport;
import io.rxsim.bench.report.OutputFormat;
import io.rxsim.bench.report.VariantResult;
import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.bench.scenario.Matrix;
import io.rxsim.bench.scenario.Reasons;
import io.rxsim.bench.scenario.Study;
import io.rxsim.bench.scenario.StudyReader;
import io.rxsim.bench.scenario.Tree;
import io.rxsim.bench.scenario.WorkloadReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs every cell of a scenario's matrix, one after the other, and shows them in one table and one picture. The picture goes
 * to {@code -o DIR}, else to {@code NAME-heatmap.svg} in the current folder, which is said on standard error.
 */
final class MatrixRunner {
    private final CommandContext context;
    private final Path file;
    private final Tree.Mapping document;

    MatrixRunner(CommandContext context, Path file, Tree.Mapping document) {
        this.context = context;
        this.file = file;
        this.document = document;
    }

    /** Runs and shows; returns the exit code. */
    int run(Matrix matrix, List<Tree.Mapping> overlays, OutputOptions options) {
        OutputFormat format = options.format();
        Path directory = options.folder();
        List<MatrixReport.Cell> cells = new ArrayList<>();
        boolean held = true;
        String title = "";
        long seed = 0;
        List<Matrix.Cell> all = matrix.cells();
        try (ProgressLine progress = new ProgressLine(context)) {
            for (Matrix.Cell cell : all) {
                List<Tree.Mapping> laidOver = new ArrayList<>(overlays);
                laidOver.addAll(cell.overlays());
                Study study = StudyReader.read(
                        Matrix.without(document),
                        file.toAbsolutePath().getParent(),
                        laidOver,
                        new WorkloadReader(context.in()));
                title = file.getFileName() + ", kernel " + study.kernel() + ", host "
                        + study.variants().get(0).machine().profile().name();
                seed = study.seed();
                List<VariantResult> results = results(study, progress, cells.size() + 1, all.size());
                cells.add(new MatrixReport.Cell(cell.labels(), results));
                held &= StudyRunner.orderHeld(context, results);
                if (context.stop().stopRequested()) {
                    break;
                }
            }
        }
        MatrixReport report = new MatrixReport(Version.text(), title, seed, cells);
        write(report, directory);
        context.out().print(report.write(format));
        context.out().flush();
        if (context.stop().stopRequested()) {
            context.note("interrupted: results are partial, " + cells.size() + " of " + all.size() + " cells ran");
            return ExitCode.INTERRUPTED;
        }
        return held ? ExitCode.DONE : ExitCode.FAILED;
    }

    private List<VariantResult> results(Study study, ProgressLine progress, int cell, int cells) {
        List<VariantResult> results = new ArrayList<>();
        try {
            for (int variant = 0; variant < study.variants().size(); variant++) {
                progress.begin(study.variants().get(variant).name(), cell, cells);
                RepetitionRunner runner = new RepetitionRunner(
                        study.repetitions(), variant, context.engine(), progress, progress::counted, result -> {});
                results.add(runner.run(RepetitionRunner.threads(study.repetitions())));
            }
            return results;
        } finally {
            study.workload().close();
        }
    }

    private void write(MatrixReport report, Path directory) {
        String name = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
        Path picture = directory == null ? Path.of(name + "-heatmap.svg") : directory.resolve("heatmap.svg");
        try {
            Files.writeString(picture, HeatMap.of(report));
            if (directory != null) {
                for (OutputFormat each : List.of(OutputFormat.TABLE, OutputFormat.JSON, OutputFormat.CSV)) {
                    String ending = each == OutputFormat.TABLE
                            ? "table.txt"
                            : "result." + each.name().toLowerCase(java.util.Locale.ROOT);
                    Files.writeString(directory.resolve(ending), report.write(each));
                }
            }
        } catch (IOException e) {
            throw new BadInputException(picture + ": cannot be written: " + Reasons.of(e));
        }
        context.note("heat map: " + picture);
    }
}
