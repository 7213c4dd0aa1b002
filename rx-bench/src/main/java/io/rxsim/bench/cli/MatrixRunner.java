package io.rxsim.bench.cli;

import io.rxsim.bench.report.HeatMap;
import io.rxsim.bench.report.MatrixReport;
import io.rxsim.bench.report.OutputFormat;
import io.rxsim.bench.report.VariantResult;
import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.bench.scenario.Matrix;
import io.rxsim.bench.scenario.MatrixScenario;
import io.rxsim.bench.scenario.Reasons;
import io.rxsim.bench.scenario.Study;
import io.rxsim.bench.scenario.StudyReader;
import io.rxsim.bench.scenario.Tree;
import io.rxsim.bench.scenario.WorkloadReader;
import io.rxsim.bench.scenario.YamlWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs every cell of a scenario's matrix, as many at once as there are processors, and shows them in one table and one picture.
 * The picture goes to {@code -o DIR}, else to {@code NAME-heatmap.svg} in the current folder, which is said on standard error.
 */
final class MatrixRunner {
    /** Standard input can be read once, and a matrix reads its workload in every cell. */
    private static final InputStream NO_INPUT = new InputStream() {
        @Override
        public int read() throws IOException {
            throw new IOException("cannot be read in every cell of a matrix, a file can");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
        }
    };

    private final CommandContext context;
    private final Path file;
    private final Tree.Mapping document;
    private final MatrixScenario whole = new MatrixScenario();

    /** A cell that ran. */
    private record Ran(Study study, List<VariantResult> results) {}

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
        int threads = Math.min(Runtime.getRuntime().availableProcessors(), all.size());
        ExecutorService pool = Executors.newFixedThreadPool(threads, MatrixRunner::thread);
        try (ProgressLine progress = new ProgressLine(context)) {
            List<Future<Ran>> running = new ArrayList<>();
            for (Matrix.Cell cell : all) {
                int number = running.size() + 1;
                running.add(pool.submit(() -> cell(cell, overlays, progress, number, all.size())));
            }
            for (int i = 0; i < all.size(); i++) {
                Ran ran = join(running.get(i));
                if (ran == null) {
                    break;
                }
                whole.add(ran.study().effective());
                title = file.getFileName() + ", kernel " + ran.study().kernel() + ", host "
                        + ran.study().variants().get(0).machine().profile().name();
                seed = ran.study().seed();
                held &= StudyRunner.orderHeld(context, ran.results());
                cells.add(new MatrixReport.Cell(
                        all.get(i).labels(),
                        ran.results().stream().map(MatrixReport.Variant::of).toList()));
                running.set(i, null);
            }
        } finally {
            pool.shutdownNow();
        }
        MatrixReport report = new MatrixReport(Version.text(), title, seed, cells);
        write(report, matrix, directory);
        context.out().print(report.write(format));
        context.out().flush();
        if (context.stop().stopRequested()) {
            context.note("interrupted: results are partial, " + cells.size() + " of " + all.size() + " cells ran");
            return ExitCode.INTERRUPTED;
        }
        return held ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "rx-cell");
        thread.setDaemon(true);
        return thread;
    }

    /** Runs one cell; null if it had not begun when the signal to stop came. The first one always runs. */
    private Ran cell(Matrix.Cell cell, List<Tree.Mapping> overlays, ProgressLine progress, int number, int of) {
        if (number > 1 && context.stop().stopRequested()) {
            return null;
        }
        List<Tree.Mapping> laidOver = new ArrayList<>(overlays);
        laidOver.addAll(cell.overlays());
        Study study = StudyReader.read(
                Matrix.without(document), file.toAbsolutePath().getParent(), laidOver, new WorkloadReader(NO_INPUT));
        try {
            List<VariantResult> results = new ArrayList<>();
            for (int variant = 0; variant < study.variants().size(); variant++) {
                progress.begin(study.variants().get(variant).name(), number, of);
                results.add(new RepetitionRunner(
                                study.repetitions(),
                                variant,
                                context.engine(),
                                progress,
                                progress::counted,
                                result -> {})
                        .run(1));
            }
            return new Ran(study, results);
        } finally {
            study.workload().close();
        }
    }

    private static Ran join(Future<Ran> cell) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return cell.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UncheckedIOException unread) {
                throw new BadInputException(unread.getCause().getMessage());
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void write(MatrixReport report, Matrix matrix, Path directory) {
        String name = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
        Path picture = directory == null ? Path.of(name + "-heatmap.svg") : directory.resolve("heatmap.svg");
        try {
            Files.writeString(picture, HeatMap.of(report));
            if (directory != null) {
                Path folder = file.toAbsolutePath().getParent();
                Files.writeString(
                        directory.resolve("scenario.yaml"),
                        YamlWriter.write(Study.relative(whole.effective(matrix, folder), directory)));
                for (OutputFormat each : List.of(OutputFormat.TABLE, OutputFormat.JSON, OutputFormat.CSV)) {
                    String ending = each == OutputFormat.TABLE
                            ? "table.txt"
                            : "result." + each.name().toLowerCase(Locale.ROOT);
                    Files.writeString(directory.resolve(ending), report.write(each));
                }
            }
        } catch (IOException e) {
            throw new BadInputException(picture + ": cannot be written: " + Reasons.of(e));
        }
        context.note("heat map: " + picture);
    }
}
