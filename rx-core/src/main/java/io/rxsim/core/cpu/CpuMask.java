package io.rxsim.core.cpu;

import java.util.Arrays;

/**
 * A set of CPUs in the kernel's bitmap grammar: hex groups of up to eight digits, separated by commas or white space, the
 * rightmost holding CPUs 0 to 31.
 *
 * <p>Source: lib/bitmap-str.c {@code bitmap_parse}, 6.18: text ends at the first newline or NUL; text without a group is the
 * empty set; groups are read from the right and the first fault met decides; bits beyond nr_cpu_ids are tested last; one
 * non-hex character directly before a full group of eight digits is swallowed. Immutable; any thread.
 */
public final class CpuMask {
    private static final int GROUP_BITS = 32;
    private static final int GROUP_DIGITS = 8;

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
     * Parses the kernel's text form.
     *
     * @throws CpuMaskException EINVAL for a character that is no hex digit, EOVERFLOW for too many digits or groups, or a CPU
     *     at or above nr_cpu_ids
     */
    public static CpuMask parse(String text, int nrCpuIds) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != 0) {
            end++;
        }
        int groups = (nrCpuIds + GROUP_BITS - 1) / GROUP_BITS;
        long[] words = new long[(groups + 1) / 2];
        int group = 0;
        int at = end - 1;
        while (true) {
            while (at >= 0 && isSeparator(text.charAt(at))) {
                at--;
            }
            if (at < 0) {
                break;
            }
            if (group == groups) {
                throw overflow(text, end, "more than " + groups + " group(s) of 32 CPUs");
            }
            long value = 0;
            int digits = 0;
            while (at >= 0 && digits < GROUP_DIGITS && !isSeparator(text.charAt(at))) {
                int digit = Character.digit(text.charAt(at), 16);
                if (digit < 0 || text.charAt(at) > 'f') {
                    throw new CpuMaskException(
                            "EINVAL",
                            "'" + text.charAt(at) + "' in mask \"" + text.substring(0, end) + "\" is not hex");
                }
                value |= (long) digit << (4 * digits++);
                at--;
            }
            at = afterFullGroup(text, end, at, digits);
            words[group / 2] |= value << (GROUP_BITS * (group % 2));
            group++;
        }
        CpuMask mask = new CpuMask(nrCpuIds, Arrays.copyOf(words, (nrCpuIds + 63) / 64));
        mask.refuseBeyond(text, end, words);
        return mask;
    }

    /** A ninth digit overflows; any other character directly before eight digits is swallowed, as in the kernel. */
    private static int afterFullGroup(String text, int end, int at, int digits) {
        if (digits < GROUP_DIGITS || at < 0 || isSeparator(text.charAt(at))) {
            return at;
        }
        if (Character.digit(text.charAt(at), 16) >= 0) {
            throw overflow(text, end, "more than 8 digits in a group");
        }
        return at - 1;
    }

    private void refuseBeyond(String text, int end, long[] parsed) {
        for (int bit = nrCpuIds; bit < parsed.length * 64; bit++) {
            if ((parsed[bit / 64] >>> (bit % 64) & 1) != 0) {
                throw overflow(text, end, "CPU " + bit + " is not below nr_cpu_ids=" + nrCpuIds);
            }
        }
    }

    private static CpuMaskException overflow(String text, int end, String reason) {
        return new CpuMaskException("EOVERFLOW", "mask \"" + text.substring(0, end) + "\": " + reason);
    }

    private static boolean isSeparator(char c) {
        return c == ',' || c == ' ' || (c >= '\t' && c <= '\r');
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
