package io.rxsim.core.sysctl;

import io.rxsim.core.kernel.Errno;

/**
 * What a write(2) to a {@link Knob} answers.
 *
 * @param ret bytes taken, which may be fewer than were given; -1 for an error
 * @param errno the error, or null
 * @param reason why it was refused, in a few words; null if it was not
 */
public record Written(int ret, Errno errno, String reason) {
    /** So many bytes were taken. */
    static Written taken(int bytes) {
        return new Written(bytes, null, null);
    }

    /** Refused. */
    static Written refused(Errno errno, String reason) {
        return new Written(-1, errno, reason);
    }

    /** Whether it was refused. */
    public boolean isRefused() {
        return errno != null;
    }
}
