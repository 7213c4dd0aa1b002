package io.rxsim.core.virtual;

/** Nanoseconds that one CPU spent per context: interrupts counted when taken, other steps when they end. */
final class Usage {
    long hardirqNs;
    long softirqNs;
    /** Threads that poll NAPI instances. */
    long napiThreadNs;

    long applicationNs;

    /** A thread's step, which is one of a thread that polls or of an application's. */
    void ofThread(boolean napi, long ns) {
        if (napi) {
            napiThreadNs += ns;
        } else {
            applicationNs += ns;
        }
    }

    /** What was spent since an earlier reading. */
    Usage minus(Usage earlier) {
        Usage difference = new Usage();
        difference.hardirqNs = hardirqNs - earlier.hardirqNs;
        difference.softirqNs = softirqNs - earlier.softirqNs;
        difference.napiThreadNs = napiThreadNs - earlier.napiThreadNs;
        difference.applicationNs = applicationNs - earlier.applicationNs;
        return difference;
    }

    /** Nanoseconds in all contexts. */
    long busyNs() {
        return hardirqNs + softirqNs + napiThreadNs + applicationNs;
    }
}
