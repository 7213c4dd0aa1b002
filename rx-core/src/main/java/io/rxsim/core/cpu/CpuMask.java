package io.rxsim.core.cpu;

import java.util.Arrays;

/**
 * A set of CPUs. {@link CpuMaskText} says how the kernel reads one from text.
 *
 * <p>Source: include/linux/cpumask.h, 6.18. Immutable; any thread.
 */
public final class CpuMask {
    private static final int GROUP_BITS = 32;

    private final int nrCpuIds;
    private final long[] words;

    private CpuMask(int nrCpuIds, long[] words) {
        this.nrCpuIds = nrCpuIds;
        this.words = words;
    }

    /** The empty set over {@code nrCpuIds} possible CPUs. */
    public static CpuMask empty(int nrCpuIds) {
        return new CpuMask(nrCpuIds, new long[(nrCpuIds + 63) / 64]);
    }

    /** All of {@code nrCpuIds} CPUs. */
    public static CpuMask all(int nrCpuIds) {
        CpuMask mask = empty(nrCpuIds);
        for (int cpu = 0; cpu < nrCpuIds; cpu++) {
            mask.set(cpu);
        }
        return mask;
    }

    /** The set of one CPU. */
    public static CpuMask of(int cpu, int nrCpuIds) {
        if (cpu < 0 || cpu >= nrCpuIds) {
            throw new IllegalArgumentException("cpu=" + cpu + ", allowed is 0 to " + (nrCpuIds - 1));
        }
        CpuMask mask = empty(nrCpuIds);
        mask.set(cpu);
        return mask;
    }

    /**
     * Parses the text form of 6.18.
     *
     * @throws CpuMaskException EINVAL for a character that is no hex digit, EOVERFLOW for too many digits or groups, or a CPU
     *     at or above nr_cpu_ids
     */
    public static CpuMask parse(String text, int nrCpuIds) {
        CpuMaskText parsed = CpuMaskText.parse(text, empty(nrCpuIds));
        if (parsed.fault() != null) {
            throw parsed.fault();
        }
        return parsed.stored();
    }

    /** The set whose groups of 32 CPUs are {@code groups}, lowest first; bits at or above nr_cpu_ids are left out. */
    static CpuMask ofGroups(int[] groups, int nrCpuIds) {
        CpuMask mask = empty(nrCpuIds);
        for (int cpu = 0; cpu < nrCpuIds; cpu++) {
            if ((groups[cpu / GROUP_BITS] >>> (cpu % GROUP_BITS) & 1) != 0) {
                mask.set(cpu);
            }
        }
        return mask;
    }

    /** Groups of 32 CPUs, lowest first. */
    int[] groups() {
        int[] groups = new int[(nrCpuIds + GROUP_BITS - 1) / GROUP_BITS];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = (int) (words[i / 2] >>> (GROUP_BITS * (i % 2)));
        }
        return groups;
    }

    private void set(int cpu) {
        words[cpu / 64] |= 1L << (cpu % 64);
    }

    /** nr_cpu_ids this mask was made for. */
    public int nrCpuIds() {
        return nrCpuIds;
    }

    /** Whether a CPU is in the set; false for numbers outside 0 to nr_cpu_ids - 1. */
    public boolean contains(int cpu) {
        return cpu >= 0 && cpu < nrCpuIds && (words[cpu / 64] >>> (cpu % 64) & 1) != 0;
    }

    /** Number of CPUs in the set. */
    public int weight() {
        int weight = 0;
        for (long word : words) {
            weight += Long.bitCount(word);
        }
        return weight;
    }

    /** Whether the set is empty. */
    public boolean isEmpty() {
        return weight() == 0;
    }

    /** The CPUs of both sets. */
    public CpuMask and(CpuMask other) {
        CpuMask both = empty(nrCpuIds);
        for (int i = 0; i < words.length && i < other.words.length; i++) {
            both.words[i] = words[i] & other.words[i];
        }
        return both;
    }

    /** The CPUs of either set. */
    public CpuMask or(CpuMask other) {
        CpuMask either = empty(nrCpuIds);
        for (int i = 0; i < words.length; i++) {
            either.words[i] = words[i] | (i < other.words.length ? other.words[i] : 0);
        }
        return either;
    }

    /** The CPUs of this set that are not in another. */
    public CpuMask andNot(CpuMask other) {
        CpuMask rest = empty(nrCpuIds);
        for (int i = 0; i < words.length; i++) {
            rest.words[i] = words[i] & ~(i < other.words.length ? other.words[i] : 0);
        }
        return rest;
    }

    /** The CPUs in ascending order. */
    public int[] cpus() {
        int[] cpus = new int[weight()];
        int n = 0;
        for (int cpu = 0; cpu < nrCpuIds; cpu++) {
            if (contains(cpu)) {
                cpus[n++] = cpu;
            }
        }
        return cpus;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CpuMask mask && mask.nrCpuIds == nrCpuIds && Arrays.equals(mask.words, words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    /** The text that the kernel reads back: groups of eight digits, the leftmost padded to the bits it may hold. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int group = (nrCpuIds + GROUP_BITS - 1) / GROUP_BITS - 1; group >= 0; group--) {
            int bits = Math.min(GROUP_BITS, nrCpuIds - group * GROUP_BITS);
            String digits = Long.toHexString(words[group / 2] >>> (GROUP_BITS * (group % 2)) & 0xffffffffL);
            text.append("0".repeat(Math.max(0, (bits + 3) / 4 - digits.length())))
                    .append(digits);
            if (group > 0) {
                text.append(',');
            }
        }
        return text.toString();
    }
}
