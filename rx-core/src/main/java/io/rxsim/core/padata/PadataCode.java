package io.rxsim.core.padata;

/** What padata's calls return (include/uapi/asm-generic/errno-base.h and errno.h): 0 or the negative of an error number. */
public final class PadataCode {
    /** Done. For {@code padata_do_parallel}: accepted in 6.18, not accepted in 2.6.3x. */
    public static final int OK = 0;
    /** No memory; here also: a driver's bound on control blocks is reached. */
    public static final int ENOMEM = -12;
    /** A control block is being replaced, or too many jobs are in flight: try again. */
    public static final int EBUSY = -16;
    /** Not running, or no such CPU or mask. */
    public static final int EINVAL = -22;
    /** Nothing to serialise before this CPU itself has done its job ({@code padata_get_next}, 2.6.3x). */
    public static final int ENODATA = -61;
    /** A mask names a CPU that cannot exist. */
    public static final int EOVERFLOW = -75;
    /** Accepted, {@code padata_do_parallel} of 2.6.3x; the next job is on another CPU, {@code padata_get_next}. */
    public static final int EINPROGRESS = -115;

    private PadataCode() {}

    /** The code as people write it, for example {@code -EBUSY}; the number where it has no name here. */
    public static String text(int code) {
        return switch (code) {
            case OK -> "0";
            case ENOMEM -> "-ENOMEM";
            case EBUSY -> "-EBUSY";
            case EINVAL -> "-EINVAL";
            case ENODATA -> "-ENODATA";
            case EOVERFLOW -> "-EOVERFLOW";
            case EINPROGRESS -> "-EINPROGRESS";
            default -> Integer.toString(code);
        };
    }
}
