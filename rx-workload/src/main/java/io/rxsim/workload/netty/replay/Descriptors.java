package io.rxsim.workload.netty.replay;

/** The file descriptors that a replay may open. One thread. */
final class Descriptors {
    private int left;

    Descriptors(int limit) {
        left = limit;
    }

    /** Takes so many, or none; whether it did. */
    boolean take(int count) {
        if (left < count) {
            return false;
        }
        left -= count;
        return true;
    }

    /** The system has no more, whatever was thought. */
    void exhausted() {
        left = 0;
    }
}
