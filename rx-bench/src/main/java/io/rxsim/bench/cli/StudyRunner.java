package io.rxsim.bench.cli;

import io.rxsim.bench.report.OutputFormat;
import io.rxsim.bench.report.Report;
import io.rxsim.bench.report.RunDirectory;
import io.rxsim.bench.report.VariantResult;
import io.rxsim.bench.report.Warnings;
import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.bench.scenario.Study;
import io.rxsim.core.run.Scenario;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Runs the variants of a study one after the other, the repetitions of each on all processors, and shows what they gave. */
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
        List<VariantResult> results;
        try {
            results = results(study, directory);
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
        Warnings.of(results).forEach(warning -> context.note("warning: " + warning));
        if (directory != null) {
            directory.write(report);
        }
        context.out().print(format.write(report));
        context.out().flush();
        if (!context.stop().stopRequested()) {
            return orderHeld(context, results) ? ExitCode.DONE : ExitCode.FAILED;
        }
        context.note("interrupted: results are partial, " + results.size() + " of "
                + study.variants().size() + " variants ran");
        return ExitCode.INTERRUPTED;
    }

    private List<VariantResult> results(Study study, RunDirectory directory) {
        List<VariantResult> results = new ArrayList<>();
        int variants = study.variants().size();
        try (ProgressLine progress = new ProgressLine(context)) {
            for (int variant = 0; variant < variants; variant++) {
                // Asked before the variant too: from the first question on, Ctrl-C waits for what a run has measured.
                boolean last = context.stop().stopRequested();
                boolean first = variant == 0;
                progress.begin(study.variants().get(variant).name(), variant + 1, variants);
                RepetitionRunner runner = new RepetitionRunner(
                        study.repetitions(), variant, context.engine(), progress, progress::counted, result -> {
                            if (directory != null) {
                                directory.writeFlows(result, first);
                            }
                        });
                results.add(runner.run(RepetitionRunner.threads(study.repetitions())));
                if (last || context.stop().stopRequested()) {
                    break;
                }
            }
        }
        return results;
    }

    /** Order is a law of every kernel's rules; a run with a rule switched off on purpose may break it. */
    static boolean orderHeld(CommandContext context, List<VariantResult> results) {
        boolean held = true;
        for (VariantResult result : results) {
            Scenario scenario = result.scenario();
            if (!scenario.machine().rules().ablated().isEmpty()) {
                continue;
            }
            for (VariantResult.Violation violation : result.violations()) {
                context.note("order is violated in variant " + scenario.name() + ", seed " + violation.seed() + ": "
                        + violation.first());
                held = false;
            }
        }
        return held;
    }
}
