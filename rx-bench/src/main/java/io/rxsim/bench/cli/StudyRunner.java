package io.rxsim.bench.cli;

import io.rxsim.bench.report.OutputFormat;
import io.rxsim.bench.report.Report;
import io.rxsim.bench.report.RunDirectory;
import io.rxsim.bench.report.TopFlows;
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
                // Asked before the variant too: from the first question on, Ctrl-C waits for what a run has measured.
                boolean last = context.stop().stopRequested();
                progress.begin(
                        scenario.name(), results.size() + 1, study.variants().size());
                RunResult result = context.engine().run(progress.counted(scenario), RxObserver.NONE, progress);
                if (directory != null) {
                    directory.writeFlows(result, results.isEmpty());
                }
                // A run of a million flows holds their state: keep only what is shown.
                results.add(result.withFlows(new TopFlows(result.traffic().flows(), Report.MAX_JSON_FLOWS)));
                if (last || context.stop().stopRequested()) {
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
            return orderHeld(results) ? ExitCode.DONE : ExitCode.FAILED;
        }
        context.note("interrupted: results are partial, " + results.size() + " of "
                + study.variants().size() + " variants ran");
        return ExitCode.INTERRUPTED;
    }

    /** Order is a law of every kernel's rules; a run with a rule switched off on purpose may break it. */
    private boolean orderHeld(List<RunResult> results) {
        boolean held = true;
        for (RunResult result : results) {
            Scenario scenario = result.scenario();
            if (result.order().violations() > 0
                    && scenario.machine().rules().ablated().isEmpty()) {
                context.note("order is violated in variant " + scenario.name() + ", seed " + scenario.seed() + ": "
                        + result.order().firstViolation());
                held = false;
            }
        }
        return held;
    }
}
