package io.rxsim.bench.cli;

import io.rxsim.core.run.StopSignal;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM: the run is asked to stop, and the process stays until what was measured is printed. The exit status is
 * the signal's (130, 143). A command that never asks whether to stop has nothing to save, and a run that no longer asks is
 * waiting for input that does not come: the process does not wait for either.
 */
final class Interrupt implements StopSignal {
    private static final long ASKING_S = 3;
    private static final long PATIENCE_S = 30;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final CountDownLatch heard = new CountDownLatch(1);
    private final long askingMs;
    private volatile boolean asked;
    private volatile boolean requested;

    /** A run that does not ask within {@code askingMs} milliseconds is given up. */
    Interrupt(long askingMs) {
        this.askingMs = askingMs;
    }

    static Interrupt install() {
        Interrupt interrupt = new Interrupt(TimeUnit.SECONDS.toMillis(ASKING_S));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupt.onShutdown(System.err), "rx-interrupt"));
        return interrupt;
    }

    /** Returns when the process may end. */
    void onShutdown(PrintStream err) {
        requested = true;
        if (!asked) {
            return;
        }
        try {
            if (!heard.await(askingMs, TimeUnit.MILLISECONDS) && finished.getCount() > 0) {
                err.println("rx: interrupted while waiting for input, nothing is shown");
            } else if (!finished.await(PATIENCE_S, TimeUnit.SECONDS)) {
                err.println("rx: did not stop within " + PATIENCE_S + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean stopRequested() {
        asked = true;
        if (requested) {
            heard.countDown();
        }
        return requested;
    }

    /** All is printed; the process may go. */
    void finished() {
        finished.countDown();
        heard.countDown();
    }
}
