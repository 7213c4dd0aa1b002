package io.rxsim.workload.arrival;

import io.rxsim.workload.spec.Rate;

/**
 * Packets at equal distances: packet n at the floor of n divided by the rate, exactly, so that 3 million packets per second
 * are 3 million packets in every second. The first packet is at 0. One thread.
 */
final class ConstantArrivals implements ArrivalProcess {
    private final long wholeNs;
    private final long remainder;
    private final long denominator;
    private long nextNs;
    private long carry;

    ConstantArrivals(Rate rate) {
        denominator = rate.millionthsPerSecond();
        wholeNs = Rate.NANOS_PER_MILLION_SECONDS / denominator;
        remainder = Rate.NANOS_PER_MILLION_SECONDS % denominator;
    }

    @Override
    public long nextNs() {
        long nowNs = nextNs;
        if (nowNs == END) {
            return END;
        }
        carry += remainder;
        long gapNs = wholeNs;
        if (carry >= denominator) {
            carry -= denominator;
            gapNs++;
        }
        nextNs = LaterTime.of(nowNs, gapNs);
        return nowNs;
    }
}
