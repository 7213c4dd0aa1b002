package io.rxsim.bench.cli;

import io.rxsim.bench.report.VariantResult;
import io.rxsim.bench.report.VariantRuns;
import io.rxsim.bench.scenario.Repetitions;
import io.rxsim.core.run.Engine;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.run.RxObserver;
import io.rxsim.core.run.Scenario;
import io.rxsim.core.run.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Runs the repetitions of one variant on some threads. What comes out does not depend on how many, or on who is first: each run
 * has its own seed and state, and results are folded in order of repetition. A run that fails stops the others, and the
 * failure of the lowest repetition that failed is thrown.
 *
 * <p>The caller's thread alone runs where one is asked for. Used for one variant, then thrown away.
 */
final class RepetitionRunner {
    private final Repetitions repetitions;
    private final int variant;
    private final Engine engine;
    private final StopSignal stop;
    private final UnaryOperator<Scenario> watched;
    private final Consumer<RunResult> onFirst;
    private final VariantRuns runs = new VariantRuns();
    private final Map<Integer, Throwable> failures = new TreeMap<>();
    private int next;
    private volatile boolean failed;

    /**
     * A runner of a variant.
     *
     * @param watched lays progress over a scenario
     * @param onFirst hears the result of the first repetition while it has all its flows
     */
    RepetitionRunner(
            Repetitions repetitions,
            int variant,
            Engine engine,
            StopSignal stop,
            UnaryOperator<Scenario> watched,
            Consumer<RunResult> onFirst) {
        this.repetitions = repetitions;
        this.variant = variant;
        this.engine = engine;
        this.stop = stop;
        this.watched = watched;
        this.onFirst = onFirst;
    }

    /** One thread per processor, no more than repetitions. */
    static int threads(Repetitions repetitions) {
        return Math.min(Runtime.getRuntime().availableProcessors(), repetitions.count());
    }

    /** Runs all, or what is under way when the signal to stop comes; at least the first repetition. */
    VariantResult run(int threads) {
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < threads; i++) {
            Thread thread = new Thread(this::work, "rx-repetition-" + i);
            thread.setDaemon(true);
            thread.start();
            others.add(thread);
        }
        work();
        others.forEach(RepetitionRunner::join);
        synchronized (this) {
            failures.values().stream().findFirst().ifPresent(RepetitionRunner::rethrow);
        }
        return runs.result();
    }

    private void work() {
        int repetition = -1;
        try {
            for (Next run = take(); run != null; run = take()) {
                repetition = run.repetition();
                RunResult result = engine.run(
                        watched.apply(run.scenario()), RxObserver.NONE, () -> failed || stop.stopRequested());
                if (repetition == 0) {
                    onFirst.accept(result);
                }
                runs.add(repetition, result);
            }
        } catch (RuntimeException | Error e) {
            synchronized (this) {
                failures.put(repetition, e);
                failed = true;
            }
        }
    }

    private record Next(int repetition, Scenario scenario) {}

    /** Scenarios are made in order of repetition, one at a time. */
    private synchronized Next take() {
        boolean over = next == repetitions.count() || failed || next > 0 && stop.stopRequested();
        if (over) {
            return null;
        }
        int repetition = next++;
        return new Next(repetition, repetitions.scenario(variant, repetition));
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void rethrow(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }
}
