package io.rxsim.workload.arrival;

import io.rxsim.core.run.RandomStream;
import io.rxsim.workload.random.Exponential;
import io.rxsim.workload.spec.Rate;

/** Packets of many independent senders: exponential gaps. One thread. */
final class PoissonArrivals implements ArrivalProcess {
    private final Exponential gaps;
    private long lastNs;

    PoissonArrivals(Rate rate, RandomStream stream) {
        gaps = Exponential.ofRate(rate, stream);
    }

    @Override
    public long nextNs() {
        lastNs = LaterTime.of(lastNs, gaps.nextNs());
        return lastNs;
    }
}
