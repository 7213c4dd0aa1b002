package io.rxsim.steering;

import io.rxsim.core.hash.Hash32;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import java.util.Arrays;

/**
 * The flow table of one RX queue: to which CPU the flows of a slot go now, and up to where that CPU's backlog must have
 * drained before they may go elsewhere.
 *
 * <p>Source: {@code struct rps_dev_flow}, {@code struct rps_dev_flow_table} (include/net/rps.h) and {@code rfs_slot}
 * (net/core/dev.c), 6.18, which takes the slot from hash_32; in 2.6.35 (include/linux/netdevice.h) the low bits of the hash
 * are the slot. Slots are shared by colliding flows.
 *
 * <p>The filter and hash fields of accelerated RFS are apart ({@link RpsDevFlowFilters}), since only it reads them.
 *
 * <p>Threads: plain arrays, for the one thread that steers and enqueues for this queue.
 */
public final class RpsDevFlowTable {
    /** The CPU of a slot that no flow has used. */
    public static final int UNSET = 0xffff;

    private final char[] cpus;
    private final int[] lastQtails;
    private final int log2Size;
    private final boolean byHash32;

    /**
     * An empty table.
     *
     * @param size number of slots, a power of two
     * @param rules which slot rule is in force ({@link Rule#SLOT_BY_HASH_32})
     */
    public RpsDevFlowTable(int size, KernelRules rules) {
        if (Integer.bitCount(size) != 1 || size < 1) {
            throw new IllegalArgumentException("rps_flow_cnt=" + size + ", allowed is a power of two");
        }
        cpus = new char[size];
        Arrays.fill(cpus, (char) UNSET);
        lastQtails = new int[size];
        log2Size = Integer.numberOfTrailingZeros(size);
        byHash32 = rules.has(Rule.SLOT_BY_HASH_32);
    }

    /** Number of slots. */
    public int size() {
        return cpus.length;
    }

    /** The slot of a hash; 0 in a table of one slot. */
    public int slot(int hash) {
        return byHash32 ? Hash32.hash32(hash, log2Size) : hash & (cpus.length - 1);
    }

    /** The CPU of a slot, u16; {@link #UNSET} where there is none. */
    public int cpu(int slot) {
        return cpus[slot];
    }

    /** The input_queue_tail just past the last packet that went through a slot, or the head at its last move; u32. */
    public int lastQtail(int slot) {
        return lastQtails[slot];
    }

    /** Points a slot to a CPU; the low 16 bits count. */
    public void setCpu(int slot, int cpu) {
        cpus[slot] = (char) cpu;
    }

    /** Sets the point up to which the slot's CPU must have drained, u32. */
    public void setLastQtail(int slot, int qtail) {
        lastQtails[slot] = qtail;
    }
}
