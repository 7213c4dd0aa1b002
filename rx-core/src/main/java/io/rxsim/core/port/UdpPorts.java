package io.rxsim.core.port;

import io.rxsim.core.kernel.Errno;
import io.rxsim.core.run.RandomStreams;

/**
 * The UDP sockets of one network namespace as far as ports go. Calls return a port, a socket, or the negative of an {@link Errno}.
 *
 * <p>Source: net/ipv4/udp.c {@code udp_lib_get_port}, {@code udp_lib_lport_inuse}, net/ipv4/af_inet.c {@code inet_autobind}, 6.18;
 * 2.6.35 has the same scheme without SO_REUSEPORT. Two sockets share a port if their addresses do not overlap, if both have
 * SO_REUSEADDR, or if both have SO_REUSEPORT and one owner; that holds for port 0 too.
 *
 * <p>Deviations as at {@link TcpPorts}. One thread.
 */
public final class UdpPorts {
    private final PortSettings settings;
    private final SocketTable sockets;
    private final PortRandom random;
    private final InUse inUse = new InUse();

    /**
     * No sockets.
     *
     * @param settings those of the namespace, which may change later
     * @param seed of its random numbers
     * @param maxSockets most sockets open at once
     */
    public UdpPorts(PortSettings settings, long seed, int maxSockets) {
        this.settings = settings;
        sockets = new SocketTable(maxSockets);
        random = PortRandom.of(RandomStreams.stream(seed, "ports/udp"));
    }

    /** A new socket, or -EMFILE, or -ENOPROTOOPT for an option that 2.6.35 does not know. */
    public int open(SocketOptions options) {
        if (!settings.isModern() && (options.reusePort() || options.localPortRange() != SocketOptions.NO_RANGE)) {
            return Errno.ENOPROTOOPT.result();
        }
        return sockets.open(options);
    }

    /**
     * bind(2).
     *
     * @param local number of an address, of the {@link Destinations} that the caller keeps
     * @param port the port, or 0 for any
     * @return the port; -EINVAL if the socket has one, -EACCES for a privileged port and another owner than uid 0, -EADDRINUSE
     */
    public int bind(int socket, int local, int port) {
        if (sockets.port(socket) != SocketTable.NONE || port < 0 || port > PortSet.MAX_PORT) {
            return Errno.EINVAL.result();
        }
        if (port != 0
                && port < settings.unprivilegedPortStart
                && sockets.options(socket).uid() != 0) {
            return Errno.EACCES.result();
        }
        final int taken = port == 0 ? choose(socket, local, random) : explicit(socket, local, port);
        if (taken >= 0) {
            sockets.set(socket, SocketTable.LOCAL, local);
            sockets.own(socket, taken);
        }
        return taken;
    }

    private int explicit(int socket, int local, int port) {
        return inUse.of(socket, local).free(port) ? port : Errno.EADDRINUSE.result();
    }

    /** The port that bind(0) would take, or -EADDRINUSE; nothing changes. */
    int choose(int socket, int local, PortRandom numbers) {
        final PortWindow window = windowOf(socket);
        final int port =
                PortSearch.udp(window, settings.udpSlots, settings.reserved.live(), numbers, inUse.of(socket, local));
        return port == PortSearch.NONE ? Errno.EADDRINUSE.result() : port;
    }

    /** The ports that a socket may be given. */
    PortWindow windowOf(int socket) {
        return PortWindow.of(settings.range, sockets.options(socket).localPortRange());
    }

    /** What connect(2) and sendto(2) do first to a socket without a port. Returns the port, or -EAGAIN where there is none. */
    public int autobind(int socket) {
        if (sockets.port(socket) != SocketTable.NONE) {
            return sockets.port(socket);
        }
        final int port = bind(socket, Destinations.ANY, 0);
        return port < 0 ? Errno.EAGAIN.result() : port;
    }

    /** close(2): the port is free at once. */
    public void close(int socket) {
        sockets.release(socket);
    }

    /** The port of a socket, or -1. */
    public int portOf(int socket) {
        return sockets.port(socket);
    }

    /** Sockets open. */
    public int openSockets() {
        return sockets.count();
    }

    /** Whether nobody in the way owns a port; set anew for each search. */
    private final class InUse implements PortSearch.Check {
        private int socket;
        private int local;

        InUse of(int asking, int address) {
            socket = asking;
            local = address;
            return this;
        }

        @Override
        public boolean free(int port) {
            for (int owner = sockets.firstOwner[port];
                    owner != SocketTable.NONE;
                    owner = sockets.get(owner, SocketTable.NEXT)) {
                if (SocketTable.overlap(local, sockets.get(owner, SocketTable.LOCAL)) && conflicts(owner)) {
                    return false;
                }
            }
            return true;
        }

        private boolean conflicts(int owner) {
            final SocketOptions mine = sockets.options(socket);
            final SocketOptions theirs = sockets.options(owner);
            final boolean reuse = mine.reuseAddress() && theirs.reuseAddress();
            final boolean reusePort = mine.reusePort() && theirs.reusePort() && mine.uid() == theirs.uid();
            return !reuse && !reusePort;
        }
    }
}
