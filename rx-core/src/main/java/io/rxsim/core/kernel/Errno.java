package io.rxsim.core.kernel;

/** Errors that system calls answer with (include/uapi/asm-generic/errno-base.h and errno.h). */
public enum Errno {
    /** No such file. */
    ENOENT(2),
    /** Try again: a datagram socket found no port when it was bound on first use. */
    EAGAIN(11),
    /** Out of memory. */
    ENOMEM(12),
    /** Permission denied. */
    EACCES(13),
    /** In use, or too much is under way. */
    EBUSY(16),
    /** Invalid argument. */
    EINVAL(22),
    /** Too many open files. */
    EMFILE(24),
    /** No room left. */
    ENOSPC(28),
    /** Result out of range. */
    ERANGE(34),
    /** Value too large. */
    EOVERFLOW(75),
    /** A socket option that the kernel does not know. */
    ENOPROTOOPT(92),
    /** A protocol that is not supported. */
    EPROTONOSUPPORT(93),
    /** Not supported by this device, or not in this way. */
    EOPNOTSUPP(95),
    /** The address, or every port, is in use. */
    EADDRINUSE(98),
    /** The address is not there; no port is left to connect from. */
    EADDRNOTAVAIL(99),
    /** Already connected. */
    EISCONN(106);

    private final int number;

    Errno(int number) {
        this.number = number;
    }

    /** The positive number; a failing system call returns its negative. */
    public int number() {
        return number;
    }

    /** What a failing call returns: the number, negative. */
    public int result() {
        return -number;
    }

    /**
     * The error of a negative result.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static Errno of(int result) {
        for (Errno errno : values()) {
            if (errno.result() == result) {
                return errno;
            }
        }
        throw new IllegalArgumentException("result=" + result + " is the result of no failing call");
    }
}
