package io.rxsim.core.port;

/**
 * What a socket's owner set before it asked for a port. Immutable; any thread.
 *
 * @param reuseAddress SO_REUSEADDR
 * @param reusePort SO_REUSEPORT, not in 2.6.35
 * @param uid the owner
 * @param localPortRange IP_LOCAL_PORT_RANGE: highest port in the upper 16 bits, lowest in the lower, 0 for none; not in 2.6.35
 */
public record SocketOptions(boolean reuseAddress, boolean reusePort, int uid, int localPortRange) {
    /** No IP_LOCAL_PORT_RANGE. */
    public static final int NO_RANGE = 0;

    /** Nothing set, uid 0. */
    public static final SocketOptions DEFAULT = new SocketOptions(false, false, 0, NO_RANGE);

    /** Validates the range as {@code setsockopt} does: EINVAL if both bounds are given and the lower one is above. */
    public SocketOptions {
        int low = localPortRange & PortSet.MAX_PORT;
        int high = localPortRange >>> 16;
        if (low != 0 && high != 0 && low > high) {
            throw new PortListException(1, "IP_LOCAL_PORT_RANGE " + low + "-" + high + ", the lower port comes first");
        }
    }

    /** With SO_REUSEADDR. */
    public SocketOptions withReuseAddress() {
        return new SocketOptions(true, reusePort, uid, localPortRange);
    }

    /** With SO_REUSEPORT. */
    public SocketOptions withReusePort() {
        return new SocketOptions(reuseAddress, true, uid, localPortRange);
    }

    /** With IP_LOCAL_PORT_RANGE; 0 leaves a bound to the namespace. */
    public SocketOptions withRange(int low, int high) {
        return new SocketOptions(reuseAddress, reusePort, uid, high << 16 | low);
    }
}
