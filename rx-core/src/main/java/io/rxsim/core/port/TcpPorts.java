package io.rxsim.core.port;

import io.rxsim.core.hash.SipHash;
import io.rxsim.core.kernel.Errno;
import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.RandomStreams;

/**
 * The TCP sockets of one network namespace as far as ports go: bind, listen, connect, close, TIME_WAIT. Calls return a port, a
 * socket or 0, or the negative of an {@link Errno}.
 *
 * <p>Source: net/ipv4/inet_connection_sock.c {@code inet_csk_get_port}, net/ipv4/inet_hashtables.c {@code __inet_hash_connect},
 * net/ipv4/tcp_ipv4.c {@code tcp_twsk_unique}, net/ipv4/inet_timewait_sock.c, 6.18; the same functions of 2.6.35. A port that a
 * bind() user owns is not for connect; one that only connects own is shared as long as the destinations differ.
 *
 * <p>Deviations: any local address is taken to be local; devices do not count; an IPv6 socket is never IPV6_V6ONLY; a connection
 * that its own side closes is in TIME_WAIT at once, one that the other side closes or a reset ends is gone at once. 2.6.35 takes
 * the port of fewest owners only when the search ends, not earlier where there are more sockets than ports.
 *
 * <p>Memory: 32 bytes per socket, 8 per slot of the hash of connections, of which there are 2 to 4 per connection, 12 per connection in
 * TIME_WAIT, each up to twice that since tables double, and 0.8 MB; it grows with the most sockets that were open at once, and
 * is bounded by the limit. A call allocates
 * nothing once rows and destinations are there. One thread; time never goes back.
 */
public final class TcpPorts {
    private static final int BIND_ATTEMPTS_2635 = 5;
    private static final int NONE = SocketTable.NONE;

    /** How a connection ends. */
    public enum End {
        /** This side closes first: TIME_WAIT. */
        ACTIVE,
        /** The other side closed first. */
        PASSIVE,
        /** A reset. */
        RESET
    }

    final PortSettings settings;
    final SocketTable sockets;
    private final Destinations destinations;
    final FourTuples connections = new FourTuples();
    private final TimeWaits timeWaits;
    private final BindCheck bindCheck;
    private final FewestOwners fewestOwners;
    private final ConnectCheck connectCheck;
    private final PortRandom random;
    private final ConnectPlaces places;

    private final boolean modern;
    /** bind() users of each port. */
    final int[] binders = new int[PortSet.PORTS];

    private int lastPassed;
    private long timeWaitOverflows;
    private long timeWaitReuses;

    /**
     * No sockets.
     *
     * @param settings those of the namespace, which may change later
     * @param seed of its random numbers and of the hash of destinations
     * @param maxSockets most sockets open at once, those in TIME_WAIT included
     */
    public TcpPorts(PortSettings settings, long seed, int maxSockets) {
        this.settings = settings;
        modern = settings.isModern();
        if (maxSockets < 1 || maxSockets >= 1 << FourTuples.SOCKET_BITS) {
            throw new IllegalArgumentException(
                    "maxSockets=" + maxSockets + ", allowed is 1 to " + ((1 << FourTuples.SOCKET_BITS) - 1));
        }
        sockets = new SocketTable(maxSockets);
        timeWaits = new TimeWaits(sockets);
        bindCheck = new BindCheck(this);
        fewestOwners = new FewestOwners(this);
        RandomStream keys = RandomStreams.stream(seed, "ports/key");
        destinations = new Destinations(new SipHash(keys.nextLong(), keys.nextLong()), modern);
        random = PortRandom.of(RandomStreams.stream(seed, "ports/tcp"));
        places = new ConnectPlaces(modern, random, seed);
        connectCheck = new ConnectCheck(this);
    }

    /** The destinations and addresses by number. */
    public Destinations destinations() {
        return destinations;
    }

    /** A new socket, or -EMFILE, or -ENOPROTOOPT for an option that 2.6.35 does not know. */
    public int open(SocketOptions options) {
        if (!modern && (options.reusePort() || options.localPortRange() != SocketOptions.NO_RANGE)) {
            return Errno.ENOPROTOOPT.result();
        }
        return sockets.open(options);
    }

