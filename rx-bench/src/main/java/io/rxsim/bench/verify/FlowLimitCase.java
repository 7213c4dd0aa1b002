package io.rxsim.bench.verify;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.softnet.SoftnetStat;
import io.rxsim.core.sysctl.HostSettings;
import io.rxsim.core.sysctl.Knob;

/** One case of the flow limit recordings: tables zeroed, target held with an empty queue, packets one after the other. */
final class FlowLimitCase {
    private static final int ANY_HASH = 0x1234_5678;

    private final HeldHost host;

    /** A case as a row states it; the names of the columns differ between the files. */
    FlowLimitCase(RecordedKernel kernel, RecordedRow row, String bitmapColumn, String lengthColumn) {
        CpuMask all = CpuMask.all(RecordedMachine.CPUS);
        // The files of the recorded kernel, whatever rule is switched off.
        HostSettings settings =
                new HostSettings(KernelRules.V6_18, RecordedMachine.HZ, all, all, HostSettings.UNBOUNDED);
        write(row, settings.sysctl(HostSettings.FLOW_LIMIT_TABLE_LEN), lengthColumn);
        write(row, settings.sysctl(HostSettings.FLOW_LIMIT_CPU_BITMAP), bitmapColumn);
        host = HeldHost.held(
                kernel,
                new HeldHost.Settings()
                        .maxBacklog(row.number("netdev_max_backlog", Integer.MIN_VALUE, Integer.MAX_VALUE))
                        .flowLimitBuckets(settings.flowLimitTableLengths()));
    }

    private static void write(RecordedRow row, Knob knob, String column) {
        if (knob.write(row.text(column)).isRefused()) {
            throw row.bad(column + "=" + row.text(column) + ", allowed is " + knob.allowed());
        }
    }

    /** A packet; whether it was queued. */
    boolean offer(int hash) {
        return host.offer(hash);
    }

    /** So many packets of one flow, whichever it is. */
    void offerOneFlow(int packets) {
        for (int i = 0; i < packets; i++) {
            host.offer(ANY_HASH);
        }
    }

    SoftnetStat stat(int cpu) {
        return host.stat(cpu);
    }
}
