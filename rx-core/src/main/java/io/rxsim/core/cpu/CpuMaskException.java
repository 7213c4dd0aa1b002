package io.rxsim.core.cpu;

import io.rxsim.core.kernel.Errno;

/** A CPU mask that the kernel refuses, with the errno it answers. */
public final class CpuMaskException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final Errno errno;

    CpuMaskException(Errno errno, String reason) {
        super(errno + ": " + reason);
        this.errno = errno;
    }

    /** {@code EINVAL} or {@code EOVERFLOW}. */
    public Errno errno() {
        return errno;
    }
}
