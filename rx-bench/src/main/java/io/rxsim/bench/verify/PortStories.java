package io.rxsim.bench.verify;

import io.rxsim.core.kernel.Errno;
import io.rxsim.core.port.Destinations;
import io.rxsim.core.port.PortSet;
import io.rxsim.core.port.PossiblePorts;
import io.rxsim.core.port.SocketOptions;
import io.rxsim.core.port.TcpPorts;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stories of {@code ports_explicit} that took the recorder several calls: what was recorded if it is possible, else what is. */
final class PortStories {
    private static final Pattern PORT = Pattern.compile("\\d{5}");
    private static final long MS_NS = 1_000_000;

    private PortStories() {}

    /** Connects that the client closes at once, by the recorded ports, until none is left. */
    static String connectCloseRepeat(RecordedPorts ports, String recorded) {
        final int to = ports.destination("127.0.0.1");
        for (String given : recorded.replaceAll(" \\(.*", "").split(" ")) {
            ports.nowNs += MS_NS;
            final int socket = ports.tcp.open(SocketOptions.DEFAULT);
            PossiblePorts possible = PossiblePorts.ofConnect(ports.tcp, socket, to, ports.nowNs);
            if (!PORT.matcher(given).matches()) {
                if (!given.equals(Errno.EADDRNOTAVAIL.name()) || !possible.mayFail()) {
                    return "one of " + possible.ports() + " where " + given + " is recorded";
                }
                continue;
            }
            final int port = Integer.parseInt(given);
            if (!possible.ports().contains(port)) {
                return "one of " + possible.ports() + " where " + given + " is recorded";
            }
            take(ports, socket, port, to);
            ports.tcp.close(socket, TcpPorts.End.ACTIVE, ports.nowNs);
        }
        return recorded;
    }

    /** The recorded port becomes the model's: nothing but it is left while the socket connects. */
    private static void take(RecordedPorts ports, int socket, int port, int to) {
        PortSet reserved = ports.settings.reserved.ports();
        PortSet others = new PortSet();
        others.add(0, PortSet.MAX_PORT);
        PortSet only = new PortSet();
        only.add(port, port);
        others.removeAll(only);
        ports.settings.reserved.set(others);
        ports.tcp.connect(socket, to, ports.nowNs);
        ports.settings.reserved.set(reserved);
    }

    /** Ten ports bound as recorded, then connects until one fails: how many there were, and whether a port was given twice. */
    static String bindTenThenConnect(RecordedPorts ports, String action, String recorded) {
        PortSet bound = new PortSet();
        for (Matcher port = PORT.matcher(action); port.find(); ) {
            final int number = Integer.parseInt(port.group());
            final int socket = ports.tcp.open(SocketOptions.DEFAULT);
            if (!PossiblePorts.ofBind(ports.tcp, socket, Destinations.ANY)
                    .ports()
                    .contains(number)) {
                return "no bind(0) of " + number;
            }
            ports.tcp.bind(socket, Destinations.ANY, number, 0);
            bound.add(number, number);
        }
        int connects = 0;
        int overlap = 0;
        int port = ports.connect(SocketOptions.DEFAULT, ports.destination("127.0.0.1"));
        for (; port >= 0; port = ports.connect(SocketOptions.DEFAULT, ports.destination("127.0.0.1"))) {
            connects++;
            overlap += bound.contains(port) ? 1 : 0;
        }
        return connects + " connects then " + Errno.of(port) + "; overlap " + overlap;
    }

    /** What a socket with options may be given. */
    static PossiblePorts possible(RecordedPorts ports, String call, SocketOptions options) {
        return switch (call) {
            case "bind" -> PossiblePorts.ofBind(ports.tcp, ports.tcp.open(options), Destinations.ANY);
            case "connect" ->
                PossiblePorts.ofConnect(ports.tcp, ports.tcp.open(options), ports.destination("127.0.0.1"), 0);
            default -> PossiblePorts.ofUdpBind(ports.udp, ports.udp.open(options), Destinations.ANY);
        };
    }
}
