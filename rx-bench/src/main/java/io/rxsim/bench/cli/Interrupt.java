package io.rxsim.bench.cli;

import io.rxsim.core.run.StopSignal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM: the run is asked to stop, and the process stays until what was measured is printed. The exit status is
 * the signal's (130, 143).
 */
final class Interrupt implements StopSignal {
    private static final long PATIENCE_S = 30;

    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean requested;

    private Interrupt() {}

    static Interrupt install() {
        Interrupt interrupt = new Interrupt();
        Runtime.getRuntime().addShutdownHook(new Thread(interrupt::onShutdown, "rx-interrupt"));
        return interrupt;
    }

    private void onShutdown() {
        requested = true;
        try {
            if (!finished.await(PATIENCE_S, TimeUnit.SECONDS)) {
                System.err.println("rx: did not stop within " + PATIENCE_S + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean stopRequested() {
        return requested;
    }

    /** All is printed; the process may go. */
    void finished() {
        finished.countDown();
    }
}
