package io.rxsim.bench.verify;

import io.rxsim.core.port.ConnectSequence;
import io.rxsim.core.port.PortSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code ports_connect_sequence}: the ports of consecutive connects to one or more destinations. Every port must be one that the
 * search may give after those before it: parity, stride, steps. Where connections were kept open and the recording begins late, a
 * port that was not given later may have been in the way.
 */
final class PortsConnectSequenceCheck implements FileCheck {
    private static final String FAILED = "EADDRNOTAVAIL";
    private static final String CLOSED = "closed with RST each time";

    private final RecordedKernel kernel;
    private final Map<String, Run> runs = new TreeMap<>();

    /** The connects to one destination of one repetition. */
    private static final class Run {
        private final ConnectSequence sequence;
        private final PortSet owned = new PortSet();
        private final boolean closed;
        /** Ports that may be owned by connections of before the first row. */
        private final PortSet unknown = new PortSet();

        Run(ConnectSequence sequence, boolean closed) {
            this.sequence = sequence;
            this.closed = closed;
        }

        boolean onPort(int port) {
            PortSet inTheWay = owned.copy();
            inTheWay.addAll(unknown);
            if (owned.contains(port) || !sequence.onPort(port, inTheWay)) {
                return false;
            }
            if (!closed) {
                owned.add(port, port);
            }
            return true;
        }
    }

    PortsConnectSequenceCheck(RecordedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<String> columns() {
        return List.of("experiment", "range", "reserved", "rep", "i", "dst", "port");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        final String key = row.text("experiment") + "/" + row.text("rep") + "/" + row.text("dst");
        Run run = runs.get(key);
        if (run == null) {
            RecordedPorts ports = new RecordedPorts(kernel, row);
            run = new Run(
                    new ConnectSequence(kernel.rules(), ports.settings.range, ports.settings.reserved.ports()),
                    row.text("experiment").contains(CLOSED));
            if (row.number("i", 0, Integer.MAX_VALUE) > 2 && !run.closed) {
                run.unknown.add(ports.settings.range.low(), ports.settings.range.high());
            }
            runs.put(key, run);
        }
        if (row.text("port").equals(FAILED)) {
            tally.judge(row, run.sequence.mayFail(run.owned) ? null : "port is " + FAILED + ", the model finds one");
            return;
        }
        final int port = row.number("port", 0, PortSet.MAX_PORT);
        tally.judge(
                row, run.onPort(port) ? null : "port is " + port + ", which no place and no step of the model gives");
    }
}
