package io.rxsim.workload.capture;

import java.io.IOException;

/**
 * A capture that cannot be read. The message is one line, {@code FILE:offset N: what is wrong, what is allowed}, ready for
 * standard error; the offset counts bytes of the capture itself, after decompression, and is absent where no byte was read.
 */
public final class CaptureException extends IOException {
    private static final long serialVersionUID = 1L;

    private CaptureException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * A fault at a byte of the capture.
     *
     * @param file name of the capture as the user gave it
     * @param offset first byte of the faulty header or block
     * @param fault what is wrong and what is allowed
     */
    static CaptureException at(String file, long offset, String fault) {
        return at(file, offset, fault, null);
    }

    /** A fault at a byte of the capture, found by {@code cause}. */
    static CaptureException at(String file, long offset, String fault, Throwable cause) {
        return new CaptureException(printable(file) + ":offset " + offset + ": " + printable(fault), cause);
    }

    /** A fault of the file as a whole: missing, a directory, not readable. */
    static CaptureException of(String file, String fault, Throwable cause) {
        return new CaptureException(printable(file) + ": " + printable(fault), cause);
    }

    /** File names and messages of the operating system may hold line breaks; the message must stay one line. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
