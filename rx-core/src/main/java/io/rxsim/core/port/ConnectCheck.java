package io.rxsim.core.port;

import io.rxsim.core.port.PortSearch.Check;

/**
 * May a connecting socket have a port that others own? Not if one of them called bind(); else if it has no connection to the same
 * destination, or one in TIME_WAIT that may be reused. Source: net/ipv4/inet_hashtables.c {@code __inet_hash_connect}, {@code
 * __inet_check_established}, net/ipv4/tcp_ipv4.c {@code tcp_twsk_unique}. One object per table, set anew for each search.
 */
final class ConnectCheck implements Check {
    private static final long MS_NS = 1_000_000;
    private static final long SECOND_NS = 1_000_000_000;

    private final TcpPorts tcp;
    private final PortSettings settings;
    private final int[] firstOwner;
    private final int[] binders;
    private final FourTuples connections;
    private final boolean modern;
    private int to;
    private long nowNs;
    private int reused;

    ConnectCheck(TcpPorts tcp) {
        this.tcp = tcp;
        settings = tcp.settings;
        firstOwner = tcp.sockets.firstOwner;
        binders = tcp.binders;
        connections = tcp.connections;
        modern = settings.isModern();
    }

    /** A search for a destination begins. */
    ConnectCheck of(int destination, long now) {
        to = destination;
        nowNs = now;
        reused = SocketTable.NONE;
        return this;
    }

    @Override
    public boolean free(int port) {
        if (firstOwner[port] == SocketTable.NONE) {
            return true;
        }
        if (binders[port] > 0) {
            return false;
        }
        final int other = connections.get(to, port);
        if (other == SocketTable.NONE) {
            return true;
        }
        if (!mayReuse(other)) {
            return false;
        }
        reused = other;
        return true;
    }

    private boolean mayReuse(int other) {
        final int reuse = settings.tcpTwReuse;
        if (tcp.state(other) != TcpState.TIME_WAIT || reuse == 0 || !settings.tcpTimestamps) {
            return false;
        }
        if (reuse == PortSettings.REUSE_LOOPBACK && !tcp.destinations().get(to).isLoopback()) {
            return false;
        }
        final long sinceNs = tcp.timeWaitSinceNs(other);
        return modern
                ? nowNs / MS_NS - sinceNs / MS_NS > settings.tcpTwReuseDelayMs
                : nowNs / SECOND_NS - sinceNs / SECOND_NS > 1;
    }

    /** The connection in TIME_WAIT that gives way to the port granted last, or {@link SocketTable#NONE}. */
    int reused() {
        return reused;
    }
}
