package io.rxsim.core.softnet;

import io.rxsim.core.hash.Hash32;

/**
 * The flow limit table of one CPU ({@code struct sd_flow_limit}, net/core/dev.h; {@code skb_flow_limit}, net/core/dev.c, 6.18): the
 * buckets of its last 128 packets, and how many of those fell into each bucket.
 *
 * <p>A packet whose bucket holds more than half of the history is dropped, and stays in the history. All buckets are 0 at first, and
 * so is the history, so that the first 128 packets take from bucket 0. The CPU that enqueues calls it.
 */
public final class FlowLimit {
    /** Packets remembered (FLOW_LIMIT_HISTORY; the kernel's documentation says 256, its code 128). */
    public static final int HISTORY = 128;

    private final int logBuckets;
    private final int[] history = new int[HISTORY];
    private final byte[] buckets;
    private int historyHead;
    private int count;

    /** An empty table; {@code length} is a power of two, and 1 is one bucket for all flows. */
    public FlowLimit(int length) {
        if (Integer.bitCount(length) != 1 || length < 0) {
            throw new IllegalArgumentException("flow_limit_table_len=" + length + ", allowed is a power of two");
        }
        logBuckets = Integer.numberOfTrailingZeros(length);
        buckets = new byte[length];
    }

    /** Whether a queue is long enough for the limit to look at packets: half of netdev_max_backlog, compared unsigned. */
    static boolean looks(int inputQueueLength, int netdevMaxBacklog) {
        return Integer.compareUnsigned(inputQueueLength, netdevMaxBacklog >> 1) >= 0;
    }

    /**
     * Takes a packet into the history; whether it is dropped.
     *
     * @param hash its flow hash
     */
    boolean drops(int hash) {
        final int bucket = Hash32.hash32(hash, logBuckets);
        final int oldest = history[historyHead];
        history[historyHead] = bucket;
        historyHead = (historyHead + 1) % HISTORY;
        if (buckets[oldest] != 0) {
            buckets[oldest]--;
        }
        if ((++buckets[bucket] & 0xff) > HISTORY / 2) {
            count++;
            return true;
        }
        return false;
    }

    /** Buckets. */
    int length() {
        return buckets.length;
    }

    /** Packets dropped by this table, u32. */
    int count() {
        return count;
    }
}
