package io.rxsim.bench.verify;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.sysctl.HostSettings;
import io.rxsim.core.sysctl.Knob;
import io.rxsim.core.sysctl.Written;
import java.util.List;

/**
 * {@code sysctl_readback}: a write to a file that held {@code before}, what it answered and what was read back. A knob's file is
 * the one behind {@code rx sysctl}.
 */
final class SysctlReadbackCheck implements FileCheck {
    private final RecordedKernel kernel;

    SysctlReadbackCheck(RecordedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<String> columns() {
        return List.of("file", "input_repr", "before", "ret", "errno", "readback", "replayable");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        if (!row.flag("replayable")) {
            tally.skip("not replayable");
            return;
        }
        Knob knob = knob(row);
        if (knob == null) {
            tally.judge(row, "file is " + row.text("file") + ", the model has none");
            return;
        }
        if (!row.isBlank("before")) {
            Written before = knob.write(PythonLiteral.parse(row, "before"));
            if (before.isRefused()) {
                tally.judge(row, "before is refused with " + before.errno());
                return;
            }
        }
        Written written = knob.write(PythonLiteral.parse(row, "input_repr"));
        String recorded = row.text("ret") + " " + row.text("errno") + " "
                + PythonLiteral.parse(row, "readback").strip();
        String errno = written.isRefused() ? written.errno().name() : "";
        String modelled = written.ret() + " " + errno + " " + knob.text();
        tally.judge(
                row,
                recorded.equals(modelled)
                        ? null
                        : "ret, errno, readback are " + recorded + ", the model gives " + modelled);
    }

    private Knob knob(RecordedRow row) {
        CpuMask all = CpuMask.all(RecordedMachine.CPUS);
        HostSettings host = new HostSettings(kernel.rules(), RecordedMachine.HZ, all, all, HostSettings.UNBOUNDED);
        String file = row.text("file");
        return switch (file) {
            case HostSettings.RPS_CPUS -> host.newRpsCpus();
            case HostSettings.RPS_FLOW_CNT -> host.newRpsFlowCnt();
            default -> host.sysctl("net.core." + file);
        };
    }
}
