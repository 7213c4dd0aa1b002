package io.rxsim.bench.verify;

import io.rxsim.core.port.Destinations;
import io.rxsim.core.port.PossiblePorts;
import io.rxsim.core.port.SocketOptions;
import io.rxsim.core.port.TcpPorts;

/**
 * What the recorder did to be given a port, by its words. A socket is opened, asked, and kept or closed.
 *
 * @param kind the calls
 * @param options set before
 * @param address bound or connected to
 */
record PortOperation(Kind kind, SocketOptions options, String address) {
    private static final String ANY4 = "0.0.0.0";
    private static final String LOOPBACK4 = "127.0.0.1";

    /** The calls. */
    enum Kind {
        TCP_BIND,
        TCP_LISTEN,
        TCP_CONNECT,
        TCP_BIND_CONNECT,
        UDP_BIND,
        UDP_AUTOBIND
    }

    /** The operation of the words, or null. */
    static PortOperation of(String words) {
        final SocketOptions plain = SocketOptions.DEFAULT;
        return switch (words) {
            case "tcp bind" -> new PortOperation(Kind.TCP_BIND, plain, ANY4);
            case "tcp bind lo" -> new PortOperation(Kind.TCP_BIND, plain, LOOPBACK4);
            case "tcp bind6" -> new PortOperation(Kind.TCP_BIND, plain, "::");
            case "tcp bind reuseaddr" -> new PortOperation(Kind.TCP_BIND, plain.withReuseAddress(), ANY4);
            case "tcp bind reuseport" -> new PortOperation(Kind.TCP_BIND, plain.withReusePort(), ANY4);
            case "tcp listen" -> new PortOperation(Kind.TCP_LISTEN, plain, ANY4);
            case "tcp connect", "tcp connect no_port" -> new PortOperation(Kind.TCP_CONNECT, plain, LOOPBACK4);
            case "tcp connect after bind" -> new PortOperation(Kind.TCP_BIND_CONNECT, plain, LOOPBACK4);
            case "udp bind" -> new PortOperation(Kind.UDP_BIND, plain, ANY4);
            case "udp bind lo" -> new PortOperation(Kind.UDP_BIND, plain, LOOPBACK4);
            case "udp bind6" -> new PortOperation(Kind.UDP_BIND, plain, "::");
            case "udp bind reuseaddr" -> new PortOperation(Kind.UDP_BIND, plain.withReuseAddress(), ANY4);
            case "udp connect", "udp connect6", "udp sendto" -> new PortOperation(Kind.UDP_AUTOBIND, plain, ANY4);
            default -> null;
        };
    }

    /** Whether it is about datagrams. */
    boolean isUdp() {
        return kind == Kind.UDP_BIND || kind == Kind.UDP_AUTOBIND;
    }

    /** Opens a socket; the socket, or the negative errno. */
    int open(RecordedPorts ports) {
        return isUdp() ? ports.udp.open(options) : ports.tcp.open(options);
    }

    /** Asks for a port; the port, or the negative errno. */
    int ask(RecordedPorts ports, int socket) {
        final int local = ports.address(address);
        return switch (kind) {
            case TCP_BIND -> ports.tcp.bind(socket, local, 0, ports.nowNs);
            case TCP_LISTEN -> ports.tcp.listen(socket, ports.nowNs);
            case TCP_CONNECT -> ports.tcp.connect(socket, ports.destination(address), ports.nowNs);
            case TCP_BIND_CONNECT -> bindThenConnect(ports, socket, local);
            case UDP_BIND -> ports.udp.bind(socket, local, 0);
            case UDP_AUTOBIND -> ports.udp.autobind(socket);
        };
    }

    private int bindThenConnect(RecordedPorts ports, int socket, int local) {
        final int port = ports.tcp.bind(socket, local, 0, ports.nowNs);
        return port < 0 ? port : ports.tcp.connect(socket, ports.destination(address), ports.nowNs);
    }

    /** All that asking may give now. */
    PossiblePorts possible(RecordedPorts ports, int socket) {
        final int local = ports.address(address);
        return switch (kind) {
            case TCP_BIND, TCP_BIND_CONNECT -> PossiblePorts.ofBind(ports.tcp, socket, local);
            case TCP_LISTEN -> PossiblePorts.ofBind(ports.tcp, socket, Destinations.ANY);
            case TCP_CONNECT -> PossiblePorts.ofConnect(ports.tcp, socket, ports.destination(address), ports.nowNs);
            case UDP_BIND -> PossiblePorts.ofUdpBind(ports.udp, socket, local);
            case UDP_AUTOBIND -> PossiblePorts.ofUdpBind(ports.udp, socket, Destinations.ANY);
        };
    }

    /** Closes the socket, so that its port is free at once. */
    void close(RecordedPorts ports, int socket) {
        if (isUdp()) {
            ports.udp.close(socket);
        } else {
            ports.tcp.close(socket, TcpPorts.End.RESET, ports.nowNs);
        }
    }
}
