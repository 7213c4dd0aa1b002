package io.rxsim.bench.verify;

import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalSource;

/** Nothing comes by itself: whoever drives the host offers it every packet. Any thread. */
public final class NoArrivals implements ArrivalSource {
    @Override
    public boolean next(Arrival out) {
        return false;
    }

    @Override
    public String describeFlow(int flow) {
        return "flow " + flow;
    }
}
