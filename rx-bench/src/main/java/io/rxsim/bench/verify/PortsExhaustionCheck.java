package io.rxsim.bench.verify;

import io.rxsim.core.kernel.Errno;
import io.rxsim.core.port.PortSet;
import io.rxsim.core.port.PossiblePorts;
import java.util.List;

/**
 * {@code ports_exhaustion}: the ports that an operation hands out until it fails, in order, and the errno. Every port must be one
 * that the search may give when it came, the failure one that it may end in, and the errno the model's. Where the search
 * leaves no choice of the set, that decides the set too.
 */
final class PortsExhaustionCheck implements FileCheck {
    private static final String NO_OPTION = "the model has no such option: ";
    private static final String ENDLESS = "none after ";

    private final RecordedKernel kernel;

    PortsExhaustionCheck(RecordedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<String> columns() {
        return List.of("range", "reserved", "op", "final_errno", "ports_in_order");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        PortOperation operation = PortOperation.of(row.text("op"));
        if (operation == null) {
            tally.skip("an operation in unknown words");
            return;
        }
        tally.judge(row, difference(row, operation, new RecordedPorts(kernel, row)));
    }

    private static String difference(RecordedRow row, PortOperation operation, RecordedPorts ports) {
        int given = 0;
        for (String text : row.isBlank("ports_in_order")
                ? new String[0]
                : row.text("ports_in_order").split(" ")) {
            final int port = port(row, text);
            final int socket = operation.open(ports);
            if (socket < 0) {
                return NO_OPTION + Errno.of(socket);
            }
            PortSet possible = operation.possible(ports, socket).ports();
            if (!possible.contains(port)) {
                return "port " + ++given + " is " + port + ", the model may give " + possible;
            }
            // the recorded choice becomes the model's: bound by number, which the search would have had for the asking
            final int taken = operation.isUdp()
                    ? ports.udp.bind(socket, ports.address(operation.address()), port)
                    : ports.tcp.bind(socket, ports.address(operation.address()), port, ports.nowNs);
            if (taken != port) {
                return "port " + ++given + " is " + port + ", the model answers " + Errno.of(taken);
            }
            given++;
        }
        return endDifference(row, operation, ports);
    }

    private static String endDifference(RecordedRow row, PortOperation operation, RecordedPorts ports) {
        final int socket = operation.open(ports);
        if (socket < 0) {
            return NO_OPTION + Errno.of(socket);
        }
        PossiblePorts possible = operation.possible(ports, socket);
        if (row.text("final_errno").startsWith(ENDLESS)) {
            return possible.mayFail() ? "it never fails, the model may" : null;
        }
        if (!possible.mayFail()) {
            return "it fails, the model gives " + possible.ports();
        }
        int result = 0;
        // an odd-sized window can fail with one port left, or not
        for (int attempt = 0; attempt < 64 && result >= 0; attempt++) {
            final int asking = operation.open(ports);
            result = operation.ask(ports, asking);
            operation.close(ports, asking);
        }
        final String errno = result < 0 ? Errno.of(result).name() : "none";
        return errno.equals(row.text("final_errno"))
                ? null
                : "final_errno is " + row.text("final_errno") + ", the model gives " + errno;
    }

    private static int port(RecordedRow row, String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > PortSet.MAX_PORT) {
            throw row.bad("ports_in_order=" + text + ", allowed is ports separated by blanks");
        }
        return Integer.parseInt(text);
    }
}
