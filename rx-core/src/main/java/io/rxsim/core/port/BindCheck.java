package io.rxsim.core.port;

import io.rxsim.core.port.PortSearch.Check;

/**
 * May a socket bind to a port that others own? Source: net/ipv4/inet_connection_sock.c {@code inet_csk_bind_conflict}, {@code
 * inet_bind_conflict}, 6.18; {@code inet_csk_bind_conflict} of 2.6.35. One object per table, set anew for each search.
 */
final class BindCheck implements Check {
    private final TcpPorts tcp;
    private final SocketTable sockets;
    private final boolean modern;
    /** The socket that asks. */
    int socket;

    private int local;
    private boolean relaxed;
    private boolean reusePortAllowed;

    BindCheck(TcpPorts tcp) {
        this.tcp = tcp;
        sockets = tcp.sockets;
        modern = tcp.settings.isModern();
    }

    /**
     * A question about a socket and an address.
     *
     * @param mayRelax whether SO_REUSEADDR of both sides lets them share: an explicit port, or the last resort of bind(0)
     * @param mayReusePort whether SO_REUSEPORT of both does
     */
    BindCheck of(int asking, int address, boolean mayRelax, boolean mayReusePort) {
        socket = asking;
        local = address;
        relaxed = mayRelax;
        reusePortAllowed = mayReusePort;
        return this;
    }

    @Override
    public boolean free(int port) {
        for (int owner = sockets.firstOwner[port];
                owner != SocketTable.NONE;
                owner = sockets.get(owner, SocketTable.NEXT)) {
            if (owner != socket
                    && SocketTable.overlap(local, sockets.get(owner, SocketTable.LOCAL))
                    && conflicts(owner)) {
                return false;
            }
        }
        return true;
    }

    private boolean conflicts(int owner) {
        final SocketOptions mine = sockets.options(socket);
        final SocketOptions theirs = sockets.options(owner);
        final boolean reuse = mine.reuseAddress() && theirs.reuseAddress() && tcp.state(owner) != TcpState.LISTEN;
        if (!modern) {
            return !reuse;
        }
        final boolean reusePort = mine.reusePort() && theirs.reusePort();
        final boolean sameOwner = tcp.state(owner) == TcpState.TIME_WAIT || mine.uid() == theirs.uid();
        if (reuse) {
            return !relaxed || !reusePortAllowed && reusePort && sameOwner;
        }
        return !reusePortAllowed || !reusePort || !sameOwner;
    }
}
