package io.rxsim.core.sysctl;

import io.rxsim.core.kernel.Errno;

/**
 * {@code rps_flow_cnt} of an RX queue: the slots of its flow table ({@code store_rps_dev_flow_table_cnt}, net/core/net-sysfs.c).
 *
 * <p>6.18 ({@code kstrtoul}): a number in decimal, 0x or octal with an optional plus sign, then at most one newline and nothing
 * else; rounded up to a power of two, at most 2^32. 2.6.35 ({@code simple_strtoul}): what follows the number is ignored, its low
 * 32 bits count, at most 2^30. 0 frees the table, and every accepted write of at least one byte begins a new, empty one. Text ends
 * at a NUL; a write takes at most 4096 bytes (4095 in 2.6.35), and one of 0 bytes does nothing. One thread.
 */
public final class RpsFlowCnt implements Knob {
    private static final long LARGEST = 1L << 32;
    private static final long LARGEST_2635 = 1L << 30;

    private final boolean strict;
    private final long memorySlots;
    private long slots;
    private int generation;

    /** {@code strict}: 6.18; a table of more than {@code memorySlots} is ENOMEM. */
    RpsFlowCnt(boolean strict, long memorySlots) {
        this.strict = strict;
        this.memorySlots = memorySlots;
    }

    /** The next power of two, as roundup_pow_of_two; 0 stays 0. */
    static int roundUp(int entries) {
        return entries <= 1 ? entries : Integer.highestOneBit(entries - 1) << 1;
    }

    @Override
    public String name() {
        return HostSettings.RPS_FLOW_CNT;
    }

    @Override
    public Written write(String bytes) {
        String text = SysfsWrite.taken(bytes, strict);
        if (text.isEmpty()) {
            return Written.taken(0);
        }
        String read = SysfsWrite.untilNul(text);
        int from = strict && read.startsWith("+") ? 1 : 0;
        NumberText number = NumberText.parse(read, from);
        Written refused = strict ? number.refusedByKstrtoul(read) : null;
        if (!strict && number.digits() == 0) {
            refused = Written.refused(Errno.EINVAL, "no number");
        }
        if (refused != null) {
            return refused;
        }
        long asked = strict ? number.value() : number.value() & 0xffffffffL;
        long limit = strict ? LARGEST : LARGEST_2635;
        if (Long.compareUnsigned(asked, limit) > 0) {
            return Written.refused(Errno.EINVAL, Long.toUnsignedString(asked) + " is more than " + limit);
        }
        long rounded = asked <= 1 ? asked : Long.highestOneBit(asked - 1) << 1;
        if (rounded > memorySlots) {
            return Written.refused(
                    Errno.ENOMEM, "a table of " + rounded + " slots, the model has room for " + memorySlots);
        }
        slots = rounded;
        generation++;
        return Written.taken(text.length());
    }

    @Override
    public String text() {
        return Long.toString(slots);
    }

    @Override
    public String allowed() {
        return "a number from 0 to " + Math.min(strict ? LARGEST : LARGEST_2635, memorySlots);
    }

    /** Slots of the table, a power of two; 0 is none. */
    public long slots() {
        return slots;
    }

    /** Changes whenever a new table began. */
    public int generation() {
        return generation;
    }
}
