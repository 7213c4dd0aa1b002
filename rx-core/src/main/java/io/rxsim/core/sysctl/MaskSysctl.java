package io.rxsim.core.sysctl;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.cpu.CpuMaskException;

/** What writes of CPU masks have in common. No state; any thread. */
final class MaskSysctl {
    private MaskSysctl() {}

    static Written refused(CpuMaskException fault) {
        return Written.refused(
                fault.errno(), fault.getMessage().substring(fault.errno().name().length() + 2));
    }

    static String allowed(int nrCpuIds) {
        return "hex groups of 32 CPUs, e.g. " + CpuMask.all(nrCpuIds) + " for all " + nrCpuIds;
    }
}
