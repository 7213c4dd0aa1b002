package io.rxsim.core.live;

import java.time.Duration;

/**
 * How a live host runs, apart from what it models.
 *
 * @param softirqWait what softirq threads do while they have nothing to do
 * @param largestMaxBacklog the largest netdev_max_backlog that will be set; sizes the rings of the backlogs
 * @param countersStartAt where input_queue_head and input_queue_tail start to count, to see them wrap
 * @param loggedDecisions decisions of each RX queue that are logged ({@link DecisionLog}), 0 for none; 48 bytes each
 * @param patience how long a change waits for softirq threads to stand still, at least 1 ms
 */
public record LiveSettings(
        LiveWait softirqWait, int largestMaxBacklog, int countersStartAt, Duration patience, int loggedDecisions) {
    /** Sleeping CPUs, the backlog limit of the machine, two seconds of patience. */
    public static final LiveSettings DEFAULT = new LiveSettings(LiveWait.BLOCK, 0, 0, Duration.ofSeconds(2), 0);

    /** Largest log of a queue. */
    public static final int MAX_LOGGED = 40_000_000;

    /** Validates. */
    public LiveSettings {
        if (largestMaxBacklog < 0 || largestMaxBacklog > Backlog.MAX_LIMIT) {
            throw new IllegalArgumentException("largest netdev_max_backlog=" + largestMaxBacklog + ", allowed is 0 to "
                    + Backlog.MAX_LIMIT + ": the rings of the backlogs are made for it once");
        }
        if (loggedDecisions < 0 || loggedDecisions > MAX_LOGGED) {
            throw new IllegalArgumentException(
                    "logged decisions=" + loggedDecisions + ", allowed is 0 to " + MAX_LOGGED + " per RX queue");
        }
        if (patience.toMillis() < 1) {
            throw new IllegalArgumentException("patience=" + patience + ", allowed is 1 ms or more");
        }
    }

    /** These settings with another wait strategy. */
    public LiveSettings withWait(LiveWait other) {
        return new LiveSettings(other, largestMaxBacklog, countersStartAt, patience, loggedDecisions);
    }

    /** These settings, ready for a netdev_max_backlog that may grow up to this. */
    public LiveSettings withLargestMaxBacklog(int packets) {
        return new LiveSettings(softirqWait, packets, countersStartAt, patience, loggedDecisions);
    }

    /** These settings with a log of so many decisions per RX queue. */
    public LiveSettings withLoggedDecisions(int records) {
        return new LiveSettings(softirqWait, largestMaxBacklog, countersStartAt, patience, records);
    }

    /** These settings with counters that start elsewhere. */
    public LiveSettings withCountersStartAt(int count) {
        return new LiveSettings(softirqWait, largestMaxBacklog, count, patience, loggedDecisions);
    }
}
