package io.rxsim.core.port;

import io.rxsim.core.kernel.Errno;

/** A text that the kernel refuses with EINVAL, and where. */
public final class PortListException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final int column;

    PortListException(int column, String reason) {
        super(reason);
        this.column = column;
    }

    /** The byte at which it goes wrong, from 1; one behind the end if something is missing there. */
    public int column() {
        return column;
    }

    /** What the write answers. */
    public Errno errno() {
        return Errno.EINVAL;
    }
}
