package io.rxsim.bench.cli;

import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalMix;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.ClientHost;
import io.rxsim.core.run.Load;
import io.rxsim.core.run.MirroredClients;
import io.rxsim.core.run.Scenario;
import io.rxsim.core.run.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/**
 * One line on standard error, redrawn while a run takes longer than a second; nothing where standard error is no terminal. It
 * is the run's stop signal too, so that the engine's own polling draws it. Several engines may run at once.
 */
final class ProgressLine implements StopSignal, AutoCloseable {
    private static final long FIRST_AFTER_NS = 1_000_000_000L;
    private static final long EVERY_NS = 100_000_000L;
    private static final String ERASE = "\r\u001b[K";

    private final CommandContext context;
    private final boolean terminal = isTerminal();
    private final long startNs = System.nanoTime();
    private final LongAdder packets = new LongAdder();
    private String variant = "";
    private long nextNs = startNs + FIRST_AFTER_NS;
    private boolean drawn;

    ProgressLine(CommandContext context) {
        this.context = context;
    }

    /** Standard error of this process, as Linux shows it. */
    private static boolean isTerminal() {
        try {
            String device = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    synchronized void begin(String name, int number, int of) {
        variant = name + " (" + number + " of " + of + ")";
        packets.reset();
    }

    /** Draws a line at once, for steps of about a second each. */
    void show(String text) {
        if (terminal) {
            drawn = true;
            context.err().print(ERASE + text);
            context.err().flush();
        }
    }

    /** The scenario, its arrivals counted where the line will be drawn. */
    Scenario counted(Scenario scenario) {
        if (!terminal) {
            return scenario;
        }
        Load load = scenario.load();
        ArrivalSource.Factory counting = () -> {
            ArrivalSource source = load.arrivals().open();
            // Clients that wait for answers must stay what they are for the engine.
            boolean closed = source instanceof ClientHost || source instanceof MirroredClients;
            return closed || source instanceof ArrivalMix ? source : new Counting(source);
        };
        return scenario.withLoad(load.withArrivals(counting));
    }

    @Override
    public boolean stopRequested() {
        if (terminal) {
            draw();
        }
        return context.stop().stopRequested();
    }

    private synchronized void draw() {
        if (System.nanoTime() - nextNs > 0) {
            nextNs = System.nanoTime() + EVERY_NS;
            drawn = true;
            double seconds = (System.nanoTime() - startNs) / 1e9;
            context.err().printf(Locale.ROOT, "%s%s: %,d packets, %.1f s", ERASE, variant, packets.sum(), seconds);
            context.err().flush();
        }
    }

    @Override
    public synchronized void close() {
        if (drawn) {
            context.err().print(ERASE);
            context.err().flush();
        }
    }

    /** Passes packets through and counts them. */
    private final class Counting implements ArrivalSource {
        private final ArrivalSource source;

        Counting(ArrivalSource source) {
            this.source = source;
        }

        @Override
        public boolean next(Arrival out) {
            packets.increment();
            return source.next(out);
        }

        @Override
        public String describeFlow(int flow) {
            return source.describeFlow(flow);
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
