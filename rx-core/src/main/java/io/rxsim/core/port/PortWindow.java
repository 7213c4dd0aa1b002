package io.rxsim.core.port;

/**
 * The ports that a socket may be given: the range of its namespace, narrowed by its own IP_LOCAL_PORT_RANGE.
 *
 * <p>Source: net/ipv4/inet_connection_sock.c {@code inet_sk_get_local_port_range}, 6.18: each of the option's bounds counts only
 * if it lies inside the range. Immutable; any thread.
 *
 * @param low the lowest port
 * @param high the highest port
 * @param ofSocket whether the socket has the option, even if neither bound counts
 */
public record PortWindow(int low, int high, boolean ofSocket) {
    /** The window of a namespace's range under an option; {@link SocketOptions#NO_RANGE} is none. */
    static PortWindow of(LocalPortRange range, int option) {
        if (option == SocketOptions.NO_RANGE) {
            return range.window();
        }
        final int optionLow = option & PortSet.MAX_PORT;
        final int optionHigh = option >>> 16;
        final int low = range.contains(optionLow) ? optionLow : range.low();
        final int high = low <= optionHigh && optionHigh <= range.high() ? optionHigh : range.high();
        return new PortWindow(low, high, true);
    }

    /** Ports in the window. */
    int count() {
        return high - low + 1;
    }
}
