package io.rxsim.core.run;

import java.util.EnumMap;
import java.util.Map;

/**
 * What streams towards the host achieved.
 *
 * @param bitsPerSecond payload that applications received per second of measured time, in bits
 * @param waitedNs what the senders waited for, summed over connections and the whole run; every limit is present
 */
public record StreamResult(double bitsPerSecond, Map<StreamLimit, Long> waitedNs) {
    /** What they waited for longest, which limits their throughput. */
    public StreamLimit limitedBy() {
        StreamLimit longest = StreamLimit.WINDOW;
        for (StreamLimit limit : StreamLimit.values()) {
            longest = waitedNs.get(limit) > waitedNs.get(longest) ? limit : longest;
        }
        return longest;
    }

    /** Share of a limit in all that they waited, 0 to 1. */
    public double share(StreamLimit limit) {
        long allNs = 0;
        for (long ns : waitedNs.values()) {
            allNs += ns;
        }
        return allNs == 0 ? 0 : (double) waitedNs.get(limit) / allNs;
    }

    /** This and another together; null is none. */
    public static StreamResult sum(StreamResult one, StreamResult other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        Map<StreamLimit, Long> waited = new EnumMap<>(StreamLimit.class);
        one.waitedNs.forEach((limit, ns) -> waited.put(limit, ns + other.waitedNs.get(limit)));
        return new StreamResult(one.bitsPerSecond + other.bitsPerSecond, waited);
    }
}
