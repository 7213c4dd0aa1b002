package io.rxsim.bench.scenario;

/** Input that is refused: one line that says where, what is wrong, and what is allowed. */
public final class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Input without a place of its own. */
    public BadInputException(String message) {
        super(oneLine(message));
    }

    /** Input at a place. */
    public BadInputException(Where where, String message) {
        this(where + ": " + message);
    }

    private static String oneLine(String message) {
        return String.valueOf(message).replaceAll("\\s*\\R\\s*", " ").strip();
    }
}
