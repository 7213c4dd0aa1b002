package io.rxsim.steering;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The global socket flow table of RFS: on which CPU the application of a flow was last seen consuming.
 *
 * <p>Source: {@code struct rps_sock_flow_table}, {@code rps_record_sock_flow} (include/net/rps.h), 6.18: an entry is the flow
 * hash with its low bits replaced by the CPU number, so that a colliding flow is recognised and ignored; an empty entry is
 * 0xffff and is recognised by its upper bits only, hence taken for a CPU by hashes whose upper bits are those of 0xffff.
 * In 2.6.35 (include/linux/netdevice.h) an entry is the plain CPU number and every colliding flow obeys it.
 *
 * <p>Threads: any thread may read, record and clear at any time, as recvmsg on every CPU does in the kernel. Accesses are
 * opaque: an entry is one word, the last writer wins, and a reader may see an old entry. The table is a hint; order between
 * packets rests on {@link RpsDevFlowTable} alone. The write is skipped where it would change nothing, which keeps the line
 * shared between CPUs.
 */
public final class RpsSockFlowTable {
    /** {@link #desiredCpu}: the entry is empty or belongs to another flow, so RFS does not apply (6.18). */
    public static final int MISMATCH = -1;

    /** {@link #desiredCpu}: the entry is empty (2.6.35); also the word that empties an entry in both. */
    public static final int UNSET = 0xffff;

    private static final VarHandle ENTRY = MethodHandles.arrayElementVarHandle(int[].class);

    private final int[] entries;
    private final int cpuBits;
    private final int upperBits;

    /**
     * An empty table.
     *
     * @param entries number of entries, a power of two
     * @param cpuCount nr_cpu_ids
     * @param rules whether an entry holds the upper hash bits ({@link Rule#UPPER_BIT_CHECK})
     */
    public RpsSockFlowTable(int entries, int cpuCount, KernelRules rules) {
        if (Integer.bitCount(entries) != 1 || entries < 1) {
            throw new IllegalArgumentException("rps_sock_flow_entries=" + entries + ", allowed is a power of two");
        }
        if (cpuCount < 1 || cpuCount > UNSET) {
            throw new IllegalArgumentException("nr_cpu_ids=" + cpuCount + ", allowed is 1 to " + UNSET);
        }
        this.entries = new int[entries];
        Arrays.fill(this.entries, UNSET);
        boolean upperBitCheck = rules.has(Rule.UPPER_BIT_CHECK);
        cpuBits = upperBitCheck ? roundUpToPowerOfTwo(cpuCount) - 1 : UNSET;
        upperBits = upperBitCheck ? ~cpuBits : 0;
    }

    private static int roundUpToPowerOfTwo(int value) {
        return value == 1 ? 1 : Integer.highestOneBit(value - 1) << 1;
    }

    /** Number of entries. */
    public int size() {
        return entries.length;
    }

    /** Index of the entry of a hash: its low bits. */
    public int index(int hash) {
        return hash & (entries.length - 1);
    }

    /** The raw word of the entry at an index, u32. */
    public int entry(int index) {
        return (int) ENTRY.getOpaque(entries, index);
    }

    /**
     * Where the flow of a hash is wanted.
     *
     * @return {@link #MISMATCH}, or a CPU number, which may be at or above nr_cpu_ids where that is no power of two; in
     *     2.6.35 a CPU number or {@link #UNSET}
     */
    public int desiredCpu(int hash) {
        return desiredCpu(hash, entry(index(hash)));
    }

    /** The same, given the word of the hash's entry. */
    public int desiredCpu(int hash, int entry) {
        return ((entry ^ hash) & upperBits) != 0 ? MISMATCH : entry & cpuBits;
    }

    /** The flow of {@code hash} is consumed on {@code cpu}. A hash of 0 means that there is none: nothing is recorded. */
    public void record(int hash, int cpu) {
        if (hash != 0) {
            store(index(hash), (hash & upperBits) | cpu);
        }
    }

    /** The flow of {@code hash} is gone: empties its entry, without asking whether a colliding flow has taken it over. */
    public void clear(int hash) {
        if (hash != 0) {
            store(index(hash), UNSET);
        }
    }

    private void store(int index, int entry) {
        if ((int) ENTRY.getOpaque(entries, index) != entry) {
            ENTRY.setOpaque(entries, index, entry);
        }
    }
}
