package io.rxsim.core.run;

import io.rxsim.core.kernel.Errno;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the clients of a closed loop saw.
 *
 * @param transactions answers received while measured
 * @param perSecond the same per second of measured time
 * @param busy share of the client host's CPU time in use, 0 to 1; of several client hosts, that of the busiest
 * @param losses what was lost and sent again
 * @param stream what streams achieved; null without any
 * @param failed transactions for which connect found no port, by errno; over the whole run, warm-up included
 */
public record ClientResult(
        long transactions, double perSecond, double busy, Losses losses, StreamResult stream, Map<Errno, Long> failed) {
    /** Of clients that do not connect. */
    public ClientResult(long transactions, double perSecond, double busy, Losses losses, StreamResult stream) {
        this(transactions, perSecond, busy, losses, stream, new EnumMap<>(Errno.class));
    }

    /** Transactions that failed. */
    public long failedTotal() {
        return failed.values().stream().mapToLong(Long::longValue).sum();
    }
}
