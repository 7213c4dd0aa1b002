package io.rxsim.workload.arrival;

/** Addition of virtual times that stops at the end of time instead of wrapping. */
final class LaterTime {
    private LaterTime() {}

    /** {@code nowNs + gapNs} for two numbers of 0 or more, or {@link ArrivalProcess#END}. */
    static long of(long nowNs, long gapNs) {
        long sum = nowNs + gapNs;
        return sum < 0 ? ArrivalProcess.END : sum;
    }
}
