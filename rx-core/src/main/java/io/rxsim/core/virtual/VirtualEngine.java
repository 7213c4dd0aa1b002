package io.rxsim.core.virtual;

import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.Engine;
import io.rxsim.core.run.Load;
import io.rxsim.core.run.Measure;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.run.RxObserver;
import io.rxsim.core.run.Scenario;
import io.rxsim.core.run.StopSignal;
import java.io.UncheckedIOException;

/**
 * Runs a scenario as discrete events in virtual nanoseconds: one scenario, one digest, on any machine.
 *
 * <p>Thread-safe: every run has its own host.
 */
public final class VirtualEngine implements Engine {
    private static final int STOP_POLL_MASK = 0xfff;

    @Override
    public RunResult run(Scenario scenario, RxObserver observer, StopSignal stop) {
        try (ArrivalSource source = scenario.load().arrivals().open()) {
            VirtualHost host = new VirtualHost(scenario, observer);
            host.attach(source);
            boolean complete = carry(scenario, source, host, stop);
            if (complete && host.clients.isClosedLoop()) {
                complete = loop(scenario, host, stop);
            }
            if (complete) {
                host.drain();
            }
            return new ResultAssembly(host, source).result(!complete);
        } catch (UncheckedIOException malformedInput) {
            throw malformedInput;
        } catch (RuntimeException broken) {
            String what = broken instanceof IllegalStateException ? broken.getMessage() : broken.toString();
            throw new IllegalStateException(
                    "seed=" + scenario.seed() + " variant=" + scenario.name() + ": " + what, broken);
        }
    }

    /** Offers all arrivals; false if stopped before the end. */
    private static boolean carry(Scenario scenario, ArrivalSource source, VirtualHost host, StopSignal stop) {
        final Measure measure = scenario.measure();
        final long endNs = measure.durationNs() == Measure.UNTIL_END
                ? Measure.UNTIL_END
                : measure.warmupNs() + measure.durationNs();
        final boolean timed = scenario.load().pacing() == Load.Pacing.TIMED;
        final Arrival arrival = new Arrival();
        long count = 0;
        while (source.next(arrival)) {
            if (!timed) {
                waitForRoom(host, scenario.load().window());
                arrival.timeNs = host.nowNs();
            }
            if (arrival.timeNs >= endNs) {
                return true;
            }
            host.offer(arrival);
            if ((++count & STOP_POLL_MASK) == 0 && stop.stopRequested()) {
                return false;
            }
        }
        return true;
    }

    /** Lets a closed loop go on to the end of the measured time; false if stopped before. */
    private static boolean loop(Scenario scenario, VirtualHost host, StopSignal stop) {
        final Measure measure = scenario.measure();
        if (measure.durationNs() == Measure.UNTIL_END) {
            throw new IllegalArgumentException("measure.duration is missing: a closed loop has no end of its own");
        }
        final long warmNs = Math.max(host.nowNs(), measure.warmupNs());
        final long endNs = Math.max(warmNs, measure.warmupNs() + measure.durationNs());
        if (host.runTowards(warmNs, stop)) {
            host.endWarmup();
            return host.runTowards(endNs, stop);
        }
        return false;
    }

    private static void waitForRoom(VirtualHost host, int window) {
        while (host.inside() >= window) {
            if (!host.step()) {
                throw new IllegalStateException(host.inside() + " packets are inside and nothing is due");
            }
        }
    }
}
