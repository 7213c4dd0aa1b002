package io.rxsim.bench.verify.kernel;

/** The verification broke off: a process of it ended, or the kernel refused what it had accepted before. */
final class VerificationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    VerificationException(String message) {
        super(message);
    }

    VerificationException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
