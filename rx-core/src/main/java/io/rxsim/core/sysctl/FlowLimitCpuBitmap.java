package io.rxsim.core.sysctl;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.cpu.CpuMaskText;
import io.rxsim.core.kernel.Errno;
import java.util.Arrays;
import java.util.List;

/**
 * {@code net.core.flow_limit_cpu_bitmap}: the CPUs that limit flows when they enqueue ({@code flow_limit_cpu_sysctl},
 * net/core/sysctl_net_core.c, 6.18).
 *
 * <p>A write allocates a table of {@code flow_limit_table_len} buckets for every CPU that is set and has none, and frees those of
 * CPUs that are not set; a table keeps its length. A refused mask changes nothing; a table that cannot be allocated is ENOMEM
 * and leaves what was done for the CPUs below. A write of 0 bytes clears it. One thread.
 */
public final class FlowLimitCpuBitmap implements Knob {
    /** Largest block of kmalloc on x86-64 with its default page order (include/linux/slab.h KMALLOC_MAX_SIZE). */
    private static final long KMALLOC_MAX_BYTES = 4L << 20;

    /** struct sd_flow_limit without its buckets (net/core/dev.h). */
    private static final long HEADER_BYTES = 284;

    private final IntegerSysctl tableLen;
    private final int[] lengthOfCpu;

    FlowLimitCpuBitmap(int nrCpuIds, IntegerSysctl tableLen) {
        this.tableLen = tableLen;
        this.lengthOfCpu = new int[nrCpuIds];
    }

    @Override
    public String name() {
        return HostSettings.FLOW_LIMIT_CPU_BITMAP;
    }

    @Override
    public Written write(String bytes) {
        CpuMaskText parsed = CpuMaskText.parse(bytes, CpuMask.empty(lengthOfCpu.length));
        if (parsed.fault() != null) {
            return MaskSysctl.refused(parsed.fault());
        }
        for (int cpu = 0; cpu < lengthOfCpu.length; cpu++) {
            if (!parsed.stored().contains(cpu)) {
                lengthOfCpu[cpu] = 0;
            } else if (lengthOfCpu[cpu] == 0) {
                long buckets = Integer.toUnsignedLong(tableLen.value());
                if (HEADER_BYTES + buckets > KMALLOC_MAX_BYTES) {
                    return Written.refused(Errno.ENOMEM, "a table of " + buckets + " buckets for CPU " + cpu);
                }
                lengthOfCpu[cpu] = tableLen.value();
            }
        }
        return Written.taken(bytes.length());
    }

    @Override
    public String text() {
        CpuMask mask = CpuMask.empty(lengthOfCpu.length);
        for (int cpu = 0; cpu < lengthOfCpu.length; cpu++) {
            if (lengthOfCpu[cpu] != 0) {
                mask = mask.or(CpuMask.of(cpu, lengthOfCpu.length));
            }
        }
        return mask.toString();
    }

    @Override
    public boolean isMask() {
        return true;
    }

    @Override
    public String allowed() {
        return MaskSysctl.allowed(lengthOfCpu.length);
    }

    /** Buckets of each CPU's table; 0 is no table. */
    public List<Integer> tableLengths() {
        return Arrays.stream(lengthOfCpu).boxed().toList();
    }
}
