package io.rxsim.core.port;

import io.rxsim.core.port.PortSearch.Check;

/**
 * bind(0) of 2.6.35: a port that nobody owns, or else the first of those with fewest owners among the ports whose owners all let
 * others share. Source: net/ipv4/inet_connection_sock.c {@code inet_csk_get_port}, 2.6.35. One object per table.
 */
final class FewestOwners implements Check {
    private final TcpPorts tcp;
    private final SocketTable sockets;
    private boolean mayShare;
    private int fewest;
    private int port;

    FewestOwners(TcpPorts tcp) {
        this.tcp = tcp;
        sockets = tcp.sockets;
    }

    /** A search for a socket begins. */
    FewestOwners of(int socket) {
        mayShare = sockets.options(socket).reuseAddress();
        fewest = Integer.MAX_VALUE;
        port = PortSearch.NONE;
        return this;
    }

    @Override
    public boolean free(int asked) {
        if (sockets.firstOwner[asked] == SocketTable.NONE) {
            return true;
        }
        final int owners = mayShare ? sharingOwners(asked) : Integer.MAX_VALUE;
        if (owners < fewest) {
            fewest = owners;
            port = asked;
        }
        return false;
    }

    /** Owners of a port, a number above all if one of them shares with nobody. */
    private int sharingOwners(int asked) {
        int owners = 0;
        for (int owner = sockets.firstOwner[asked];
                owner != SocketTable.NONE;
                owner = sockets.get(owner, SocketTable.NEXT)) {
            final boolean shares =
                    tcp.isBinder(owner) && sockets.options(owner).reuseAddress() && tcp.state(owner) != TcpState.LISTEN;
            if (!shares) {
                return Integer.MAX_VALUE;
            }
            owners++;
        }
        return owners;
    }

    /** The port to share, or {@link PortSearch#NONE}. */
    int portToShare() {
        return port;
    }
}
