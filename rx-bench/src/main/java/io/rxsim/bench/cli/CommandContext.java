package io.rxsim.bench.cli;

import io.rxsim.core.run.Engine;
import io.rxsim.core.run.StopSignal;
import java.io.InputStream;
import java.io.PrintStream;

/**
 * What a command works with.
 *
 * @param engine runs scenarios
 * @param stop asks runs to end early
 * @param out takes results
 * @param err takes diagnostics
 * @param in what a command reads when no argument names its input
 */
record CommandContext(Engine engine, StopSignal stop, PrintStream out, PrintStream err, InputStream in) {
    /** A remark that is no result. */
    void note(String text) {
        err.println("rx: " + text);
    }
}
