package io.rxsim.bench.verify;

import io.rxsim.core.kernel.Errno;
import io.rxsim.core.port.Destinations;
import io.rxsim.core.port.PortListException;
import io.rxsim.core.port.PortSet;
import io.rxsim.core.port.PossiblePorts;
import io.rxsim.core.port.SocketOptions;
import io.rxsim.core.port.TcpPorts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code ports_explicit}: steps of small stories about reserved ports, full ranges, IP_LOCAL_PORT_RANGE and TIME_WAIT. Rows whose
 * result is {@code ok}, an errno, True or False must have just that; where a row lists ports, each must be one that the model may
 * give there.
 */
final class PortsExplicitCheck implements FileCheck {
    private static final Pattern BIND =
            Pattern.compile("(tcp|udp)6?(?: SO_REUSEADDR| (SO_REUSEADDR))? bind\\((?:port 0|(.+):(\\d+))\\)");
    private static final Pattern OPTION = Pattern.compile("(bind|connect|udp bind) with option (\\d+)-(\\d+)");
    private static final Pattern COUNTED = Pattern.compile("(\\w+):\\d+");

    private final RecordedKernel kernel;
    private String story = "";
    private RecordedPorts ports;
    private List<Integer> sockets = new ArrayList<>();

    PortsExplicitCheck(RecordedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<String> columns() {
        return List.of("case", "range", "reserved", "action", "result");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        final String key = row.text("case") + "/" + row.text("range") + "/" + row.text("reserved");
        if (!key.equals(story)) {
            story = key;
            ports = new RecordedPorts(kernel, row);
            sockets = new ArrayList<>();
            begin(row.text("case"));
        }
        Matcher option = OPTION.matcher(row.text("action"));
        if (option.matches()) {
            tally.judge(row, optionDifference(option, row.text("result")));
            return;
        }
        final String modelled = act(row.text("action"), row.text("result"));
        if (modelled == null) {
            tally.skip("an action in unknown words");
            return;
        }
        tally.judge(
                row,
                modelled.equals(row.text("result"))
                        ? null
                        : "result is " + row.text("result") + ", the model gives " + modelled);
    }

    /** What the recorder did before the first row of a story. */
    private void begin(String about) {
        switch (about) {
            case "all 20 ports taken by bind" -> bindAll();
            case "reserve ports that are in use" -> {
                ports.settings.reserved.set(new PortSet());
                bindAll();
            }
            case "connect capacity" -> {}
            case "20+20 connections hold the range" -> {
                ports.connectAll(ports.destination("127.0.0.1"));
                ports.connectAll(ports.destination("127.0.0.2"));
            }
            default -> {}
        }
    }

    private void bindAll() {
        int port = 0;
        while (port >= 0) {
            final int socket = ports.tcp.open(SocketOptions.DEFAULT);
            port = ports.tcp.bind(socket, Destinations.ANY, 0, 0);
            if (port >= 0) {
                sockets.add(socket);
            }
        }
    }

    /** What the model answers to an action; null for unknown words. What lists ports is given back if it is possible. */
    private String act(String action, String recorded) {
        Matcher bind = BIND.matcher(action);
        if (bind.matches()) {
            return bind(bind);
        }
        final int to = ports.destination("127.0.0.1");
        return switch (action) {
            case "tcp listen", "tcp6 listen" -> RecordedPorts.okOrErrno(ports.tcp.listen(last(), 0));
            case "udp connect", "udp6 connect" -> RecordedPorts.okOrErrno(ports.udp.autobind(last()));
            case "tcp connect", "tcp connect without bind", "tcp6 connect without bind" ->
                RecordedPorts.okOrErrno(ports.connect(SocketOptions.DEFAULT, to));
            case "udp connect without bind", "udp6 connect without bind", "udp sendto without bind" ->
                RecordedPorts.okOrErrno(ports.udp.autobind(ports.udp.open(SocketOptions.DEFAULT)));
            case "tcp bind(40005) then connect" -> bindThenConnect(40_005, to);
            case "tcp listen without bind" ->
                RecordedPorts.okOrErrno(ports.tcp.listen(ports.tcp.open(SocketOptions.DEFAULT), 0));
            case "write 40000-40019" -> write("40000-40019");
            case "socket still bound" -> ports.tcp.isBound(ports.settings.range.low()) ? "True" : "False";
            case "one closed, tcp bind(port 0)" -> closeOneThenBind();
            case "explicit bind of the port just closed" -> bindClosedPort();
            case "to 127.0.0.1:50001 after 20 connections" -> afterTwenty("127.0.0.1");
            case "to 127.0.0.2:50001 after 20 connections" -> afterTwenty("127.0.0.2");
            case "connect, close, repeat" -> PortStories.connectCloseRepeat(ports, recorded);
            case "connect to another destination" -> possibleConnect(recorded);
            default -> action.startsWith("bound [") ? PortStories.bindTenThenConnect(ports, action, recorded) : null;
        };
    }

    private int last() {
        return sockets.get(sockets.size() - 1);
    }

    private String bind(Matcher words) {
        final boolean udp = words.group(1).equals("udp");
        SocketOptions options =
                words.group(2) == null ? SocketOptions.DEFAULT : SocketOptions.DEFAULT.withReuseAddress();
        final int local = words.group(3) == null ? Destinations.ANY : ports.address(words.group(3));
        final int port = words.group(4) == null ? 0 : Integer.parseInt(words.group(4));
        final int socket = udp ? ports.udp.open(options) : ports.tcp.open(options);
        final int result = udp ? ports.udp.bind(socket, local, port) : ports.tcp.bind(socket, local, port, ports.nowNs);
        if (result >= 0 && port == 0) {
            return "port in range: " + (ports.settings.range.contains(result) ? "True" : "False");
        }
        sockets.add(socket);
        return RecordedPorts.okOrErrno(result);
    }

    private String bindThenConnect(int port, int to) {
        final int socket = ports.tcp.open(SocketOptions.DEFAULT);
        final int bound = ports.tcp.bind(socket, Destinations.ANY, port, 0);
        return RecordedPorts.okOrErrno(bound < 0 ? bound : ports.tcp.connect(socket, to, 0));
    }

    private String write(String list) {
        try {
            ports.settings.reserved.write(list.getBytes(StandardCharsets.US_ASCII), 0);
        } catch (PortListException e) {
            return e.errno().name();
        }
        return ports.settings.reserved.read().strip();
    }

    private String closeOneThenBind() {
        closedPort = ports.tcp.portOf(last());
        ports.tcp.close(last(), TcpPorts.End.RESET, 0);
        return RecordedPorts.okOrErrno(ports.bindAny(SocketOptions.DEFAULT, Destinations.ANY));
    }

    private int closedPort;

    private String bindClosedPort() {
        return RecordedPorts.okOrErrno(
                ports.tcp.bind(ports.tcp.open(SocketOptions.DEFAULT), Destinations.ANY, closedPort, 0));
    }

    private String afterTwenty(String remote) {
        final int to = ports.destination(remote);
        final int made = ports.connectAll(to);
        return made == 20 ? Errno.EADDRNOTAVAIL.name() : "a failure after " + made;
    }

    private String possibleConnect(String recorded) {
        final int socket = ports.tcp.open(SocketOptions.DEFAULT);
        PossiblePorts possible =
                PossiblePorts.ofConnect(ports.tcp, socket, ports.destination("127.0.0.2"), ports.nowNs);
        return possible.ports().contains(Integer.parseInt(recorded)) ? recorded : "one of " + possible.ports();
    }

    /** Every port, or errno, that was counted must be possible under the option; the errno must be the only outcome. */
    private String optionDifference(Matcher words, String recorded) {
        SocketOptions options;
        try {
            options =
                    SocketOptions.DEFAULT.withRange(Integer.parseInt(words.group(2)), Integer.parseInt(words.group(3)));
        } catch (PortListException e) {
            return recorded.startsWith(e.errno() + ":")
                    ? null
                    : "result is " + recorded + ", the model gives " + e.errno();
        }
        PossiblePorts possible = PortStories.possible(ports, words.group(1), options);
        final String failure = (words.group(1).equals("connect") ? Errno.EADDRNOTAVAIL : Errno.EADDRINUSE).name();
        Matcher outcome = COUNTED.matcher(recorded);
        while (outcome.find()) {
            final String given = outcome.group(1);
            final boolean fits = given.matches("\\d+")
                    ? possible.ports().contains(Integer.parseInt(given))
                    : given.equals(failure) && possible.mayFail();
            if (!fits) {
                return "result has " + given + ", the model gives " + (possible.mayFail() ? failure : possible.ports());
            }
        }
        return null;
    }
}
