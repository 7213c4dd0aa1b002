package io.rxsim.core.kernel;

/** Errors that system calls answer with (include/uapi/asm-generic/errno-base.h and errno.h). */
public enum Errno {
    /** No such file. */
    ENOENT(2),
    /** Out of memory. */
    ENOMEM(12),
    /** In use, or too much is under way. */
    EBUSY(16),
    /** Invalid argument. */
    EINVAL(22),
    /** No room left. */
    ENOSPC(28),
    /** Result out of range. */
    ERANGE(34),
    /** Value too large. */
    EOVERFLOW(75),
    /** A protocol that is not supported. */
    EPROTONOSUPPORT(93);

    private final int number;

    Errno(int number) {
        this.number = number;
    }

    /** The positive number; a failing system call returns its negative. */
    public int number() {
        return number;
    }
}
