package io.rxsim.bench.verify;

import io.rxsim.core.port.LocalReservedPorts;
import io.rxsim.core.port.PortListException;
import io.rxsim.core.port.PortSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ports_reserved_writes}: single writes, and several on one open file, which add to what the first one set. */
final class PortsReservedWritesCheck implements FileCheck {
    private static final Pattern MODE =
            Pattern.compile("write|step \\d+ of one open fd, (?:pwrite offset (\\d{1,9})|position after (\\d{1,9}))");

    PortsReservedWritesCheck(RecordedKernel kernel) {}

    @Override
    public List<String> columns() {
        return List.of("before", "mode", "input_repr", "ret", "errno", "readback", "replayable");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        Matcher mode = MODE.matcher(row.text("mode"));
        byte[] input = PythonText.bytes(row.text("input_repr"));
        if (!row.flag("replayable") || !mode.matches() || input == null) {
            tally.skip("not replayable");
            return;
        }
        final int recorded = row.number("ret", -1, Integer.MAX_VALUE);
        LocalReservedPorts file = new LocalReservedPorts();
        file.set(PortSet.parse(row.text("before")));
        int ret;
        String errno = "";
        try {
            ret = file.write(input, position(mode, recorded));
        } catch (PortListException e) {
            ret = -1;
            errno = e.errno().name();
        }
        tally.judge(row, WriteAnswer.difference(row, ret, errno, file.read()));
    }

    /** The position before the write: the stated one is that after it, which an error leaves where it was. */
    private static long position(Matcher mode, int ret) {
        if (mode.group(1) != null) {
            return Long.parseLong(mode.group(1));
        }
        return mode.group(2) == null ? 0 : Long.parseLong(mode.group(2)) - Math.max(0, ret);
    }
}
