package io.rxsim.bench.verify;

import io.rxsim.core.kernel.Errno;
import io.rxsim.core.packet.IpAddress;
import io.rxsim.core.port.Destinations;
import io.rxsim.core.port.PortSet;
import io.rxsim.core.port.PortSettings;
import io.rxsim.core.port.SocketOptions;
import io.rxsim.core.port.TcpPorts;
import io.rxsim.core.port.UdpPorts;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sockets of the recorded network namespace, all over loopback, which connect to listeners there. One thread. */
final class RecordedPorts {
    private static final int MAX_SOCKETS = 4096;
    private static final int SERVER_PORT = 50_001;
    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})-(\\d{1,5})");

    final PortSettings settings;
    final TcpPorts tcp;
    final UdpPorts udp;
    private final Map<String, Integer> addresses = new TreeMap<>();
    private final Map<String, Integer> destinations = new TreeMap<>();
    /** Moves on by hand: recordings hold no times. */
    long nowNs;

    /** Sockets under the range and the reserved ports of a row. */
    RecordedPorts(RecordedKernel kernel, RecordedRow row) {
        settings = new PortSettings(kernel.rules());
        Matcher range = RANGE.matcher(row.text("range"));
        if (!range.matches()) {
            throw row.bad("range=" + row.text("range") + ", allowed is a range of ports such as 40000-40019");
        }
        try {
            settings.range.set(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)));
            settings.reserved.set(PortSet.parse(row.text("reserved")));
        } catch (IllegalArgumentException e) {
            throw row.bad("range, reserved: " + e.getMessage());
        }
        tcp = new TcpPorts(settings, kernel.seed(), MAX_SOCKETS);
        udp = new UdpPorts(settings, kernel.seed(), MAX_SOCKETS);
    }

    /** Number of an address. */
    int address(String text) {
        return addresses.computeIfAbsent(text, unseen -> tcp.destinations().address(IpAddress.parse(text)));
    }

    /** A connection from 127.0.0.1, or ::1, to one of the recorder's listeners. */
    int destination(String remote) {
        return destinations.computeIfAbsent(remote, unseen -> {
            String local = remote.contains(":") ? "::1" : "127.0.0.1";
            return tcp.destinations()
                    .of(new Destinations.Destination(IpAddress.parse(local), IpAddress.parse(remote), SERVER_PORT));
        });
    }

    /** Opens a socket and binds it to any port of an address. */
    int bindAny(SocketOptions options, int local) {
        final int socket = tcp.open(options);
        return socket < 0 ? socket : tcp.bind(socket, local, 0, nowNs);
    }

    /** Opens a socket and connects it. */
    int connect(SocketOptions options, int to) {
        final int socket = tcp.open(options);
        return socket < 0 ? socket : tcp.connect(socket, to, nowNs);
    }

    /** Connects until the first failure; how many there were. */
    int connectAll(int to) {
        int connections = 0;
        while (connect(SocketOptions.DEFAULT, to) >= 0) {
            connections++;
        }
        return connections;
    }

    /** {@code ok}, or the errno. */
    static String okOrErrno(int result) {
        return result >= 0 ? "ok" : Errno.of(result).name();
    }
}
