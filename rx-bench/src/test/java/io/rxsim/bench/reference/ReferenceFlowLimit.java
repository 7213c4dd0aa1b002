package io.rxsim.bench.reference;

import java.util.ArrayList;
import java.util.List;

/** The flow limit table of one CPU for {@link ReferenceHost}: all packets it ever looked at, counted anew for each. */
final class ReferenceFlowLimit {
    private static final long U32 = 1L << 32;
    private static final int HISTORY = 128;

    private final List<Integer> seen = new ArrayList<>();
    private final int buckets;
    long count;

    ReferenceFlowLimit(int buckets) {
        this.buckets = buckets;
    }

    boolean drops(long hash) {
        int bucket = buckets == 1 ? 0 : (int) (hash * 0x61C88647L % U32 / (U32 / buckets));
        seen.add(bucket);
        int[] held = new int[buckets];
        for (int i = 0; i < seen.size(); i++) {
            // Before the first 128, the history is all bucket 0.
            int oldest = i < HISTORY ? 0 : seen.get(i - HISTORY);
            held[oldest] -= held[oldest] > 0 ? 1 : 0;
            held[seen.get(i)]++;
        }
        count += held[bucket] > HISTORY / 2 ? 1 : 0;
        return held[bucket] > HISTORY / 2;
    }
}
