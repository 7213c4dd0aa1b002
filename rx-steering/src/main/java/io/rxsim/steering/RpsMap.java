package io.rxsim.steering;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.hash.ReciprocalScale;

/**
 * The RPS map of one RX queue: the CPUs among which a flow hash chooses.
 *
 * <p>Source: {@code struct rps_map} (include/net/rps.h) and the map step of {@code get_rps_cpu} (net/core/dev.c), 6.18; the
 * same in 2.6.35. The CPUs are those of the written mask that were online at the write, in ascending order; later
 * changes of the online mask leave the map as it is. The hash is scaled by its high bits, it is not a modulo.
 *
 * <p>Immutable; any thread.
 */
public final class RpsMap {
    private final int[] cpus;

    /**
     * The map that a write of {@code rpsCpus} leaves behind.
     *
     * @param rpsCpus the written mask
     * @param online CPUs online at the time of the write; where none remains the map has length 0 and RPS is off
     */
    public RpsMap(CpuMask rpsCpus, CpuMask online) {
        cpus = rpsCpus.and(online).cpus();
    }

    /** Number of CPUs; 0 means that the queue has no map. */
    public int length() {
        return cpus.length;
    }

    /** The place in the map that a hash chooses, from 0 to {@link #length} - 1. The map must not be empty. */
    public int index(int hash) {
        return ReciprocalScale.scale(hash, cpus.length);
    }

    /** The CPU that a hash chooses, online or not. The map must not be empty. */
    public int cpu(int hash) {
        return cpus[index(hash)];
    }
}
