package io.rxsim.core.sysctl;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.cpu.CpuMaskText;
import io.rxsim.core.kernel.Errno;

/**
 * {@code net.core.rps_default_mask}: the map that RX queues begin with ({@code rps_default_mask_sysctl},
 * net/core/sysctl_net_core.c, 6.18).
 *
 * <p>It is parsed in place, so a refused write can change it: groups read before the fault are stored, a mask with CPUs that do
 * not exist leaves those that do, and one of isolated CPUs only leaves none. A write of 0 bytes clears it. One thread.
 */
public final class RpsDefaultMask implements Knob {
    private final CpuMask housekeeping;
    private CpuMask mask;

    RpsDefaultMask(CpuMask housekeeping) {
        this.housekeeping = housekeeping;
        this.mask = CpuMask.empty(housekeeping.nrCpuIds());
    }

    @Override
    public String name() {
        return HostSettings.RPS_DEFAULT_MASK;
    }

    @Override
    public Written write(String bytes) {
        CpuMaskText parsed = CpuMaskText.parse(bytes, mask);
        mask = parsed.stored();
        if (parsed.fault() != null) {
            return MaskSysctl.refused(parsed.fault());
        }
        if (!mask.isEmpty()) {
            mask = mask.and(housekeeping);
            if (mask.isEmpty()) {
                return Written.refused(
                        Errno.EINVAL, "all CPUs of " + parsed.stored() + " are isolated, " + housekeeping + " are not");
            }
        }
        return Written.taken(bytes.length());
    }

    @Override
    public String text() {
        return mask.toString();
    }

    @Override
    public boolean isMask() {
        return true;
    }

    @Override
    public String allowed() {
        return MaskSysctl.allowed(mask.nrCpuIds());
    }

    /** The mask in force. */
    public CpuMask mask() {
        return mask;
    }
}
