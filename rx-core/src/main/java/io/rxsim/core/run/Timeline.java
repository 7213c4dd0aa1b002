package io.rxsim.core.run;

import java.util.List;

/**
 * What is done to a host during a run, in order of time; changes of one time happen in order of the list, before anything else
 * of that time. What is planned after the end of the load does not happen.
 *
 * @param changes at most {@link #MAX_CHANGES}
 */
public record Timeline(List<Timed> changes) {
    /** Most changes of one run. */
    public static final int MAX_CHANGES = 100_000;

    /** Nothing changes. */
    public static final Timeline NONE = new Timeline(List.of());

    /**
     * A change and its time.
     *
     * @param atNs virtual nanoseconds from the start of the run, warm-up included
     * @param change what is done
     */
    public record Timed(long atNs, HostChange change) {
        /** Validates. */
        public Timed {
            if (atNs < 0) {
                throw new IllegalArgumentException("at=" + atNs + "ns, allowed is 0 or more");
            }
        }
    }

    /** Validates. */
    public Timeline {
        changes = List.copyOf(changes);
        if (changes.size() > MAX_CHANGES) {
            throw new IllegalArgumentException(
                    "timeline has " + changes.size() + " changes, allowed is at most " + MAX_CHANGES);
        }
        for (int i = 1; i < changes.size(); i++) {
            if (changes.get(i).atNs() < changes.get(i - 1).atNs()) {
                throw new IllegalArgumentException(
                        "timeline: at=" + changes.get(i).atNs() + "ns follows at="
                                + changes.get(i - 1).atNs() + "ns, allowed is an order of time");
            }
        }
    }
}