    /**
     * bind(2).
     *
     * @param local number of an address
     * @param port the port, or 0 for any
     * @return the port; -EINVAL if the socket has one, -EACCES for a privileged port and another owner than uid 0, -EADDRINUSE
     */
    public int bind(int socket, int local, int port, long nowNs) {
        expire(nowNs);
        if (state(socket) != TcpState.CLOSED || sockets.port(socket) != NONE || port < 0 || port > PortSet.MAX_PORT) {
            return Errno.EINVAL.result();
        }
        final boolean privileged = sockets.options(socket).uid() == 0;
        if (port != 0 && port < settings.unprivilegedPortStart && !privileged) {
            return Errno.EACCES.result();
        }
        final int taken = port == 0 ? autobind(socket, local, random) : explicit(socket, local, port);
        if (taken < 0) {
            return taken;
        }
        sockets.set(socket, SocketTable.LOCAL, local);
        sockets.set(socket, SocketTable.STATE, TcpState.BOUND);
        sockets.markBinder(socket);
        sockets.own(socket, taken);
        binders[taken]++;
        return taken;
    }

    private int explicit(int socket, int local, int port) {
        return bindCheck.of(socket, local, true, true).free(port) ? port : Errno.EADDRINUSE.result();
    }

    /** The port that bind(0) would take, or -EADDRINUSE; nothing changes. */
    int autobind(int socket, int local, PortRandom numbers) {
        if (!modern) {
            return autobind2635(socket, local, numbers);
        }
        final int port = search(bindCheck.of(socket, local, false, false), numbers);
        if (port != NONE || !settings.autobindReuse) {
            return port == NONE ? Errno.EADDRINUSE.result() : port;
        }
        final int shared = search(bindCheck.of(socket, local, true, false), numbers);
        return shared == NONE ? Errno.EADDRINUSE.result() : shared;
    }

    private int search(BindCheck check, PortRandom numbers) {
        final boolean reuse = sockets.options(check.socket).reuseAddress();
        return PortSearch.bind618(windowOf(check.socket), reuse, settings.reserved.live(), numbers, check);
    }

    private int autobind2635(int socket, int local, PortRandom numbers) {
        final PortWindow window = PortWindow.of(settings.range, SocketOptions.NO_RANGE);
        for (int attempt = 0; attempt <= BIND_ATTEMPTS_2635; attempt++) {
            final int port = PortSearch.bind2635(window, settings.reserved.live(), numbers, fewestOwners.of(socket));
            if (port != NONE) {
                return port;
            }
            final int shared = fewestOwners.portToShare();
            if (shared == NONE) {
                break;
            }
            if (bindCheck.of(socket, local, true, true).free(shared)) {
                return shared;
            }
        }
        return Errno.EADDRINUSE.result();
    }

    /** listen(2): a socket without a port gets one as by bind(0). Returns the port, -EADDRINUSE, or -EINVAL if connected. */
    public int listen(int socket, long nowNs) {
        if (state(socket) == TcpState.CLOSED) {
            final int port = bind(socket, Destinations.ANY, 0, nowNs);
            if (port < 0) {
                return port;
            }
        }
        if (state(socket) != TcpState.BOUND && state(socket) != TcpState.LISTEN) {
            return Errno.EINVAL.result();
        }
        final int before = state(socket);
        sockets.set(socket, SocketTable.STATE, TcpState.LISTEN);
        if (!bindCheck
                .of(socket, sockets.get(socket, SocketTable.LOCAL), true, true)
                .free(sockets.port(socket))) {
            sockets.set(socket, SocketTable.STATE, before);
            return Errno.EADDRINUSE.result();
        }
        return sockets.port(socket);
    }

    /**
     * connect(2), established at once.
     *
     * @param to number of a destination
     * @return the local port, -EADDRNOTAVAIL, -EISCONN, or -EINVAL if the socket listens
     */
    public int connect(int socket, int to, long nowNs) {
        expire(nowNs);
        if (state(socket) == TcpState.ESTABLISHED) {
            return Errno.EISCONN.result();
        }
        if (state(socket) == TcpState.LISTEN) {
            return Errno.EINVAL.result();
        }
        if (state(socket) == TcpState.BOUND) {
            return connectBound(socket, to);
        }
        final PortWindow window = windowOf(socket);
        final long hash = destinations.hash(to, nowNs);
        final long found = search(window, places.base(hash), connectCheck.of(to, nowNs));
        if (found == PortSearch.NO_PORT) {
            return Errno.EADDRNOTAVAIL.result();
        }
        if (connectCheck.reused() != NONE) {
            timeWaitReuses++;
            forget(connectCheck.reused());
        }
        final int passed = PortSearch.passed(found);
        lastPassed = passed;
        places.advance(hash, window, passed);
        sockets.own(socket, PortSearch.port(found));
        establish(socket, to);
        return PortSearch.port(found);
    }

    private long search(PortWindow window, int base, PortSearch.Check check) {
        return modern
                ? PortSearch.connect618(window, base, settings.reserved.live(), check)
                : PortSearch.connect2635(window, base, settings.reserved.live(), check);
    }

