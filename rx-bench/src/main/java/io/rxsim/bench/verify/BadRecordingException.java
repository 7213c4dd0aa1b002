package io.rxsim.bench.verify;

/** A folder or file that cannot be verified: one line that says where and what is wrong. */
public final class BadRecordingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** A message of one line, beginning with the file or folder. */
    public BadRecordingException(String message) {
        super(message.replaceAll("\\s*\\R\\s*", " ").strip());
    }
}
