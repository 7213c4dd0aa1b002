package io.rxsim.bench.micro;

/** A benchmark threw; the message names it and what was thrown. */
public final class BenchmarkFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** With the message that the user sees. */
    public BenchmarkFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
