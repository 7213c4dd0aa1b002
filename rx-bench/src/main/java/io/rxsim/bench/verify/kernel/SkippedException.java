package io.rxsim.bench.verify.kernel;

/** The running kernel cannot be verified here; the message is the reason, in one line. */
public final class SkippedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SkippedException(String reason) {
        super(reason.strip().replaceAll("\\s*\\R\\s*", "; "));
    }
}
