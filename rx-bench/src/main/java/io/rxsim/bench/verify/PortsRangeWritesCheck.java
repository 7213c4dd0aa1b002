package io.rxsim.bench.verify;

import io.rxsim.core.port.LocalPortRange;
import io.rxsim.core.port.LocalReservedPorts;
import io.rxsim.core.port.PortListException;
import io.rxsim.core.port.PortSet;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code ports_range_writes}: writes of the range, and of the reserved ports while a range is set, neither of which minds the other. */
final class PortsRangeWritesCheck implements FileCheck {
    private static final String RESERVE = "reserve ";
    private static final int UNPRIVILEGED_PORT_START = 1024;

    private final RecordedKernel kernel;

    PortsRangeWritesCheck(RecordedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<String> columns() {
        return List.of("reserved", "before", "input_repr", "ret", "errno", "readback", "replayable");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        final String written = row.text("input_repr");
        final boolean reserve = written.startsWith(RESERVE);
        byte[] input = PythonText.bytes(reserve ? written.substring(RESERVE.length()) : written);
        if (!row.flag("replayable") || input == null) {
            tally.skip("not replayable");
            return;
        }
        LocalReservedPorts reserved = new LocalReservedPorts();
        reserved.set(PortSet.parse(row.text("reserved")));
        LocalPortRange range = new LocalPortRange(kernel.rules());
        if (!row.isBlank("before")) {
            range.write((row.text("before") + "\n").getBytes(StandardCharsets.US_ASCII), 0);
        }
        int ret;
        String errno = "";
        try {
            ret = reserve ? reserved.write(input, 0) : range.write(input, UNPRIVILEGED_PORT_START);
        } catch (PortListException e) {
            ret = -1;
            errno = e.errno().name();
        }
        tally.judge(row, WriteAnswer.difference(row, ret, errno, reserve ? reserved.read() : range.read()));
    }
}
