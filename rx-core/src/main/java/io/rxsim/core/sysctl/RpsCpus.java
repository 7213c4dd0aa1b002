package io.rxsim.core.sysctl;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.cpu.CpuMaskText;
import io.rxsim.core.kernel.Errno;
import java.util.function.Supplier;

/**
 * {@code rps_cpus} of an RX queue: its RPS map ({@code store_rps_map}, net/core/net-sysfs.c).
 *
 * <p>A mask that is not empty loses its isolated CPUs (6.18), which is EINVAL if none is left, and then those that are offline
 * at the write; if none is left the map is removed and the write succeeds. A CPU that goes offline later stays, one that comes is
 * not added. A write takes at most 4096 bytes (4095 in 2.6.35); one of 0 bytes does nothing. One thread.
 */
public final class RpsCpus implements Knob {
    private final boolean modern;
    private final CpuMask housekeeping;
    private final Supplier<CpuMask> online;
    private CpuMask map;

    RpsCpus(boolean modern, CpuMask housekeeping, Supplier<CpuMask> online) {
        this.modern = modern;
        this.housekeeping = housekeeping;
        this.online = online;
        this.map = CpuMask.empty(housekeeping.nrCpuIds());
    }

    @Override
    public String name() {
        return HostSettings.RPS_CPUS;
    }

    @Override
    public Written write(String bytes) {
        String text = SysfsWrite.taken(bytes, modern);
        if (text.isEmpty()) {
            return Written.taken(0);
        }
        CpuMaskText parsed = modern
                ? CpuMaskText.parse(text, CpuMask.empty(map.nrCpuIds()))
                : CpuMaskText.parseOf2635(text, map.nrCpuIds());
        if (parsed.fault() != null) {
            return MaskSysctl.refused(parsed.fault());
        }
        CpuMask allowed = modern ? parsed.stored().and(housekeeping) : parsed.stored();
        if (allowed.isEmpty() && !parsed.stored().isEmpty()) {
            return Written.refused(
                    Errno.EINVAL, "all CPUs of " + parsed.stored() + " are isolated, " + housekeeping + " are not");
        }
        set(allowed);
        return Written.taken(text.length());
    }

    /** Sets the map as {@code rps_default_mask} does at the queue's creation, or as an accepted write does. */
    void set(CpuMask mask) {
        map = mask.and(online.get());
    }

    @Override
    public String text() {
        return map.toString();
    }

    @Override
    public boolean isMask() {
        return true;
    }

    @Override
    public String allowed() {
        return MaskSysctl.allowed(map.nrCpuIds());
    }

    /** The CPUs of the map; empty is no map. */
    public CpuMask map() {
        return map;
    }
}
