package io.rxsim.bench.verify.trace;

/** A line or an event of a trace that cannot be read; the message says what is wrong and what is expected. */
public final class TraceLineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TraceLineException(String message) {
        super(message);
    }
}
