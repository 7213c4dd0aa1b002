package io.rxsim.core.virtual;

/** Nanoseconds that one CPU spent per context: interrupts counted when taken, other steps when they end. */
final class Usage {
    long hardirqNs;
    long softirqNs;
    long applicationNs;

    /** What was spent since an earlier reading. */
    Usage minus(Usage earlier) {
        Usage difference = new Usage();
        difference.hardirqNs = hardirqNs - earlier.hardirqNs;
        difference.softirqNs = softirqNs - earlier.softirqNs;
        difference.applicationNs = applicationNs - earlier.applicationNs;
        return difference;
    }

    /** Nanoseconds in all contexts. */
    long busyNs() {
        return hardirqNs + softirqNs + applicationNs;
    }
}
