package io.rxsim.bench.cli;

/** What the program ends with. */
final class ExitCode {
    /** Done. */
    static final int DONE = 0;

    /** The run failed, or a check did not hold. */
    static final int FAILED = 1;

    /** Bad usage or bad input. */
    static final int BAD_INPUT = 2;

    /** Ended by Ctrl-C; what was measured has been printed. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
