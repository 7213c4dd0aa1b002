package io.rxsim.core.sysctl;

import io.rxsim.core.kernel.Errno;

/**
 * {@code net.core.rps_sock_flow_entries}: the size of the global flow table ({@code rps_sock_flow_sysctl},
 * net/core/sysctl_net_core.c, 6.18 and 2.6.35).
 *
 * <p>0 frees it; another number is rounded up to a power of two, at most 2^29 (2^30 in 2.6.35); a negative one is too large, since
 * it is read as unsigned. Every write of an accepted size empties the table, the same size too; and so do a text that is no
 * number and a write of 0 bytes, for which the size stays. One thread.
 */
public final class RpsSockFlowEntries implements Knob {
    private static final int LARGEST = 1 << 29;
    private static final int LARGEST_2635 = 1 << 30;

    private final boolean strict;
    private final int limit;
    private final long memoryEntries;
    private int entries;
    private int generation;

    /** {@code strict}: 6.18; a table of more than {@code memoryEntries} is ENOMEM. */
    RpsSockFlowEntries(boolean strict, long memoryEntries) {
        this.strict = strict;
        this.limit = strict ? LARGEST : LARGEST_2635;
        this.memoryEntries = memoryEntries;
    }

    @Override
    public String name() {
        return HostSettings.RPS_SOCK_FLOW_ENTRIES;
    }

    @Override
    public Written write(String bytes) {
        int size = entries;
        Written answer = Written.taken(0);
        if (!bytes.isEmpty()) {
            ProcInteger read = ProcInteger.parse(bytes, strict);
            if (read.fault() == null) {
                size = read.value();
                answer = Written.taken(read.taken());
            } else {
                answer = read.refusal();
            }
        }
        if (Integer.compareUnsigned(size, limit) > 0) {
            return Written.refused(Errno.EINVAL, Integer.toUnsignedString(size) + " is more than " + limit);
        }
        int rounded = RpsFlowCnt.roundUp(size);
        if (rounded != entries && rounded > memoryEntries) {
            return Written.refused(
                    Errno.ENOMEM, "a table of " + rounded + " entries, the model has room for " + memoryEntries);
        }
        entries = rounded;
        generation++;
        return answer;
    }

    @Override
    public String text() {
        return Integer.toString(entries);
    }

    @Override
    public String allowed() {
        return "a number from 0 to " + Math.min(limit, memoryEntries);
    }

    /** Entries of the table, a power of two; 0 is none. */
    public int entries() {
        return entries;
    }

    /** Changes whenever the table was emptied or replaced. */
    public int generation() {
        return generation;
    }
}
