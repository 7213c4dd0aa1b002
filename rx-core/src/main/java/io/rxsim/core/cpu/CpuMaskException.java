package io.rxsim.core.cpu;

/** A CPU mask that the kernel refuses, with the errno it answers. */
public final class CpuMaskException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String errno;

    CpuMaskException(String errno, String reason) {
        super(errno + ": " + reason);
        this.errno = errno;
    }

    /** {@code EINVAL} or {@code EOVERFLOW}. */
    public String errno() {
        return errno;
    }
}
