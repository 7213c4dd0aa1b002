package io.rxsim.bench.cli;

import io.rxsim.bench.report.OutputFormat;
import io.rxsim.bench.report.Report;
import io.rxsim.bench.report.RunDirectory;
import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.bench.scenario.Study;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.run.RxObserver;
import io.rxsim.core.run.Scenario;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Runs the variants of a study one after the other and shows what they gave. */
final class StudyRunner {
    private final CommandContext context;

    StudyRunner(CommandContext context) {
        this.context = context;
    }

    /** Runs and shows; returns the exit code. */
    int run(Study study, OutputOptions options) {
        OutputFormat format = options.format();
        RunDirectory directory = options.directory();
        study.notes().forEach(context::note);
        List<RunResult> results = new ArrayList<>();
        try (ProgressLine progress = new ProgressLine(context)) {
            for (Scenario scenario : study.variants()) {
                progress.begin(
                        scenario.name(), results.size() + 1, study.variants().size());
                results.add(context.engine().run(progress.counted(scenario), RxObserver.NONE, progress));
                if (context.stop().stopRequested()) {
                    break;
                }
            }
        } catch (UncheckedIOException e) {
            throw new BadInputException(e.getCause().getMessage());
        } finally {
            study.workload().close();
        }
        boolean cut = study.workload().cut();
        if (cut) {
            study.workload().remarks().stream()
                    .filter(remark -> remark.contains("cut"))
                    .forEach(context::note);
        }
        Report report = new Report(Version.text(), study, results, cut);
        if (directory != null) {
            directory.write(report);
        }
        context.out().print(format.write(report));
        context.out().flush();
        if (!context.stop().stopRequested()) {
            return ExitCode.DONE;
        }
        context.note("interrupted: results are partial, " + results.size() + " of "
                + study.variants().size() + " variants ran");
        return ExitCode.INTERRUPTED;
    }
}