    /**
     * The port that a connect from a place would take, or -EADDRNOTAVAIL; nothing changes.
     *
     * @param base the place, u32
     * @return port, and in the upper 32 bits how far behind the place it is; negative if there is none
     */
    long connectFrom(int base, int to, PortWindow window, long nowNs) {
        return search(window, base, connectCheck.of(to, nowNs));
    }

    /** A socket with a port keeps it, unless the connection exists; one in TIME_WAIT gives way where both ends use timestamps. */
    private int connectBound(int socket, int to) {
        final int other = connections.get(to, sockets.port(socket));
        if (other != NONE) {
            if (state(other) != TcpState.TIME_WAIT || !settings.tcpTimestamps) {
                return Errno.EADDRNOTAVAIL.result();
            }
            forget(other);
        }
        establish(socket, to);
        return sockets.port(socket);
    }

    private void establish(int socket, int to) {
        sockets.set(socket, SocketTable.STATE, TcpState.ESTABLISHED);
        sockets.set(socket, SocketTable.LOCAL, destinations.localOf(to));
        sockets.set(socket, SocketTable.DESTINATION, to);
        connections.put(to, sockets.port(socket), socket);
    }

    /** close(2), or the end of a connection by the other side. A socket that is not connected is gone, whatever {@code end} is. */
    public void close(int socket, End end, long nowNs) {
        expire(nowNs);
        if (sockets.get(socket, SocketTable.DESTINATION) == NONE || end != End.ACTIVE) {
            forget(socket);
            return;
        }
        if (timeWaits.size() >= settings.tcpMaxTwBuckets) {
            timeWaitOverflows++;
            forget(socket);
            return;
        }
        sockets.set(socket, SocketTable.STATE, TcpState.TIME_WAIT);
        timeWaits.add(socket, nowNs + settings.timeWaitNs);
    }

    /** Ends TIME_WAIT of all whose time is over. */
    public void expire(long nowNs) {
        for (int socket = timeWaits.due(nowNs); socket != NONE; socket = timeWaits.due(nowNs)) {
            forget(socket);
        }
    }

    private void forget(int socket) {
        if (state(socket) == TcpState.TIME_WAIT) {
            timeWaits.remove(socket);
        }
        if (sockets.get(socket, SocketTable.DESTINATION) != NONE) {
            connections.remove(sockets.get(socket, SocketTable.DESTINATION), sockets.port(socket));
        }
        if (isBinder(socket)) {
            binders[sockets.port(socket)]--;
        }
        sockets.set(socket, SocketTable.STATE, TcpState.CLOSED);
        sockets.release(socket);
    }

    /** The state of a socket, of {@link TcpState}. */
    int state(int socket) {
        return sockets.get(socket, SocketTable.STATE);
    }

    /** The ports that a socket may be given. */
    PortWindow windowOf(int socket) {
        return PortWindow.of(settings.range, sockets.options(socket).localPortRange());
    }

    /** When a connection entered TIME_WAIT. */
    long timeWaitSinceNs(int socket) {
        return timeWaits.endNs(socket) - settings.timeWaitNs;
    }

    /** Whether a socket called bind(). */
    boolean isBinder(int socket) {
        return sockets.isBinder(socket);
    }

    /** The port of a socket, or -1. */
    public int portOf(int socket) {
        return sockets.port(socket);
    }

    /** Whether any socket owns a port, TIME_WAIT included. */
    public boolean isOwned(int port) {
        return sockets.firstOwner[port] != NONE;
    }

    /** Whether a socket that called bind() owns a port. */
    public boolean isBound(int port) {
        return binders[port] > 0;
    }

    /** Sockets open, those in TIME_WAIT included. */
    public int openSockets() {
        return sockets.count();
    }

    /** Connections in TIME_WAIT. */
    public int timeWaits() {
        return timeWaits.size();
    }

    /** About how many ports the last successful connect asked, in the parity in which it found one. */
    public int lastTried() {
        return modern ? lastPassed / 2 + 1 : lastPassed;
    }

    /** Connects that took over a port in TIME_WAIT. */
    public long timeWaitReuses() {
        return timeWaitReuses;
    }

    /** Connections forgotten since there were tcp_max_tw_buckets already. */
    public long timeWaitOverflows() {
        return timeWaitOverflows;
    }

    /** Bytes of the tables now. */
    public long memoryBytes() {
        return sockets.bytes() + connections.bytes() + timeWaits.bytes() + 4L * binders.length + places.bytes();
    }
}
