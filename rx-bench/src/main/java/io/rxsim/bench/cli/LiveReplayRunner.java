package io.rxsim.bench.cli;

import io.rxsim.bench.report.LiveReplayReport;
import io.rxsim.bench.report.OutputFormat;
import io.rxsim.bench.report.RunDirectory;
import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.bench.scenario.Study;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.HashKeys;
import io.rxsim.core.run.Scenario;
import io.rxsim.workload.netty.LiveReplay;
import io.rxsim.workload.netty.LiveReplayResult;
import io.rxsim.workload.netty.replay.SendOptions;
import io.rxsim.workload.spec.PacketHashing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** Plays the packets of scenarios through the live engine, one scenario after the other, and shows what happened. */
final class LiveReplayRunner {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long LOOK_NS = 20_000_000;
    private static final long DRAW_NS = 100_000_000;
    private static final long DRAW_AFTER_NS = 1_000_000_000;

    private final CommandContext context;

    LiveReplayRunner(CommandContext context) {
        this.context = context;
    }

    /** Runs and shows; returns the exit code. */
    int run(Study study, List<Scenario> scenarios, SendOptions options, OutputOptions output) {
        OutputFormat format = output.format();
        RunDirectory directory = output.directory();
        List<LiveReplayReport.Variant> played = new ArrayList<>();
        try {
            for (Scenario scenario : scenarios) {
                played.add(new LiveReplayReport.Variant(scenario, play(scenario, options)));
                if (context.stop().stopRequested()) {
                    break;
                }
            }
        } finally {
            study.workload().close();
        }
        LiveReplayReport report = new LiveReplayReport(Version.text(), study, options, played);
        report.remarks().forEach(context::note);
        if (directory != null) {
            report.keep(directory);
        }
        context.out().print(report.write(format));
        context.out().flush();
        if (context.stop().stopRequested()) {
            context.note(
                    "interrupted: results are partial, " + played.size() + " of " + scenarios.size() + " variants ran");
            return ExitCode.INTERRUPTED;
        }
        return report.held() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private LiveReplayResult play(Scenario scenario, SendOptions options) {
        // Asked before anything waits: from now on Ctrl-C waits for what is measured.
        context.stop().stopRequested();
        PacketHashing hashing = new PacketHashing(scenario.machine().rules(), HashKeys.ofSeed(scenario.seed()));
        try {
            if (options.pacing().timed()) {
                LiveReplay.warmUp(scenario.machine(), scenario.steering(), hashing);
            }
            return play(scenario, options, hashing);
        } catch (IllegalArgumentException e) {
            throw new BadInputException("--live: " + e.getMessage());
        } catch (UncheckedIOException e) {
            throw new BadInputException(e.getCause().getMessage());
        } catch (IOException e) {
            throw new BadInputException("--live: " + e.getMessage());
        }
    }

    private LiveReplayResult play(Scenario scenario, SendOptions options, PacketHashing hashing) throws IOException {
        try (ArrivalSource source = scenario.load().arrivals().open();
                LiveReplay replay = new LiveReplay(scenario.machine(), scenario.steering(), source, hashing, options)) {
            replay.start();
            watch(scenario, replay);
            LiveReplayResult result = replay.finish(PATIENCE);
            if (result.sent().failed()) {
                throw new BadInputException(result.sent().failure());
            }
            return result;
        }
    }

    private void watch(Scenario scenario, LiveReplay replay) {
        long startNs = System.nanoTime();
        long drawnNs = startNs + DRAW_AFTER_NS - DRAW_NS;
        try (ProgressLine progress = new ProgressLine(context)) {
            while (replay.isSending() && replay.failure() == null) {
                if (context.stop().stopRequested()) {
                    replay.stop();
                    return;
                }
                long nowNs = System.nanoTime();
                if (nowNs - drawnNs >= DRAW_NS) {
                    drawnNs = nowNs;
                    progress.show(String.format(
                            Locale.ROOT,
                            "%s: %,d packets sent, %.1f s",
                            scenario.name(),
                            replay.packets(),
                            (nowNs - startNs) / 1e9));
                }
                LockSupport.parkNanos(LOOK_NS);
            }
        }
    }
}
